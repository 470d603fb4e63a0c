package lesson

import (
	"fmt"
	"path/filepath"
	"slices"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

// ownFolder is the folder of a teacher's folder that has the lessons.
const ownFolder = "lessons"

// otherPages are the pages of the course that have their addresses where lessons have
// theirs.
var otherPages = []string{"sheet", "teaching"}

// mostOwn is how many lessons a teacher's folder may have.
const mostOwn = 100

// LoadLessons reads and checks the lessons in a teacher's folder: those in dir/lessons, in
// the form that [Load] reads, besides those of the course. They can name these
// experiments. Those without a mistake are in their order, are numbered on from the
// course, and are of [OwnChapter], whatever chapter they name. Each mistake is a
// [*Problem] whose file begins with dir; the others load nevertheless. A link that leads
// out of dir is a mistake.
func LoadLessons(dir string, course []*Lesson, experiments []*experiment.Experiment) (all []*Lesson, problems []error) {
	base := filepath.Join(dir, ownFolder)
	folder, err := coursefile.OpenFolder(dir, ownFolder)
	if err != nil {
		what := "there must be a folder here, with a folder for each lesson: " + coursefile.Reason(err)
		return nil, []error{&Problem{File: base, What: what}}
	}
	defer folder.Close()
	names := folder.Names
	if len(names) == 0 {
		return nil, []error{&Problem{File: base, What: "there is no lesson here: each has a folder of its own"}}
	}
	if len(names) > mostOwn {
		what := fmt.Sprintf("there may be %d lessons; there are %d, and the last ones are left out", mostOwn, len(names))
		problems, names = append(problems, &Problem{File: base, What: what}), names[:mostOwn]
	}
	around := surrounding{experiments: experiments, own: true}
	for _, l := range course {
		around.lessons = append(around.lessons, l.Slug)
	}
	given := slices.Clone(around.lessons)
	for _, name := range names {
		if found := folderForm.FindStringSubmatch(name); found != nil {
			around.lessons = append(around.lessons, found[2])
		}
	}
	taken := make(map[string]bool)
	for _, name := range names {
		found := folderForm.FindStringSubmatch(name)
		wrong := ""
		switch {
		case found == nil:
			wrong = "a lesson's folder is called by its number and a name for its address, as in 15-my-lesson"
		case slices.Contains(otherPages, found[2]):
			wrong = fmt.Sprintf("%q is another page of the course: give this folder another name", found[2])
		case slices.Contains(given, found[2]):
			wrong = fmt.Sprintf("the course has a lesson %q already: give this folder another name", found[2])
		case taken[found[2]]:
			wrong = fmt.Sprintf("there is a lesson %q already: give this folder another name", found[2])
		}
		if wrong != "" {
			problems = append(problems, &Problem{File: filepath.Join(base, name, scriptFile), Line: 1, What: wrong})
			continue
		}
		taken[found[2]] = true
		l, mistakes := load(folder, name, around)
		l.Chapter = OwnChapter
		if len(mistakes) == 0 {
			all = append(all, l)
		}
		for _, p := range mistakes {
			problems = append(problems, &Problem{File: filepath.Join(base, filepath.FromSlash(p.File)), Line: p.Line, What: p.What})
		}
	}
	sortByNumber(all)
	for i, l := range all {
		l.N = len(course) + i
	}
	return all, problems
}
