package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// marks gives steps of the timeline, which follow each other on it, the badges of their
// browsers, and what happened between them. Those of one kind of client stand alone:
// what happened between others is not theirs. It returns what happened since the last
// of them, if that is the newest step. The runs of experiments are groups among them.
func (h *pages) marks(c echo.Context, b *lab.Bench, entries []step.Entry, runs timelineRuns, previous *step.Summary, steps []step.Summary, items []*views.TimelineItem) (since []views.Entry) {
	of := runs.badges(b)
	for i, item := range items {
		item.Run = runs.run(steps[i])
		item.Badge = of.of(steps[i].Browser, steps[i].BrowserName)
		item.Begins = previous == nil || previous.ClientID != steps[i].ClientID
		previous = &steps[i]
	}
	if clientFilter(c) != "" || len(steps) == 0 {
		return nil
	}
	first, newest, within := steps[0].N, newest(b), runs.within(entries)
	for _, e := range entries {
		if runs.frame(e) {
			continue
		}
		told := entryView(h, c, of, e)
		told.Run = within[e.N]
		at := 0
		for at < len(steps) && steps[at].N <= e.After {
			at++
		}
		switch {
		case at == 0 && first > 1 && e.After < first-1: // earlier than these
		case at < len(steps):
			items[at].Before = append(items[at].Before, told)
		case steps[at-1].N == newest:
			since = append(since, told)
		}
	}
	return since
}

// entries are what happened between the bench's steps.
func (h *pages) entries(c echo.Context, b *lab.Bench) []step.Entry {
	all, err := b.Entries(c.Request().Context())
	if err != nil { // the steps are known all the same
		h.Log.Warn("entries unavailable", "error", err)
	}
	return all
}

// entryView puts an entry into words.
func entryView(h *pages, c echo.Context, of badges, e step.Entry) views.Entry {
	t := h.text(c)
	v := views.Entry{
		Said: narrate.Entry(t, e), Short: narrate.EntryShort(t, e), Of: e.Kind.About(),
		Badge: of.of(e.Browser, e.Name), To: of.of(e.Other, e.OtherName),
	}
	if e.Kind == step.EntryRunBegan {
		v.Said, v.Short = h.titleOf(c, e), h.titleOf(c, e)
	}
	return v
}
