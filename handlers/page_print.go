package handlers

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// printed is how many steps a handout holds.
const printed = 60

// print shows a bench as a handout, in the form that ?form= names: its steps one
// after another, from ?from= on, or a line for each. With ?run= it is one run of an
// experiment.
func (h *pages) print(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	run, steps, err := h.askedRun(c, b)
	if err != nil {
		return err
	}
	page := views.PrintPage{Page: h.benchPage(c, b), Bench: b.ID(), Total: len(steps), Run: printedRun(c, run)}
	switch form := views.PrintForm(c.QueryParam("form")); form {
	case views.PrintLines:
		page.Form = form
		page.Lines, page.Since = h.printLines(c, b, run, steps)
		return h.render(c, http.StatusOK, views.Print(page))
	case views.PrintTwo, views.PrintFull:
		page.Form = form
	}
	from, err := printFrom(c, steps)
	if err != nil {
		return err
	}
	to := min(len(steps), from+printed)
	page.Next = neighbour(steps, to)
	if from > 0 {
		page.Prev = steps[max(0, from-printed)].N
	}
	for _, line := range steps[from:to] {
		s, err := b.Step(c.Request().Context(), line.N)
		if err != nil {
			return err
		}
		page.Steps = append(page.Steps, h.stepView(c, b, s))
	}
	lines, since := h.printLines(c, b, run, steps[from:to])
	for _, line := range lines {
		page.Before = append(page.Before, line.Before)
	}
	page.Since = since
	return h.render(c, http.StatusOK, views.Print(page))
}

// printFrom returns the index of the step that ?from= names, or of the first after
// it; by default 0.
func printFrom(c echo.Context, steps []step.Summary) (int, error) {
	param := c.QueryParam("from")
	if param == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(param)
	if err != nil {
		return 0, errNotFound
	}
	from := indexOf(steps, n)
	if from == len(steps) {
		return 0, errNotFound
	}
	return from, nil
}

// printLines tells each step in a line, which its summary is enough for, and what happened
// between them and since: with a run, what was part of that, and else where a run begins.
func (h *pages) printLines(c echo.Context, b *lab.Bench, run *timelineRun, steps []step.Summary) (lines []views.PrintLine, since []views.Entry) {
	lines = make([]views.PrintLine, len(steps))
	items := make([]*views.TimelineItem, len(steps))
	for i, s := range steps {
		lines[i] = views.PrintLine{
			TimelineItem: narrate.Item(h.text(c), s),
			Time:         s.Time.In(h.Location).Format(time.TimeOnly),
		}
		items[i] = &lines[i].TimelineItem
	}
	entries := h.entries(c, b)
	runs := h.runsOn(c, b, entries)
	if run != nil {
		within := runs.within(entries)
		entries = slices.DeleteFunc(entries, func(e step.Entry) bool { return within[e.N] != run.N })
	}
	since = h.marks(c, b, entries, runs, nil, steps, items)
	for i, item := range items {
		if run == nil && item.Run != nil && (i == 0 || items[i-1].Run != item.Run) {
			at := slices.IndexFunc(item.Before, func(e views.Entry) bool { return e.Run == item.Run.N })
			if at < 0 {
				at = len(item.Before)
			}
			item.Before = slices.Insert(item.Before, at, views.Entry{Said: item.Run.Title, Of: "run", Run: item.Run.N})
		}
	}
	return lines, since
}
