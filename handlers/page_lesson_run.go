package handlers

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// shownOf is where a run is shown right after it: at the act that the lesson draws, or at
// the step that its verdict is about.
func (v *lessonView) shownOf(r *experiment.Result) views.RunStop {
	e := v.experimentBy(r.Slug)
	for _, a := range v.l.Acts {
		if e == nil || a.Draw == "" || a.Experiment != r.Slug || a.Variant != r.Variant {
			continue
		}
		stops, done := walk(e, r.Acts)
		if i := slices.IndexFunc(done, func(d experiment.Done) bool { return d.ID == a.Draw }); i >= 0 {
			return stops[i]
		}
	}
	return views.RunStop{Step: r.Step}
}

// runBar leads through the acts of the run that the drawn step is part of.
func (v *lessonView) runBar(b *views.LessonBench, s *step.Step) error {
	if s.Run == 0 {
		return nil
	}
	runs, act := v.runsOn(v.c, v.bench, v.entries), ""
	if v.c.QueryParam("step") != "" {
		act = v.c.QueryParam("act")
	} else if r := runs[s.Run]; r != nil && r.result != nil {
		act = strconv.Itoa(v.shownOf(r.result).Act)
	}
	run, err := v.runOf(v.c, v.bench, runs, s, act)
	b.Run = run
	return err
}
