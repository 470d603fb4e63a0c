package handlers

import (
	"cmp"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/har"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// exportedRuns are the runs that an archive of the bench has, or the one asked for.
func (h *pages) exportedRuns(c echo.Context, b *lab.Bench, only *timelineRun) (runs []har.Run, err error) {
	all := timelineRuns{}
	if only != nil {
		all[only.N] = only
	} else {
		entries, err := b.Entries(c.Request().Context())
		if err != nil {
			return nil, err
		}
		all = h.runsOn(c, b, entries)
	}
	for _, r := range all {
		started := r.began.Time
		if r.result != nil {
			started = r.result.Started
		}
		runs = append(runs, har.Run{N: r.N, Title: r.Title, Started: started})
	}
	slices.SortFunc(runs, func(a, b har.Run) int { return cmp.Compare(a.N, b.N) })
	return runs, nil
}

// aboutExport is what the JSON says besides the steps: of the bench, or of a run, whose
// settings were others than the bench has now.
func aboutExport(c echo.Context, b *lab.Bench, run *timelineRun) (map[string]any, error) {
	about, err := aboutBench(c, b)
	if err != nil || run == nil {
		return about, err
	}
	entries, _ := about["entries"].([]step.Entry)
	within := timelineRuns{run.N: run}.within(entries)
	about["entries"] = listOf(slices.DeleteFunc(slices.Clone(entries), func(e step.Entry) bool {
		return e.N != run.N && e.Run != run.N && within[e.N] != run.N
	}))
	about["run"], about["experiment"], about["variant"] = run.N, run.began.Value, run.began.Variant
	for _, present := range []string{"settings", "clock", "browsers"} {
		delete(about, present)
	}
	return about, nil
}
