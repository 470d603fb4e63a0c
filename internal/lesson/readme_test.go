package lesson_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// block is a file of a lesson in a README, which begins with its name.
var block = regexp.MustCompile("(?ms)^```(?:toml|markdown)\n(?:# |<!-- )lessons/(lessons/[a-z0-9/-]+\\.(?:toml|md))(?: -->)?\n.*?^```$")

// ownFolder is a teacher's folder with the lesson that a README shows.
func ownFolder(t *testing.T, readme string) (dir string) {
	t.Helper()
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, found := range block.FindAllStringSubmatch(string(text), -1) {
		name := filepath.Join(dir, found[1])
		_, content, _ := strings.Cut(strings.TrimSuffix(found[0], "```"), "\n")
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTheLessonInTheREADMELoads(t *testing.T) {
	for _, readme := range []string{"../../README.md", "../../README.zh.md"} {
		all, problems := lesson.LoadLessons(ownFolder(t, readme), nil, nil)
		for _, p := range problems {
			t.Errorf("%s: %v", readme, p)
		}
		if len(all) != 1 || all[0].Slug != "reading" || all[0].Chapter != lesson.OwnChapter {
			t.Fatalf("%s has %d lessons; want the one", readme, len(all))
		}
	}
}

func TestATeachersLessonsAreNumberedOnFromTheCourse(t *testing.T) {
	dir := ownFolder(t, "../../README.md")
	given := []*lesson.Lesson{{N: 0, Slug: "amnesia"}, {N: 1, Slug: "login"}}
	all, problems := lesson.LoadLessons(dir, given, nil)
	if len(all) != 1 || all[0].N != 2 || len(problems) > 0 {
		t.Errorf("%v; %v", all, problems)
	}
	_, problems = lesson.LoadLessons(dir, []*lesson.Lesson{{Slug: "reading"}}, nil)
	want := `lesson.toml:1: the course has a lesson "reading" already`
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), want) {
		t.Errorf("%v; want %s", problems, want)
	}
}

func TestATeachersLessonCannotHaveTheAddressOfAnotherPage(t *testing.T) {
	dir := ownFolder(t, "../../README.md")
	lessons := filepath.Join(dir, "lessons")
	if err := os.Rename(filepath.Join(lessons, "15-reading"), filepath.Join(lessons, "15-sheet")); err != nil {
		t.Fatal(err)
	}
	all, problems := lesson.LoadLessons(dir, nil, nil)
	if len(all) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Error(), "is another page of the course") {
		t.Errorf("%v; %v", all, problems)
	}
}
