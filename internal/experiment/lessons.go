package experiment

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/coursefile"
)

// lessonsFolder is the folder of a teacher's folder that has the experiments.
const lessonsFolder = "experiments"

// mostLessons is how many experiments a teacher's folder may have.
const mostLessons = 100

// LoadLessons reads and checks the experiments in a teacher's folder: those in
// dir/experiments, in the form that [Load] reads, besides those of the course. Those
// without a mistake are in their order, and all are of [OwnChapter], whatever chapter they name. Each
// mistake is a [*Problem] whose file begins with dir; the others load nevertheless. A link
// that leads out of dir is a mistake.
func LoadLessons(dir string, course []*Experiment) (all []*Experiment, problems []error) {
	base := filepath.Join(dir, lessonsFolder)
	names, root, err := lessonsIn(dir)
	if err != nil {
		what := "there must be a folder here, with a folder for each experiment: " + coursefile.Reason(err)
		return nil, []error{&Problem{File: base, What: what}}
	}
	defer root.Close()
	if len(names) == 0 {
		return nil, []error{&Problem{File: base, What: "there is no experiment here: each has a folder of its own"}}
	}
	if len(names) > mostLessons {
		what := fmt.Sprintf("there may be %d experiments; there are %d, and the last ones are left out", mostLessons, len(names))
		problems, names = append(problems, &Problem{File: base, What: what}), names[:mostLessons]
	}
	for _, slug := range names {
		if slices.ContainsFunc(course, func(e *Experiment) bool { return e.Slug == slug }) {
			what := fmt.Sprintf("the course has an experiment %q already: give this folder another name", slug)
			problems = append(problems, &Problem{File: filepath.Join(base, slug, scriptFile), Line: 1, What: what})
			continue
		}
		e, wrong := load(lessonFiles{root.FS()}, &Experiment{Slug: slug, own: true})
		if e != nil {
			e.Chapter = OwnChapter
		}
		if len(wrong) == 0 {
			all = append(all, e)
		}
		for _, p := range wrong {
			problems = append(problems, &Problem{File: filepath.Join(base, filepath.FromSlash(p.File)), Line: p.Line, What: p.What})
		}
	}
	slices.SortStableFunc(all, func(a, b *Experiment) int { return cmp.Compare(a.Order, b.Order) })
	return all, problems
}

// lessonsIn opens a teacher's folder, out of which nothing leads, and lists its
// experiments. The caller closes the root.
func lessonsIn(dir string) (names []string, root *os.Root, err error) {
	root, err = os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	entries, err := fs.ReadDir(root.FS(), lessonsFolder)
	if err != nil {
		return nil, nil, errors.Join(err, root.Close())
	}
	for _, entry := range entries {
		folder := entry.IsDir()
		if entry.Type()&fs.ModeSymlink != 0 {
			info, err := fs.Stat(root.FS(), path.Join(lessonsFolder, entry.Name()))
			folder = err != nil || info.IsDir() // what is wrong with it is told when it is read
		}
		if folder && !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, entry.Name())
		}
	}
	return names, root, nil
}

// lessonFiles are the files of the experiments in a teacher's folder.
type lessonFiles struct{ root fs.FS }

func (f lessonFiles) Open(name string) (fs.File, error) {
	return f.root.Open(path.Join(lessonsFolder, name))
}

// Stat does not open the file, as [fs.Stat] else does: to open a pipe can wait for ever.
func (f lessonFiles) Stat(name string) (fs.FileInfo, error) {
	return fs.Stat(f.root, path.Join(lessonsFolder, name))
}
