package curl

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

const origin = "http://127.0.0.1:8080"

func TestCurlLine(t *testing.T) {
	form := [2]string{"Content-Type", reading.FormType}
	html := [2]string{"Accept", "text/html,application/xhtml+xml"}
	tests := []struct {
		name string
		r    step.Request
		want string
	}{
		{"a form from a page asks for JSON instead",
			step.Request{Method: "POST", Path: "/app/b/set", Body: "key=colour&value=teal",
				Headers: [][2]string{html, form, {"Cookie", "theme=dark; session=ID.sig; seat=••••"}}},
			`curl -i -X POST -H 'Accept: application/json' -b 'session=ID.sig' -d 'key=colour' -d 'value=teal' 'http://127.0.0.1:8080/app/b/set'`},
		{"curl's own request stays as it was",
			step.Request{Method: "GET", Path: "/app/b/me", Headers: [][2]string{{"Accept", "*/*"}}},
			`curl -i 'http://127.0.0.1:8080/app/b/me'`},
		{"another Accept is kept",
			step.Request{Method: "GET", Path: "/app/b/me", Headers: [][2]string{{"Accept", "text/plain"}}},
			`curl -i -H 'Accept: text/plain' 'http://127.0.0.1:8080/app/b/me'`},
		{"quotes",
			step.Request{Method: "GET", Path: "/app/b/get?key='$(x)`", Headers: nil},
			`curl -i 'http://127.0.0.1:8080/app/b/get?key='\''$(x)` + "`'"},
		{"what curl would take for a file",
			step.Request{Method: "POST", Path: "/app/b/set", Body: "@/etc/passwd&a=1", Headers: [][2]string{form}},
			`curl -i -X POST --data-raw '@/etc/passwd' -d 'a=1' 'http://127.0.0.1:8080/app/b/set'`},
		{"empty fields",
			step.Request{Method: "POST", Path: "/app/b/set", Body: "&a=1&&", Headers: [][2]string{form}},
			`curl -i -X POST -d '&a=1&&' 'http://127.0.0.1:8080/app/b/set'`},
		{"what curl would take for a pattern, or tidy up",
			step.Request{Method: "GET", Path: "/app/b/../{a}[1]"},
			`curl -i -g --path-as-is 'http://127.0.0.1:8080/app/b/../{a}[1]'`},
		{"a body of another type",
			step.Request{Method: "POST", Path: "/app/b/set", Body: `{"a":1}`, Headers: [][2]string{{"Content-Type", "application/json"}}},
			`curl -i -X POST -H 'Content-Type: application/json' --data-raw '{"a":1}' 'http://127.0.0.1:8080/app/b/set'`},
		{"a body of no type",
			step.Request{Method: "PUT", Path: "/", Body: "a"},
			`curl -i -X PUT -H 'Content-Type:' --data-raw 'a' 'http://127.0.0.1:8080/'`},
		{"a body that no argument can hold",
			step.Request{Method: "POST", Path: "/", Body: "a\x00", Headers: [][2]string{form}},
			`printf 'a\000' | curl -i -X POST -H 'Content-Type: ` + reading.FormType + `' --data-binary @- 'http://127.0.0.1:8080/'`},
		{"a body that was not kept",
			step.Request{Method: "POST", Path: "/", Unread: 65537, Headers: [][2]string{form}},
			`head -c 65537 /dev/zero | curl -i -X POST -H 'Content-Type: ` + reading.FormType + `' --data-binary @- 'http://127.0.0.1:8080/'`},
		{"HEAD",
			step.Request{Method: "HEAD", Path: "/app/b/"}, `curl -i -I 'http://127.0.0.1:8080/app/b/'`},
		{"a strange method",
			step.Request{Method: "A'B", Path: "/"}, `curl -i -X 'A'\''B' 'http://127.0.0.1:8080/'`},
	}
	for _, tt := range tests {
		if got, err := Command(origin, tt.r); got != tt.want || err != nil {
			t.Errorf("%s:\n Command = %s, %v\n want %s", tt.name, got, err, tt.want)
		}
	}
}

// shellArgs runs a line in /bin/sh with a curl that writes what it was given, and
// returns its arguments and its standard input.
func shellArgs(t interface{ Fatal(...any) }, dir, line string) (args []string, stdin string) {
	const curl = `curl() { for a in "$@"; do printf '%s\0' "$a"; done >"$OUT/args"; case "$*" in *@-*) cat >"$OUT/in";; esac; }` + "\n"
	cmd := exec.Command("/bin/sh", "-c", curl+line)
	cmd.Env = []string{"OUT=" + dir, "PATH=" + os.Getenv("PATH")}
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatal(line, string(out), err)
	}
	data, err := os.ReadFile(filepath.Join(dir, "args"))
	if err != nil {
		t.Fatal(err)
	}
	in, _ := os.ReadFile(filepath.Join(dir, "in"))
	_ = os.Remove(filepath.Join(dir, "in"))
	return strings.Split(strings.TrimSuffix(string(data), "\x00"), "\x00"), string(in)
}

// value returns what follows each flag among args.
func value(args []string, flags ...string) (values []string) {
	for i, a := range args[:len(args)-1] {
		if slices.Contains(flags, a) {
			values = append(values, args[i+1])
		}
	}
	return values
}

func TestAnyRequestSurvivesTheShell(t *testing.T) {
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("no /bin/sh here")
	}
	dir := t.TempDir()
	word := rapid.StringMatching(`[ -~]{0,20}`)
	rapid.Check(t, func(t *rapid.T) {
		cookie := strings.NewReplacer(";", "", " ", "").Replace(word.Draw(t, "cookie"))
		r := step.Request{
			Method: rapid.SampledFrom([]string{"GET", "POST", "PUT", "$(id)", "it's"}).Draw(t, "method"),
			Path:   "/" + word.Draw(t, "path") + rapid.StringOf(rapid.Rune()).Filter(noControl).Draw(t, "more path"),
			Headers: [][2]string{
				{"Accept", "x/" + word.Draw(t, "accept")}, {"Cookie", "a=b; session=" + cookie},
				{"Content-Type", rapid.SampledFrom([]string{reading.FormType, "text/plain", ""}).Draw(t, "type")},
			},
			Body: string(rapid.SliceOf(rapid.Byte()).Draw(t, "body")),
		}
		line, err := Command(origin, r)
		if err != nil || !visible(line) {
			t.Fatalf("Command = %q, %v; want one that is visible", line, err)
		}
		args, stdin := shellArgs(t, dir, line)
		if got := args[len(args)-1]; got != origin+r.Path {
			t.Fatalf("address = %q; want %q", got, origin+r.Path)
		}
		if got := value(args, "-b"); len(got) != 1 || got[0] != "session="+cookie {
			t.Fatalf("-b %q; want the cookie %q", got, cookie)
		}
		body := strings.Join(value(args, "-d", "--data-raw"), "&")
		if !visible(r.Body) {
			body = stdin
		}
		if body != r.Body {
			t.Fatalf("body = %q; want %q", body, r.Body)
		}
	})
}

// noControl reports whether a server takes s for a part of a path.
func noControl(s string) bool { return !strings.ContainsFunc(s, unicode.IsControl) }

func noNUL(s string) bool { return !strings.Contains(s, "\x00") }

func FuzzQuoteSurvivesTheShell(f *testing.F) {
	for _, s := range []string{"", "'", `'\''`, "a b", "$(id) `id` \\", "\n", "-n", "中文", "\xff"} {
		f.Add(s)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, s string) {
		if !noNUL(s) || strings.HasSuffix(s, "\n") { // which $() drops
			t.Skip("no argument can hold it")
		}
		args, _ := shellArgs(t, dir, "curl "+quote(s)+" end")
		if args[0] != s {
			t.Errorf("quote(%q) = %s, which the shell reads as %q", s, quote(s), args[0])
		}
	})
}

// What people send, to a real server by a real curl: the command sends the same
// path, cookie, type and body again, or there is none.
func TestCommandsSendWhatWasSent(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("no curl here")
	}
	sent := make(chan step.Request, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got := step.Request{Method: r.Method, Path: r.RequestURI, Body: string(body)}
		for _, name := range []string{"Cookie", "Content-Type"} {
			if v := r.Header.Get(name); v != "" {
				got.Headers = append(got.Headers, [2]string{name, v})
			}
		}
		sent <- got
	}))
	defer server.Close()
	bodies := []string{
		"", "key=colour&value=teal", "key=a&value=%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80", "key=a&value=👩\u200d🚀", "a=b\r\nc", "\n", "a\n", "@/etc/passwd", "a=1&@b", "&a=&&",
		"tab\tand\u00a0blank\u3000", "\x1b[31mred\x07", "nul\x00nul", `back\slash %d %% 'quote' "two" $HOME` + " `id` !!", "蓝绿色", "\u202egnp", "\ufeffbom", "\u2028",
		"--boundary\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\ncolour\r\n--boundary--\r\n",
	}
	types := []string{reading.FormType, reading.FormType + "; charset=utf-8", "multipart/form-data; boundary=boundary", "application/json", "", "text/plain"}
	for _, path := range []string{"/app/b/set", "/app/b/get?key=a%20b&x=[1]{2}", "/app/../b/./c", "/app/b/get?key=😀\u200d", "/it's"} {
		for i, body := range bodies {
			for _, kind := range []string{types[i%len(types)], types[(i+1)%len(types)]} {
				method := []string{"POST", "PUT", "GET"}[i%3]
				if body == "" {
					kind = ""
				}
				want := step.Request{Method: method, Path: path, Body: body, Headers: [][2]string{{"Cookie", "session=I'D.s%i\"g"}}}
				if kind != "" {
					want.Headers = append(want.Headers, [2]string{"Content-Type", kind})
				}
				line, err := Command(server.URL, want)
				if err != nil {
					t.Errorf("%+v: %v", want, err)
					continue
				}
				if out, err := exec.Command("/bin/sh", "-c", line).CombinedOutput(); err != nil {
					t.Fatalf("%s: %v %s", line, err, out)
				}
				if got := <-sent; !reflect.DeepEqual(got, want) {
					t.Errorf("%s\n sends %+v\n want  %+v", line, got, want)
				}
			}
		}
	}
}

func TestThereIsNoCommandForWhatItCannotSend(t *testing.T) {
	long := step.Request{Method: "POST", Path: "/", Body: strings.Repeat("x", most)}
	spelled := step.Request{Method: "POST", Path: "/", Body: `\xff`, Spelled: true}
	for want, r := range map[error]step.Request{ErrLong: long, ErrSpelled: spelled} {
		if line, err := Command(origin, r); line != "" || err != want {
			t.Errorf("Command = %.40q, %v; want %v", line, err, want)
		}
	}
}
