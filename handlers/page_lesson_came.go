package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
)

// An outcome is what an act of a question came to, as the bench tells of it: a step, or an
// entry, or only that it is done.
type outcome struct {
	act   lesson.Act
	done  bool
	step  *step.Step
	entry *step.Entry
}

// came is what the acts of a question came to, in their order, as the steps and entries
// say that follow its answer. What the last act came to when it was done once more is at
// the end.
func (v *lessonView) came(question string, acts []actInText) []outcome {
	var all []outcome
	steps, entries := v.stepsOf(question), v.entriesOf(question)
	for _, each := range acts {
		a, _ := v.l.Act(each.id)
		c := outcome{act: a}
		c.find(v, &steps, &entries)
		all = append(all, c)
	}
	for n := len(all); n > 0 && all[n-1].done; {
		c := outcome{act: all[n-1].act}
		if c.find(v, &steps, &entries); c.step == nil && c.entry == nil {
			break
		}
		all = append(all, c)
	}
	return all
}

// find takes what an act came to off the steps and entries that are left, with all that is
// before it.
func (c *outcome) find(v *lessonView, steps *[]*step.Step, entries *[]step.Entry) {
	if c.act.Asks() {
		at := slices.IndexFunc(*steps, func(s *step.Step) bool { return v.became(c.act, s) })
		if at < 0 {
			return
		}
		c.done, c.step, *steps = true, (*steps)[at], (*steps)[at+1:]
		for len(*entries) > 0 && (*entries)[0].After < c.step.N {
			*entries = (*entries)[1:]
		}
		return
	}
	at := slices.IndexFunc(*entries, func(e step.Entry) bool { return v.tellsOf(e, c.act) })
	if at < 0 {
		c.done = v.doneUntold(c.act)
		return
	}
	c.done, c.entry, *entries = true, &(*entries)[at], (*entries)[at+1:]
	for len(*steps) > 0 && (*steps)[0].N <= c.entry.After {
		*steps = (*steps)[1:]
	}
}

// doneOf is how many acts were done, in order: up to the last of which the bench tells.
func doneOf(came []outcome) int {
	n := 0
	for i, c := range came {
		if c.step != nil || c.entry != nil || c.done && n == i {
			n = i + 1
		}
	}
	return n
}

// entriesOf are the entries from when a question was answered to when the next one was.
func (v *lessonView) entriesOf(question string) (own []step.Entry) {
	from, to := v.span(question)
	for _, e := range v.entries {
		if e.N > max(from.Entry, v.kept.Began.Entry) && e.After >= from.Step && (to.Entry == 0 || e.N <= to.Entry) && (to.Step == 0 || e.After <= to.Step) {
			own = append(own, e)
		}
	}
	return own
}

// span is the answer to a question, and the one to the next.
func (v *lessonView) span(question string) (from, to lesson.Answer) {
	i := slices.IndexFunc(v.l.Questions, func(q lesson.Question) bool { return q.ID == question })
	if i+1 < len(v.l.Questions) {
		to = v.kept.Answers[v.l.Questions[i+1].ID]
	}
	return v.kept.Answers[question], to
}

// entryKinds are those of the entry that tells of an act on a browser or on the server.
var entryKinds = map[string]step.EntryKind{
	experiment.DoClose: step.EntryBrowserClosed, experiment.DoReopen: step.EntryBrowserReopened,
	experiment.DoBlock: step.EntryCookiesBlocked, experiment.DoAllow: step.EntryCookiesAllowed,
	experiment.DoDelete: step.EntryCookieDeleted, experiment.DoCopy: step.EntryCookieCopied,
	experiment.DoAlter: step.EntryCookieEdited, experiment.DoTake: step.EntryCookieEdited, experiment.DoForge: step.EntryCookieEdited,
	experiment.ServerRestart: step.EntryServerRestarted, experiment.ServerRotate: step.EntryKeyChanged, experiment.ServerEmpty: step.EntryStoreEmptied,
}

// tellsOf reports whether an entry is what an act that sends nothing leaves behind.
func (v *lessonView) tellsOf(e step.Entry, a lesson.Act) bool {
	by := v.kept.Browsers[a.By]
	switch {
	case a.Do == experiment.DoTake && e.Kind == step.EntryCookieCopied:
		return e.Other == by
	case a.Do != "":
		return e.Kind == entryKinds[a.Do] && e.Browser == by && e.Other == v.kept.Browsers[a.To]
	case a.Server != "":
		return e.Kind == entryKinds[a.Server] && (a.Key == "" || e.Kind != step.EntryServerRestarted || e.Value == a.Key)
	case a.Clock != "":
		return e.Kind == step.EntryClockMoved || e.Kind == step.EntryClockReal
	case a.Experiment != "":
		return e.Kind == step.EntryRunEnded && e.Value == a.Experiment && (a.Variant == "" || e.Variant == a.Variant)
	case len(a.Settings) == 0:
		return false
	}
	switch e.Kind {
	case step.EntrySessionsMoved:
		m := a.Settings["mechanism"]
		return m == e.Value || m == step.MechanismServer && !inCookie(e.Value) || m == "" && a.Settings["store"] != ""
	case step.EntryKeyChanged:
		return a.Settings["secret_key"] != ""
	case step.EntryWorkersChanged:
		return a.Settings["workers"] == e.Value
	}
	return false
}

// doneUntold reports whether an act was done of which no entry ever tells: it found
// something, or the settings are as it makes them.
func (v *lessonView) doneUntold(a lesson.Act) bool {
	if len(a.Settings) == 0 {
		_, found := v.kept.Found[a.ID]
		return found && entryKinds[a.Do] == "" && entryKinds[a.Server] == ""
	}
	for _, told := range [...]string{"mechanism", "store", "workers", "secret_key"} {
		if a.Settings[told] != "" {
			return false
		}
	}
	return v.settingsAre(a.Settings)
}

// settingsAre reports whether the bench's settings are these.
func (v *lessonView) settingsAre(want map[string]string) bool {
	now := v.bench.Settings()
	for _, row := range lab.Table {
		switch text, wanted := want[row.Name]; {
		case !wanted:
		case row.Name == "store" && text == experiment.StoreOfServer:
			if now.Store == "memory" { // any other is the server's own
				return false
			}
		case row.Text(now) != text:
			return false
		}
	}
	return true
}

// inCookie reports whether sessions that are kept at a location are in the cookie.
func inCookie(location string) bool {
	return location == step.MechanismFlask || location == step.MechanismGorilla
}
