package e2e

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The app under study is a website that anyone may use: whoever does is seen on
// the bench.

func TestAnotherBrowserIsSeenAsAnother(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		mine := b.Jar()["session"].Value

		guest := &Bench{Page: with.page(t, b.base, View{}), server: b.server, Address: b.Address}
		guest.Go(strings.TrimPrefix(b.Address, b.base) + "me")
		guest.Allow("status of 401")
		guest.Fill("[name=uname]", "alice")
		guest.Fill("[name=pwd]", "rabbit")
		guest.Click(`form[action$="/login"] button`)
		guest.Await(`document.querySelector("main table")?.textContent.includes("alice")`)
		theirs := guest.Jar()["session"].Value

		b.N += 2
		b.Await(fmt.Sprintf(onStrip, b.N))
		b.Go("/en/lab")
		s, shown := b.Step(b.N), b.Panes()
		if s.Client != "other-browser" || s.After.Cookie.Raw != theirs || shown.Cookie != theirs || theirs == mine {
			t.Errorf("the step is by %q with cookie %q, shown %q; want other-browser with %q, unlike %q", s.Client, s.After.Cookie.Raw, shown.Cookie, theirs, mine)
		}
		if got := b.Text("#pane-browser .pane-h p"); got != "another browser" {
			t.Errorf("the browser pane belongs to %q; want another browser", got)
		}
		if jar := guest.Jar(); jar["seat"].Name != "" {
			t.Error("the website gave its visitor a seat at the bench")
		}
		b.Press(`button[formaction$="/me"]`)
		if s := b.True(values{"uname": "momo"}); s.Client != "browser" {
			t.Errorf("the owner's own step is by %q; want browser", s.Client)
		}
	})
}

func TestTheCurlLinesOfThePageRunAndAreSeen(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.unfold("terminal")
	lines := b.Text("#curl-lines")
	shell(t, lines)
	b.N = strings.Count(lines, "curl ")
	for n, op := range []string{"me", "login", "set", "get", "me", "logout"} {
		status := 200
		if n == 0 { // without a cookie nobody is known
			status = 401
		}
		if s := b.Step(n + 1); s.Op != op || s.Client != "curl" || s.Response.Status != status {
			t.Errorf("step %d = %q by %q, status %d; want %s by curl, %d", n+1, s.Op, s.Client, s.Response.Status, op, status)
		}
	}
	b.Go("/en/lab?step=3")
	if got := b.Panes().Values; len(got) != 2 || got["colour"] != `"teal"` {
		t.Errorf("the record after curl's set is shown as %v; want colour and uname", got)
	}
}

func TestCurlIsSeenWithTheHeadersThatItSent(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	curl, err := exec.LookPath("curl")
	requireTool(t, "curl", err)
	out, err := exec.Command(curl, "-sv", "-o", filepath.Join(t.TempDir(), "answer"),
		"-H", "x-odd-CASE: one", "-H", "X-Odd-Case: two", "-H", "Accept-Language: zh", "-b", "a=1; session=forged.cookie",
		"-d", "key=colour&value=teal", b.Address+"set").CombinedOutput()
	if err != nil {
		t.Fatalf("curl: %v: %s", err, out)
	}
	var sent []string
	for line := range strings.Lines(string(out)) {
		if header, ok := strings.CutPrefix(line, "> "); ok && strings.Contains(header, ": ") {
			sent = append(sent, strings.TrimSpace(header))
		}
	}
	b.N++
	b.Go("/en/lab")
	var recorded []string
	for _, h := range b.Step(1).Request.Headers {
		recorded = append(recorded, h[0]+": "+h[1])
	}
	if got, want := strings.Join(recorded, "\n"), strings.Join(sent, "\n"); got != want {
		t.Errorf("headers recorded:\n%s\nwant what curl sent:\n%s", got, want)
	}
	b.unfold("raw")
	shown := b.Text("#raw .http")
	want := fmt.Sprintf("POST %s HTTP/1.1\n%s\n\nkey=colour&value=teal", strings.TrimPrefix(b.Address, b.base)+"set", strings.Join(sent, "\n"))
	if strings.TrimSpace(shown) != want {
		t.Errorf("raw request shown:\n%s\nwant:\n%s", shown, want)
	}
}

func TestAStepCanBeSentAgainWithCurl(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	b.Set("it's", `"quoted" & $HOME é`)
	b.unfold("raw")
	line := b.Text("#step-curl")
	shell(t, line)
	first, again := b.Step(2), b.Step(3)
	if again.Client != "curl" || again.After.Record.Raw != first.After.Record.Raw || again.After.Record.Version != 3 {
		t.Errorf("%s\nmade %s, version %d, by %q; want %s, version 3, by curl", line,
			again.After.Record.Raw, again.After.Record.Version, again.Client, first.After.Record.Raw)
	}
}

// shell runs lines of a page as a reader would paste them.
func shell(t *testing.T, lines string) {
	t.Helper()
	_, err := exec.LookPath("curl")
	requireTool(t, "curl", err)
	cmd := exec.Command("bash", "-euc", lines)
	cmd.Dir = t.TempDir()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s\n%v: %s", lines, err, out)
	}
}
