package desktop

import (
	"slices"
	"testing"
)

func TestEachSystemHasItsOpener(t *testing.T) {
	const page = "http://127.0.0.1:8080"
	for goos, want := range map[string][]string{
		"windows": {"rundll32", "url.dll,FileProtocolHandler", page},
		"darwin":  {"open", page},
		"linux":   {"xdg-open", page},
		"freebsd": {"xdg-open", page},
	} {
		if got := opener(goos, page); !slices.Equal(got, want) {
			t.Errorf("opener on %s = %q; want %q", goos, got, want)
		}
	}
}

func TestADoubleClickIsToldFromOtherStarts(t *testing.T) {
	alone, flags := []string{"/home/momo/sessionlab"}, []string{"/home/momo/sessionlab", "--data", "data"}
	for what, test := range map[string]struct {
		started
		env  map[string]string
		want bool
	}{
		"Windows, from the Explorer":            {started{goos: "windows", args: alone, explorer: true}, nil, true},
		"Windows, from a console":               {started{goos: "windows", args: alone}, nil, false},
		"Windows, by a shortcut with flags":     {started{goos: "windows", args: flags, explorer: true}, nil, false},
		"macOS, from Finder":                    {started{goos: "darwin", args: alone, terminal: true, home: true}, map[string]string{"TERM_PROGRAM": "Apple_Terminal"}, true},
		"macOS, typed":                          {started{goos: "darwin", args: []string{"./sessionlab"}, terminal: true, home: true}, map[string]string{"TERM_PROGRAM": "Apple_Terminal"}, false},
		"macOS, typed in another folder":        {started{goos: "darwin", args: alone, terminal: true}, map[string]string{"TERM_PROGRAM": "Apple_Terminal"}, false},
		"macOS, over ssh":                       {started{goos: "darwin", args: alone, terminal: true, home: true}, nil, false},
		"macOS, as a service":                   {started{goos: "darwin", args: alone, home: true}, nil, false},
		"Linux, from a file manager on X":       {started{goos: "linux", args: alone}, map[string]string{"DISPLAY": ":0"}, true},
		"Linux, from a file manager on Wayland": {started{goos: "linux", args: alone}, map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, true},
		"Linux, from a terminal":                {started{goos: "linux", args: alone, terminal: true}, map[string]string{"DISPLAY": ":0"}, false},
		"Linux, in a container or as a service": {started{goos: "linux", args: alone}, nil, false},
		"Linux, by a script":                    {started{goos: "linux", args: flags}, map[string]string{"DISPLAY": ":0"}, false},
		"Linux, in CI":                          {started{goos: "linux", args: alone}, map[string]string{"DISPLAY": ":0", "CI": "true"}, false},
	} {
		test.getenv = func(name string) string { return test.env[name] }
		if got := test.byDoubleClick(); got != test.want {
			t.Errorf("%s: byDoubleClick = %t; want %t", what, got, test.want)
		}
	}
}
