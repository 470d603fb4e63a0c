package lesson

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/coursefile"
)

// A Problem is a mistake in the files of a lesson.
type Problem = coursefile.Problem

// scriptFile is the file of a lesson that has no words in it.
const scriptFile = "lesson.toml"

// folderForm is how the folder of a lesson is called: by its number and its slug.
var folderForm = regexp.MustCompile(`^([0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)$`)

// Load reads and checks the lessons of a folder, each in a folder of its own that is
// called NN-slug. It returns those without a mistake, in their order, and each mistake as
// a [*Problem]. A mistake in one lesson leaves the others alone.
func Load(files fs.FS) (all []*Lesson, problems []error) {
	dirs, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, []error{fmt.Errorf("lesson: %w", err)}
	}
	for _, dir := range dirs {
		if !dir.IsDir() || !folderForm.MatchString(dir.Name()) {
			continue
		}
		l, wrong := load(files, dir.Name())
		if len(wrong) == 0 {
			all = append(all, l)
		}
		for _, p := range wrong {
			problems = append(problems, p)
		}
	}
	slices.SortStableFunc(all, func(a, b *Lesson) int { return cmp.Compare(a.N, b.N) })
	return all, problems
}

// load reads and checks one lesson.
func load(files fs.FS, folder string) (*Lesson, []*Problem) {
	found := folderForm.FindStringSubmatch(folder)
	l := &Lesson{Slug: found[2], Words: make(map[string]*Words)}
	l.N, _ = strconv.Atoi(found[1])
	script := coursefile.Decode(files, path.Join(folder, scriptFile), l)
	problems := script.Problems
	for _, lang := range Languages {
		w, f := readWords(files, path.Join(folder, lang+".md"))
		l.Words[lang] = w
		problems = append(problems, f.Problems...)
	}
	slices.SortStableFunc(problems, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return l, problems
}
