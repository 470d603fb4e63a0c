package systemtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// withBrowser makes cmd find a browser that writes the address that it is to open
// to a file.
func withBrowser(t *testing.T, cmd *exec.Cmd) (opened string) {
	t.Helper()
	folder := t.TempDir()
	opened = filepath.Join(folder, "opened")
	const script = "#!/bin/sh\necho \"$1\" >\"$OPENED.part\" && mv \"$OPENED.part\" \"$OPENED\"\n"
	check(t, os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o700))
	cmd.Env = append(cmd.Env, "PATH="+folder+":"+os.Getenv("PATH"), "OPENED="+opened, "DISPLAY=:99")
	return opened
}

func TestOpenShowsThePageInABrowser(t *testing.T) {
	var opened string
	p := startWith(t, func(cmd *exec.Cmd) { opened = withBrowser(t, cmd) }, "--open", "--data", t.TempDir())
	var page []byte
	eventually(t, "the browser is opened", func() bool {
		var err error
		page, err = os.ReadFile(opened)
		return err == nil
	})
	if got := string(page); got != p.url+"\n" {
		t.Errorf("the browser opens %q; want %s", got, p.url)
	}
}

// Tests, containers and scripts start it with flags, and sit at no screen.
func TestNoBrowserOpensByItself(t *testing.T) {
	for _, flags := range [][]string{nil, {"--no-open"}} {
		var opened string
		p := startWith(t, func(cmd *exec.Cmd) { opened = withBrowser(t, cmd) }, append(flags, "--data", t.TempDir())...)
		l := &learner{visitor: visit(t, p.url), store: "sqlite"}
		mustBe(t, "with no browser", []answer{l.click()}, ok)
		ended(t, p)
		if page, err := os.ReadFile(opened); err == nil {
			t.Errorf("%q: a browser opens %s", flags, page)
		}
	}
}

func TestAMissingBrowserIsLoggedAndHoldsUpNobody(t *testing.T) {
	p := startWith(t, func(cmd *exec.Cmd) { cmd.Env = append(cmd.Env, "PATH="+t.TempDir()) }, "--open", "--data", t.TempDir())
	l := &learner{visitor: visit(t, p.url), store: "sqlite"}
	mustBe(t, "with no browser", []answer{l.click()}, ok)
	check(t, p.Process.Signal(syscall.SIGTERM)) // which waits for what it was about to log
	check(t, p.Wait())
	mustLog(t, p.stderr.String(), "cannot open a browser")
}
