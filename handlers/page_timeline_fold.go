package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// On the strip a run of an experiment is folded to one place, unless it is the open one:
// that of the step shown.

// window returns which of the steps the strip shows: the one at an index, and those
// within so many places before and after it.
func window(steps []step.Summary, at, open int) (from, to int) {
	from, to = at, at
	for places := 0; places < nearby && from > 0; places++ {
		from--
		for from > 0 && together(steps[from-1], steps[from], open) {
			from--
		}
	}
	for places := 0; places <= nearby && to < len(steps); places++ {
		to++
		for to < len(steps) && together(steps[to-1], steps[to], open) {
			to++
		}
	}
	return from, to
}

// together reports whether two neighbours are of one folded run.
func together(a, b step.Summary, open int) bool {
	return a.Run != 0 && a.Run == b.Run && a.Run != open
}

// folded leaves one item for each run but the open one. What happened within it stays
// out, too.
func folded(items []views.TimelineItem, open int) []views.TimelineItem {
	list := make([]views.TimelineItem, 0, len(items))
	for _, it := range items {
		it.Before = besides(it.Before, open)
		if it.Run == nil || it.Run.N == open {
			list = append(list, it)
			continue
		}
		if last := len(list) - 1; last >= 0 && list[last].Run == it.Run {
			list[last].Folded++
			continue
		}
		it.Folded = 1
		list = append(list, it)
	}
	return list
}

// besides are the entries that happened outside runs, or in the open one.
func besides(entries []views.Entry, open int) []views.Entry {
	return slices.DeleteFunc(entries, func(e views.Entry) bool { return e.Run != 0 && e.Run != open })
}
