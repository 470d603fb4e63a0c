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
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/judge"
)

// A Problem is a mistake in the files of a lesson.
type Problem = coursefile.Problem

// scriptFile is the file of a lesson that has no words in it.
const scriptFile = "lesson.toml"

// folderForm is how the folder of a lesson is called: by its number and its slug.
var folderForm = regexp.MustCompile(`^([0-9]{2})-([a-z0-9]+(?:-[a-z0-9]+)*)$`)

// Load reads and checks the lessons of a folder, each in a folder of its own that is
// called NN-slug. They can name these experiments. It returns those without a mistake, in
// their order, and each mistake as a [*Problem]. A mistake in one lesson leaves the others
// alone.
func Load(files fs.FS, experiments []*experiment.Experiment) (all []*Lesson, problems []error) {
	dirs, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, []error{fmt.Errorf("lesson: %w", err)}
	}
	var folders []string
	around := surrounding{experiments: experiments}
	for _, dir := range dirs {
		if found := folderForm.FindStringSubmatch(dir.Name()); found != nil && dir.IsDir() {
			folders, around.lessons = append(folders, dir.Name()), append(around.lessons, found[2])
		}
	}
	for _, folder := range folders {
		l, wrong := load(files, folder, around)
		if len(wrong) == 0 {
			all = append(all, l)
		}
		for _, p := range wrong {
			problems = append(problems, p)
		}
	}
	sortByNumber(all)
	return all, problems
}

func sortByNumber(all []*Lesson) {
	slices.SortStableFunc(all, func(a, b *Lesson) int { return cmp.Compare(a.N, b.N) })
}

// load reads and checks one lesson.
func load(files fs.FS, folder string, around surrounding) (*Lesson, []*Problem) {
	found := folderForm.FindStringSubmatch(folder)
	l := &Lesson{Slug: found[2], Words: make(map[string]*Words), exprs: make(map[string]*judge.Expression)}
	l.N, _ = strconv.Atoi(found[1])
	script := coursefile.Decode(files, path.Join(folder, scriptFile), l)
	words := make(map[string]*wordsFile)
	for _, lang := range Languages {
		l.Words[lang], words[lang] = readWords(files, path.Join(folder, lang+".md"))
	}
	check := &checker{
		Document: script, l: l, around: around,
		implied: make(map[string][]string), shown: make(map[string][]string),
	}
	if !script.Failed {
		check.script()
	}
	problems := script.Problems
	for _, lang := range Languages {
		if f := words[lang]; !script.Failed && !f.Failed {
			(&wordChecker{f, check, lang, l.Words[lang]}).words()
		}
	}
	sameWrong(l, words)
	for _, lang := range Languages {
		problems = append(problems, words[lang].Problems...)
	}
	slices.SortStableFunc(problems, func(a, b *Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return l, problems
}
