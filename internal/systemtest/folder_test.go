package systemtest

import (
	"bytes"
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// Each of two processes on one file would have benches of its own making.
func TestAFolderIsOfOneProcessAtATime(t *testing.T) {
	data := t.TempDir()
	first := start(t, "--data", data)
	l := &learner{visitor: visit(t, first.url), store: "sqlite"}
	mustBe(t, "on the first", []answer{l.click()}, ok)

	for range 2 {
		var stderr bytes.Buffer
		second := command(t, "--addr", "127.0.0.1:0", "--data", data)
		second.Stderr = &stderr
		err := second.Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 {
			t.Errorf("a second process on one folder: %v; want exit code 1", err)
		}
		if said := stderr.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "--data: ") || !strings.Contains(said, data) || !strings.Contains(said, "in use") {
			t.Errorf("a second process on one folder says %q; want one line that names --data and the folder", said)
		}
	}
	mustBe(t, "on the first, after the second", []answer{l.click()}, ok)
	other := start(t, "--data", t.TempDir()) // another folder is free
	ended(t, other)

	ended(t, first) // by kill -9: nobody cleans up
	third := start(t, "--data", data)
	l.base = third.url
	mustBe(t, "after kill -9", []answer{l.click()}, ok)
}
