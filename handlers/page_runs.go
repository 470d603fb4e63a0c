package handlers

import (
	"maps"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// A timelineRun is a run of an experiment that left steps on the timeline.
type timelineRun struct {
	views.TimelineRun
	experiment *experiment.Experiment // nil if the course does not have it any more
	began      step.Entry
	result     *experiment.Result // nil of one that was broken off
}

// timelineRuns are the runs on a timeline, by their numbers.
type timelineRuns map[int]*timelineRun

// runsOn finds the runs among what happened on a bench. A run without a step is none:
// its entries stand for themselves.
func (h *pages) runsOn(c echo.Context, b *lab.Bench, entries []step.Entry) timelineRuns {
	counts := make(map[int]int)
	for _, s := range b.Steps() {
		if s.Run > 0 {
			counts[s.Run]++
		}
	}
	runs := make(timelineRuns, len(counts))
	for _, e := range entries {
		switch {
		case e.Kind == step.EntryRunBegan && counts[e.N] > 0:
			r := &timelineRun{began: e, experiment: h.experimentBy(e.Value)}
			r.N, r.Steps, r.Title = e.N, counts[e.N], h.titleOf(c, e)
			if r.experiment != nil {
				r.Slug = e.Value
			}
			runs[e.N] = r
		case e.Kind == step.EntryRunEnded && runs[e.Run] != nil:
			runs[e.Run].ended(c, e)
		}
	}
	return runs
}

// ended notes what the run came to, which the entry of its end holds.
func (r *timelineRun) ended(c echo.Context, e step.Entry) {
	if r.experiment == nil {
		return
	}
	if r.result = resultOf(e); r.result != nil {
		r.Whole, r.Brief = true, r.experiment.Words[c.Param("lang")].Brief[r.result.Verdict]
	}
}

// titleOf is what the experiment of a run's entry is called.
func (h *pages) titleOf(c echo.Context, entry step.Entry) string {
	title := entry.Value
	if e := h.experimentBy(entry.Value); e != nil {
		title = e.Words[c.Param("lang")].Title
	}
	return h.text(c).F("experiment.of", "Title", title)
}

// run is the run of a step for the timeline, nil for none.
func (rs timelineRuns) run(s step.Summary) *views.TimelineRun {
	if r := rs[s.Run]; r != nil {
		return &r.TimelineRun
	}
	return nil
}

// within tells which run each of the entries is part of, by the numbers of both.
func (rs timelineRuns) within(entries []step.Entry) map[int]int {
	of, under := make(map[int]int), 0
	for _, e := range entries {
		switch {
		case e.Kind == step.EntryRunBegan && rs[e.N] != nil:
			under = e.N
		case e.Kind == step.EntryRunEnded:
			under = 0
		case under > 0:
			of[e.N] = under
		}
	}
	return of
}

// frame reports whether an entry is the beginning or the end of one of the runs, which
// their groups show.
func (rs timelineRuns) frame(e step.Entry) bool {
	return e.Kind == step.EntryRunBegan && rs[e.N] != nil || e.Kind == step.EntryRunEnded && rs[e.Run] != nil
}

// badges are those of a bench's browsers and of the runs', which are removed when a run
// ends.
func (rs timelineRuns) badges(b *lab.Bench) badges {
	of := badgesOf(b.Browsers())
	for _, r := range rs {
		if r.result == nil {
			continue
		}
		all := make([]lab.Browser, len(r.result.Browsers))
		for i, each := range r.result.Browsers {
			all[i] = lab.Browser{ID: each.Client, Slot: i + 1, Name: each.Name}
			if r.experiment != nil {
				all[i].Slot = r.experiment.Slot(each.ID)
			}
		}
		maps.Copy(of, badgesOf(all))
	}
	return of
}

// outsideRuns returns the steps that no experiment made. They must not be modified.
func outsideRuns(steps []step.Summary) []step.Summary {
	inRun := func(s step.Summary) bool { return s.Run != 0 }
	if !slices.ContainsFunc(steps, inRun) {
		return steps // as a rule, and a bench may have a thousand
	}
	return slices.DeleteFunc(slices.Clone(steps), inRun)
}
