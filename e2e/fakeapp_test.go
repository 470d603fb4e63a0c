package e2e

import (
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
)

// fakeAppMode is the environment variable that turns the test binary into an
// app, to prove launch and Stop on: "well" behaves, "bind" ends before it
// listens, "dirty" exits with status 3 after SIGTERM.
const fakeAppMode = "E2E_FAKE_APP"

func fakeApp(mode string) int {
	flags := flag.NewFlagSet("app", flag.ExitOnError)
	addr := flags.String("addr", "", "")
	data := flags.String("data", "", "")
	extra := flags.String("extra", "", "")
	if err := flags.Parse(os.Args[1:]); err != nil {
		return 2
	}
	if mode == "bind" {
		fmt.Fprintln(os.Stderr, "address in use")
		return 1
	}
	term := make(chan os.Signal, 1)
	signal.Notify(term, syscall.SIGTERM)
	l, err := net.Listen("tcp", *addr)
	if err != nil {
		return 1
	}
	var asked atomic.Int32
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" && asked.Add(1) < 3 {
			w.WriteHeader(http.StatusServiceUnavailable) // not yet
			return
		}
		fmt.Fprint(w, os.Getenv("SESSIONLAB_ADDR")+*extra)
	}))
	if err := os.WriteFile(filepath.Join(*data, "file"), nil, 0o600); err != nil {
		return 1
	}
	fmt.Printf("Session Lab listens on http://%s\n", l.Addr())
	<-term
	if mode == "dirty" {
		return 3
	}
	return 0
}

func launchFake(t *testing.T, mode string) (*App, error) {
	t.Helper()
	t.Setenv(fakeAppMode, mode)
	t.Setenv("SESSIONLAB_ADDR", "a setting of the machine")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return launch(self, t.TempDir(), "--extra", "flag")
}

func TestAnAppIsStartedReadyAndStopped(t *testing.T) {
	app, err := launchFake(t, "well")
	if err != nil {
		t.Fatal(err)
	}
	defer app.Kill()
	res, err := http.Get(app.URL + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body string
	if _, err := fmt.Fscan(res.Body, &body); err != nil || body != "flag" || res.StatusCode != http.StatusOK {
		t.Errorf("GET /readyz = %d %q, %v; want 200 %q", res.StatusCode, body, err, "flag")
	}
	if _, err := os.Stat(filepath.Join(app.Data, "file")); err != nil {
		t.Errorf("the app did not use its data directory: %v", err)
	}
	for range 2 {
		if err := app.Stop(); err != nil {
			t.Errorf("Stop() = %v; want nil", err)
		}
	}
}

func TestAnAppThatEndsEarlySaysWhy(t *testing.T) {
	_, err := launchFake(t, "bind")
	if err == nil || !strings.Contains(err.Error(), "exit status 1") || !strings.Contains(err.Error(), "address in use") {
		t.Errorf("launch of an app that ends = %v; want its status and its output", err)
	}
}

func TestStopReportsAStatusOtherThanZero(t *testing.T) {
	app, err := launchFake(t, "dirty")
	if err != nil {
		t.Fatal(err)
	}
	if err := app.Stop(); err == nil || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("Stop() = %v; want exit status 3", err)
	}
}

func TestAKilledAppIsStoppedAlready(t *testing.T) {
	app, err := launchFake(t, "dirty")
	if err != nil {
		t.Fatal(err)
	}
	app.Kill()
	if err := app.Stop(); err != nil {
		t.Errorf("Stop() after Kill() = %v; want nil", err)
	}
}
