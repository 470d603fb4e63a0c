package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// sendsNothing reports whether an act is no request: it is done in a browser, or to the
// website itself.
func sendsNothing(a lesson.Act) bool {
	return !a.Asks() && a.Experiment == "" && a.Try == "" && len(a.Together) == 0
}

// numbered are the numbers of the steps that a question's acts became, in order; 0 for
// one that was not done since the question was answered, or that is no request.
func numbered(came []outcome) []int {
	all := make([]int, len(came))
	for i, c := range came {
		if c.step != nil {
			all[i] = c.step.N
		}
	}
	return all
}

// stepsOf are the steps from when a question was answered to when the next one was.
func (v *lessonView) stepsOf(question string) (own []*step.Step) {
	from, to := v.span(question)
	for _, s := range v.steps {
		if s.N > from.Step && (to.Step == 0 || s.N <= to.Step) {
			own = append(own, s)
		}
	}
	return own
}

// became reports whether a step is what an act sends.
func (v *lessonView) became(a lesson.Act, s *step.Step) bool {
	if !a.Asks() || a.Send != string(s.Op) || s.Browser != v.kept.Browsers[a.By] {
		return false
	}
	sent := reading.Of(s).Form
	for name, value := range a.Form {
		if got, ok := sent[name]; ok && name != "pwd" && got != value {
			return false
		}
	}
	return true
}

// isBack reports whether a step is an earlier one than the question's last act, and says
// what that step's button says; "" if it is of none of the acts.
func (v *lessonView) isBack(s screen, n int) (back bool, said string) {
	acts := v.actsInOrder(screen{s.question, views.SlideAct})
	at := slices.Index(numbered(v.came(s.question, acts)), n)
	if at < 0 {
		return false, ""
	}
	at = min(at, len(acts)-1)
	return at < len(acts)-1, acts[at].said
}

// shownStepOf is the step that a question's flow is about, nil for none.
func (v *lessonView) shownStepOf(question string) *step.Step {
	q, _ := v.l.Question(question)
	if seen := v.progress.Steps[q.Show]; seen != nil {
		return v.shownBy(seen)
	}
	return nil
}

// justActed reports whether the address is where an act led.
func (v *lessonView) justActed() bool { return v.c.QueryParam("act") != "" }

// resultFirst reports whether a flow has to wait for one screen more: the last act led
// here, and the flow is about an earlier step than what that came to.
func (v *lessonView) resultFirst(s screen) bool {
	if s.kind != views.SlideFlow || !v.justActed() {
		return false
	}
	shown := v.shownStepOf(s.question)
	if shown == nil {
		return false
	}
	back, _ := v.isBack(s, shown.N)
	return back
}
