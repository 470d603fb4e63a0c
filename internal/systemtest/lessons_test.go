package systemtest

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// writeLessons writes a teacher's folder with two copies of an experiment of the course;
// there is a mistake in line 1 of the second.
func writeLessons(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, slug := range []string{"right", "wrong"} {
		check(t, os.CopyFS(filepath.Join(dir, "experiments", slug), os.DirFS(filepath.Join(root, "course/experiments/theft"))))
	}
	name := filepath.Join(dir, "experiments/wrong/en.toml")
	text, err := os.ReadFile(name)
	check(t, err)
	check(t, os.WriteFile(name, []byte(strings.Replace(string(text), "title", "titel", 1)), 0o600))
	return dir
}

func TestACommandChecksATeachersExperiments(t *testing.T) {
	dir := writeLessons(t)
	cmd := command(t, "lessons", "check", dir)
	out, _ := cmd.Output()
	want := filepath.Join(dir, "experiments/wrong/en.toml") + `:1: nothing is called "titel" here`
	if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(string(out), want) {
		t.Errorf("exit code %d: %s; want 1, and %s", code, out, want)
	}
	check(t, os.RemoveAll(filepath.Join(dir, "experiments/wrong")))
	if out, err := command(t, "lessons", "check", dir).Output(); err != nil || string(out) != "1 loaded, no mistake\n" {
		t.Errorf("without a mistake: %v, %s", err, out)
	}
}

// A folder can have lessons, experiments, or both.
func TestACommandChecksATeachersLessons(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	own := filepath.Join(dir, "lessons/15-own")
	check(t, os.CopyFS(own, os.DirFS(filepath.Join(root, "course/02-login"))))
	if out, err := command(t, "lessons", "check", dir).Output(); err != nil || string(out) != "1 loaded, no mistake\n" {
		t.Errorf("without a mistake: %v, %s", err, out)
	}
	name := filepath.Join(own, "zh.md")
	text, err := os.ReadFile(name)
	check(t, err)
	before, after, _ := strings.Cut(string(text), "](do:")
	check(t, os.WriteFile(name, []byte(before+"](do:never-"+after), 0o600))
	cmd := command(t, "lessons", "check", dir)
	out, _ := cmd.Output()
	want := fmt.Sprintf(`%s:%d: there is no act "never-`, name, 1+strings.Count(before, "\n"))
	if code := cmd.ProcessState.ExitCode(); code != 1 || !strings.Contains(string(out), want) {
		t.Errorf("exit code %d: %s; want 1, and %s", code, out, want)
	}
	check(t, os.RemoveAll(filepath.Join(dir, "lessons")))
	if out, err := command(t, "lessons", "check", dir).Output(); err == nil || !strings.HasPrefix(string(out), dir+": there must be a folder experiments or lessons here") {
		t.Errorf("without a folder: %v, %s", err, out)
	}
}

func TestAMistakeOfATeacherIsToldAtStartAndTheRestIsServed(t *testing.T) {
	dir := writeLessons(t)
	p := start(t, "--data", t.TempDir(), "--lessons", dir)
	served := get(t, http.DefaultClient, p.url+"/en/experiments/right")
	if left := get(t, http.DefaultClient, p.url+"/en/experiments/wrong"); served != http.StatusOK || left != http.StatusNotFound {
		t.Errorf("the right one is answered with %d, the wrong one with %d; want 200 and 404", served, left)
	}
	check(t, p.Process.Signal(syscall.SIGTERM))
	check(t, p.Wait())
	want := filepath.Join(dir, "experiments/wrong/en.toml") + `:1: nothing is called "titel" here`
	if said := p.stderr.String(); !strings.HasPrefix(said, want) {
		t.Errorf("it says %q; want %s", said, want)
	}
}
