package handlers

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/views"
)

// verdicts are what a column shows.
func verdicts(t *i18n.Text, col column) []views.BesideVerdict {
	answer := func(question string, a experiment.Answer, id string) views.BesideVerdict {
		return views.BesideVerdict{Question: t.T("beside.ask." + question), Answer: t.T("beside." + id + "." + string(a)), Untried: a == experiment.Untried}
	}
	sizes := views.BesideVerdict{Question: t.T("beside.ask.sizes"), Answer: t.T("beside.answer.untried"), Untried: true}
	if col.found.Size > 0 {
		sizes.Answer, sizes.Untried = t.F("beside.sizes", "Cookie", strconv.Itoa(col.found.Size), "Record", strconv.Itoa(col.found.Stored)), false
	}
	return []views.BesideVerdict{
		answer("set_cookie", col.setCookie(), "answer"),
		answer("where", col.found.InCookie, "where"),
		answer("read", col.found.Readable, "answer"),
		answer("change", col.found.Changed, "answer"),
		answer("copy", col.found.Copy, "answer"),
		sizes,
	}
}

// mark marks the answers that differ from those of both others, which agree.
func mark(columns []views.BesideColumn) {
	if len(columns) == 0 {
		return
	}
	for q := range columns[0].Verdicts[:len(columns[0].Verdicts)-1] { // sizes always differ
		for i := range columns {
			others := slices.Delete(slices.Clone(columns), i, i+1)
			first, second := others[0].Verdicts[q], others[1].Verdicts[q]
			mine := &columns[i].Verdicts[q]
			mine.Odd = first.Answer == second.Answer && mine.Answer != first.Answer && !mine.Untried && !first.Untried
		}
	}
}
