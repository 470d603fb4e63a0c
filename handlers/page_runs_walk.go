package handlers

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// actOf says which act of a run is shown with a step: the one that it belongs to, or the
// one without a request whose number is asked for. The acts have the numbers that they
// have on the experiment's page, where those that a variant leaves out stand too.
func (h *pages) actOf(c echo.Context, b *lab.Bench, r *timelineRun, s *step.Step, asked string, v *views.StepRun) error {
	x := &experimentView{pages: h, c: c, bench: b, e: r.experiment}
	all, done := walk(r.experiment, r.result.Acts)
	at := slices.IndexFunc(all, func(stop views.RunStop) bool {
		return stop.Act > 0 && stop.Step == s.N && strconv.Itoa(stop.Act) == asked
	})
	if at < 0 {
		at = slices.IndexFunc(done, func(d experiment.Done) bool { return slices.Contains(d.Steps, s.N) })
	}
	if at < 0 {
		return nil
	}
	number := slices.IndexFunc(r.experiment.Acts, func(a experiment.Act) bool { return a.ID == done[at].ID })
	act := r.experiment.Acts[number]
	v.Act, v.At, v.Of = x.words().Act[act.ID], at+1, len(done)
	if at > 0 {
		v.Prev = all[at-1]
	}
	if at < len(all)-1 {
		v.Next = all[at+1]
	}
	if len(done[at].Steps) > 0 && s.N != r.result.Step {
		return nil
	}
	lines, err := x.lines(x.lens(r.result), act, done[at])
	for _, line := range lines {
		if len(done[at].Steps) == 0 {
			v.Came = append(v.Came, line.String())
		} else if decidedByHeader(r.result.Event) {
			v.Decided = append(v.Decided, line.Lit()...)
		}
	}
	if len(done[at].Steps) > 0 && len(v.Decided) == 0 && r.result.EventAt > 0 && err == nil {
		told := h.stepView(c, b, s)
		v.Decided = []string{told.EventTitle(r.result.EventAt - 1)}
	}
	v.Decided = slices.Compact(v.Decided)
	return err
}

// decidedByHeader reports whether an event is about a header that came or did not. What
// is decided by the server, or in the store, is decided in spite of the cookie.
func decidedByHeader(kind step.Kind) bool {
	switch kind {
	case step.RequestSent, step.CookieRead, step.CookieAbsent, step.SetCookieBuilt, step.CookieReplaced:
		return true
	}
	return false
}

// walk returns where each act that was done is shown, and the acts. An act that is in the
// experiment no more is left out.
func walk(e *experiment.Experiment, acts []experiment.Done) (stops []views.RunStop, done []experiment.Done) {
	var last, first int // the newest step so far, and the oldest of all
	for _, d := range acts {
		if len(d.Steps) > 0 {
			first = d.Steps[0]
			break
		}
	}
	for i, a := range e.Acts {
		at := slices.IndexFunc(acts, func(d experiment.Done) bool { return d.ID == a.ID })
		if at < 0 {
			continue
		}
		stop := views.RunStop{Step: first, Act: i + 1}
		switch steps := acts[at].Steps; {
		case len(steps) > 0:
			stop = views.RunStop{Step: steps[0]}
			last = steps[len(steps)-1]
		case last > 0:
			stop.Step, stop.Late = last, true
		}
		stops, done = append(stops, stop), append(done, acts[at])
	}
	return stops, done
}
