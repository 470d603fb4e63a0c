package experiment

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

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
	folder, err := coursefile.OpenFolder(dir, lessonsFolder)
	if err != nil {
		what := "there must be a folder here, with a folder for each experiment: " + coursefile.Reason(err)
		return nil, []error{&Problem{File: base, What: what}}
	}
	defer folder.Close()
	names := folder.Names
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
		e, wrong := load(folder, &Experiment{Slug: slug, own: true})
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
