package experiment_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

// lessons is a teacher's folder with copies of two experiments of the course.
func lessons(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for from, to := range map[string]string{"theft": "second", "fixation": "first"} {
		files, err := fs.Sub(course.Experiments(), from)
		if err == nil {
			err = os.CopyFS(filepath.Join(dir, "experiments", to), files)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	change(t, dir, "second/experiment.toml", func(s string) string { return strings.Replace(s, "chapter = 3", "", 1) })
	return dir
}

// change changes a file of a teacher's folder.
func change(t *testing.T, dir, name string, to func(string) string) {
	t.Helper()
	name = filepath.Join(dir, "experiments", name)
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(to(string(text))), 0o600); err != nil {
		t.Fatal(err)
	}
}

// wantLessons loads a teacher's folder, and wants these experiments, and a mistake for
// each text.
func wantLessons(t *testing.T, dir string, slugs []string, mistakes ...string) {
	t.Helper()
	given, _ := experiment.Load(course.Experiments())
	all, problems := experiment.LoadLessons(dir, given)
	var got []string
	for _, e := range all {
		got = append(got, e.Slug)
		if e.Chapter != experiment.OwnChapter {
			t.Errorf("%s is of chapter %d; want the one of a teacher's own", e.Slug, e.Chapter)
		}
	}
	slices.Sort(got)
	if !slices.Equal(got, slugs) {
		t.Errorf("%v are loaded; want %v", got, slugs)
	}
	if len(problems) != len(mistakes) {
		t.Errorf("%d mistakes; want %d", len(problems), len(mistakes))
	}
	for i, p := range problems {
		if i >= len(mistakes) || !strings.HasPrefix(p.Error(), filepath.Join(dir, mistakes[i])) {
			t.Errorf("mistake %d is %q; want those of %q", i, p, mistakes)
		}
	}
}

func TestATeachersExperimentsAreOfAChapterOfTheirOwn(t *testing.T) {
	dir := lessons(t)
	if err := os.WriteFile(filepath.Join(dir, "experiments", "README.md"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wantLessons(t, dir, []string{"first", "second"})
}

func TestAMistakeOfATeacherIsToldWithTheirFolderAndTheRestLoads(t *testing.T) {
	dir := lessons(t)
	change(t, dir, "second/zh.toml", func(s string) string { return strings.Replace(s, "wait =", "wit =", 1) })
	wantLessons(t, dir, []string{"first"}, "experiments/second/zh.toml:", "experiments/second/zh.toml:")
}

func TestATeachersExperimentNeedsANameThatTheCourseHasNot(t *testing.T) {
	dir := lessons(t)
	if err := os.Rename(filepath.Join(dir, "experiments", "second"), filepath.Join(dir, "experiments", "theft")); err != nil {
		t.Fatal(err)
	}
	wantLessons(t, dir, []string{"first"}, `experiments/theft/experiment.toml:1: the course has an experiment "theft" already`)
}

func TestAFolderWithoutExperimentsIsAMistake(t *testing.T) {
	dir := t.TempDir()
	wantLessons(t, dir, nil, "experiments: there must be a folder here, with a folder for each experiment: ")
	wantLessons(t, filepath.Join(dir, "none"), nil, "experiments: there must be a folder here")
	if err := os.Mkdir(filepath.Join(dir, "experiments"), 0o700); err != nil {
		t.Fatal(err)
	}
	wantLessons(t, dir, nil, "experiments: there is no experiment here")
}

func TestAFileThatIsTooLongIsNotRead(t *testing.T) {
	dir := lessons(t)
	change(t, dir, "first/en.toml", func(s string) string { return s + "#" + strings.Repeat(" ", 1<<20) })
	wantLessons(t, dir, []string{"second"}, "experiments/first/en.toml:1: a file may have 1 MiB; this has ")
}

func TestALinkOutOfATeachersFolderIsNotFollowed(t *testing.T) {
	dir := lessons(t)
	at := func(name string) string { return filepath.Join(dir, "experiments", name) }
	secret := filepath.Join(t.TempDir(), "secret.toml")
	for _, err := range []error{
		os.WriteFile(secret, []byte("password"), 0o600),
		os.Remove(at("first/en.toml")),
		os.Symlink(secret, at("first/en.toml")),
		os.Mkdir(filepath.Join(dir, "drafts"), 0o700),
		os.Rename(at("second"), filepath.Join(dir, "drafts", "second")),
		os.Symlink("../drafts/second", at("second")),
	} {
		if err != nil {
			t.Skip("no links on this system:", err)
		}
	}
	wantLessons(t, dir, []string{"second"}, "experiments/first/en.toml:1: this file cannot be read: ")
}

func TestAFileMayBeginAsWindowsEditorsWriteIt(t *testing.T) {
	dir := lessons(t)
	change(t, dir, "first/zh.toml", func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") })
	wantLessons(t, dir, []string{"first", "second"})
	change(t, dir, "first/zh.toml", func(s string) string { return strings.Replace(s, "title", "titel", 1) })
	wantLessons(t, dir, []string{"second"}, "experiments/first/zh.toml:1: ", "experiments/first/zh.toml:1: ")
}

// A table may be written in braces: what is wrong in it has its line too.
func TestAMistakeInATableInBracesIsToldWithItsLine(t *testing.T) {
	dir := lessons(t)
	change(t, dir, "first/experiment.toml", func(s string) string {
		before, after, _ := strings.Cut(s, "[[act]]")
		_, after, _ = strings.Cut(after, "[[choice]]")
		return `act = [
  { id = "look", by = "alice", send = "me" },
  { id = "log", by = "alice", send = "logn" },
]
` + before + "[[choice]]" + after
	})
	given, _ := experiment.Load(course.Experiments())
	_, problems := experiment.LoadLessons(dir, given)
	want := `first/experiment.toml:3: there is no operation "logn"`
	if !slices.ContainsFunc(problems, func(p error) bool { return strings.Contains(p.Error(), want) }) {
		t.Errorf("%v; want %s", problems, want)
	}
}
