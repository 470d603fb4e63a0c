package handlers

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
)

// didField names in the address of a lesson the act that led there, where nothing on the
// bench tells of it.
const didField = "did"

// drawn is the step to draw: the one that the address names, as it does right after a
// request, or the one that decided the experiment just run, or the one that the part is
// about, or the newest of the lesson; nil for none. A step from before the lesson began is
// not one of its own.
func (v *lessonView) drawn(part string) (*step.Step, error) {
	if n := v.c.QueryParam("step"); n != "" {
		s, err := v.stepOf(v.c, v.bench, n)
		if err != nil || v.kept.Under() && s.N > v.kept.Began.Step {
			return s, err
		}
	}
	id, stage := lesson.SplitPart(part)
	q, _ := v.l.Question(id)
	named := ""
	switch {
	case stage == lesson.Predict:
		named = q.Before
	case v.doneSince(part):
		if e := v.lastEntry(); e != nil {
			if s := v.decided(*e); s != nil {
				return s, nil
			}
		}
	case stage == lesson.Observe || stage == lesson.Explain:
		named = q.Show
	}
	if seen := v.progress.Steps[named]; seen != nil {
		if s := v.shownBy(seen); s != nil {
			return s, nil
		}
	}
	return v.newest(), nil
}

// newest is the lesson's newest step, nil for none.
func (v *lessonView) newest() *step.Step {
	if len(v.steps) == 0 {
		return nil
	}
	return v.steps[len(v.steps)-1]
}

// newestEntry is the number of the bench's newest entry, 0 for none.
func (v *lessonView) newestEntry() int {
	if len(v.entries) == 0 {
		return 0
	}
	return v.entries[len(v.entries)-1].N
}

// doneSince reports whether something was done since the newest step that was no request,
// and the page is where that led: not at a part that was opened again, or gone on to.
func (v *lessonView) doneSince(part string) bool {
	if v.open(v.c.QueryParam("part")) {
		return false
	}
	e := v.lastEntry()
	_, stage := lesson.SplitPart(part)
	return v.c.QueryParam(didField) != "" || e != nil && (stage == lesson.Do || e.N > v.kept.Entry)
}

// lastEntry is what happened last in the lesson, nil if a step of it is newer.
func (v *lessonView) lastEntry() *step.Entry {
	if len(v.entries) == 0 {
		return nil
	}
	e := &v.entries[len(v.entries)-1]
	if s := v.newest(); e.N <= v.kept.Began.Entry || s != nil && e.After < s.N {
		return nil
	}
	return e
}

// shownBy is the step that a named one is, or the one that decided the run which it is.
func (v *lessonView) shownBy(seen *lesson.Seen) *step.Step {
	i := slices.IndexFunc(v.entries, func(e step.Entry) bool {
		return e.Kind == step.EntryRunEnded && string(e.Kind) == seen.Kind && e.After == seen.N && e.N > v.kept.Began.Entry
	})
	if i >= 0 {
		return v.decided(v.entries[i])
	}
	return v.step(seen.N)
}

// decided is the step that shows what the run came to that an entry ends; nil for other
// entries, and if it is no longer kept.
func (v *lessonView) decided(e step.Entry) *step.Step {
	r := resultOf(e)
	if r == nil {
		return nil
	}
	s, err := v.bench.Step(v.c.Request().Context(), v.shownOf(r).Step)
	if err != nil {
		return nil
	}
	return s
}

// justNow says what was done after the drawn step, or what the run came to that the step
// is part of; "" for nothing. Questions come first, so it says nothing beside them.
func (v *lessonView) justNow(part string, drawn *step.Step) string {
	_, stage := lesson.SplitPart(part)
	switch s := v.newest(); {
	case !v.kept.Under() || stage == lesson.Predict:
	case drawn != nil && drawn.Run > 0:
		return v.cameTo(drawn.Run)
	case drawn != nil && s != nil && drawn.N < s.N: // it is an older one
	case v.c.QueryParam(didField) != "":
		if a, ok := v.l.Act(v.c.QueryParam(didField)); ok {
			x := &lessonText{lessonView: v}
			return v.just(x.label(a).String(), drawn)
		}
	default:
		if e := v.lastEntry(); e != nil {
			return v.just(entryView(v.pages, v.c, nil, *e).Said, drawn)
		}
	}
	return ""
}

// just says what was done, and which step the picture still shows.
func (v *lessonView) just(said string, drawn *step.Step) string {
	if drawn == nil {
		return v.t.F("ladder.just", "Said", said)
	}
	return v.t.F("ladder.just_after", "Said", said, "N", strconv.Itoa(drawn.N))
}

// cameTo says in the words of its experiment what a run came to.
func (v *lessonView) cameTo(run int) string {
	r := v.runsOn(v.c, v.bench, v.entries)[run]
	if r == nil || r.Brief == "" {
		return ""
	}
	return v.t.F("ladder.just_run", "Title", r.experiment.Words[v.c.Param("lang")].Title, "Brief", r.Brief)
}
