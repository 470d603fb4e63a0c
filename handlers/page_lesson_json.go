package handlers

import (
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lesson"
)

// lessonJSON is a lesson as programs get it: as in the list of the course, and where it
// stands.
type lessonJSON struct {
	courseLessonJSON
	Part   string                    `json:"part"`
	Steps  map[string]int            `json:"steps"` // the numbers of the named steps that are there
	Shown  []string                  `json:"shown"` // the questions whose result is revealed
	Helped map[string]lesson.Help    `json:"helped"`
	Found  map[string]experiment.Did `json:"found"` // by act
}

func (v *lessonView) json() lessonJSON {
	told := lessonJSON{
		courseLessonJSON: lessonListed(v.l, v.kept, v.progress, v.c.Param("lang")),
		Part:             v.part(), Steps: make(map[string]int), Shown: []string{}, Helped: v.kept.Helped, Found: v.kept.Found,
	}
	for name, seen := range v.progress.Steps {
		told.Steps[name] = seen.N
	}
	for _, q := range v.l.Questions {
		if v.progress.Shown[q.ID] {
			told.Shown = append(told.Shown, q.ID)
		}
	}
	if told.Helped == nil {
		told.Helped = map[string]lesson.Help{}
	}
	if told.Found == nil {
		told.Found = map[string]experiment.Did{}
	}
	return told
}
