package handlers

import (
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// runOf says which run of an experiment a step is part of, and which act: the one of that
// number if it is shown with that step; nil for none.
func (h *pages) runOf(c echo.Context, b *lab.Bench, runs timelineRuns, s *step.Step, act string) (*views.StepRun, error) {
	if s == nil || s.Run == 0 || runs[s.Run] == nil {
		return nil, nil
	}
	r := runs[s.Run]
	v := &views.StepRun{TimelineRun: r.TimelineRun}
	if r.experiment == nil {
		return v, nil
	}
	w := r.experiment.Words[c.Param("lang")]
	v.Variant = w.Variant[r.began.Variant]
	if r.result == nil {
		return v, nil
	}
	return v, h.actOf(c, b, r, s, act, v)
}

// besideRun completes the page of a step of a run: what the learner's own website has
// now is not what the run had, so the panes do not show it beside the step.
func (h *pages) besideRun(c echo.Context, b *lab.Bench, s *step.Step, v *views.Lab) error {
	v.Location.Moved, v.Held = true, views.Held{}
	if v.Who.Chosen != nil {
		return nil
	}
	v.Session = views.Now{}
	last, err := lastOf(c, b, string(step.ClientBrowser))
	if err == nil && last != nil {
		v.Session = sessionNow(last)
	}
	return err
}

// askedRun is the run that ?run= asks for, with its steps: nil, with all steps, if it
// asks for none.
func (h *pages) askedRun(c echo.Context, b *lab.Bench) (*timelineRun, []step.Summary, error) {
	steps := b.Steps()
	if !c.QueryParams().Has("run") {
		return nil, steps, nil
	}
	n, _ := strconv.Atoi(c.QueryParam("run"))
	entries, err := b.Entries(c.Request().Context())
	if err != nil {
		return nil, nil, err
	}
	r := h.runsOn(c, b, entries)[n]
	if r == nil {
		return nil, nil, errNotFound
	}
	return r, slices.DeleteFunc(slices.Clone(steps), func(s step.Summary) bool { return s.Run != n }), nil
}

// printedRun is what a handout says of a run, nil if it is of none.
func printedRun(c echo.Context, r *timelineRun) *views.PrintRun {
	if r == nil {
		return nil
	}
	v := &views.PrintRun{N: r.N, Title: r.Title}
	if r.experiment == nil {
		return v
	}
	w := r.experiment.Words[c.Param("lang")]
	v.Question, v.Variant = w.Question, w.Variant[r.began.Variant]
	if r.result != nil {
		v.Verdict = filled(w.Verdict[r.result.Verdict], *r.result)
	}
	return v
}
