package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// pressNext is the act to do next in a part: of its first goal that is not reached, or
// else of its question.
func (v *lessonView) pressNext(part string) (a lesson.Act) {
	id, stage := lesson.SplitPart(part)
	if stage != lesson.Do && stage != lesson.Observe {
		return a
	}
	for _, g := range v.l.Goals {
		if _, reached := v.progress.Goals[g.ID]; g.Part == id && !reached && len(g.Do) > 0 {
			return v.nextOf(id, g.Do)
		}
	}
	if q, _ := v.l.Question(id); stage == lesson.Do && !v.progress.Shown[id] && len(q.Acts) > 0 {
		return v.nextOf(id, q.Acts)
	}
	return a
}

// nextOf is the act that follows those of a question's acts that were done last, in their
// order; the first, if none were.
func (v *lessonView) nextOf(question string, ids []string) lesson.Act {
	acts := make([]lesson.Act, len(ids))
	for i, id := range ids {
		acts[i], _ = v.l.Act(id)
	}
	did := v.did(question, acts)
	for i := len(acts) - 1; i > 0; i-- {
		if v.endsWith(did, acts[:i]) {
			return acts[i]
		}
	}
	return acts[0]
}

// endsWith reports whether acts were done in their order, and nothing after the last of
// them. Of a setting only that it is made counts, where nothing tells when, or a later one
// undid it.
func (v *lessonView) endsWith(did []outcome, acts []lesson.Act) bool {
	newest := true
	for i, a := range slices.Backward(acts) {
		if v.isMade(a) && !slices.ContainsFunc(did, func(o outcome) bool { return v.isOf(o, a) }) || undone(a, acts[i+1:]) {
			continue
		}
		for len(did) > 0 && !newest && !v.isOf(did[len(did)-1], a) {
			did = did[:len(did)-1]
		}
		if len(did) == 0 || !v.isOf(did[len(did)-1], a) {
			return false
		}
		did, newest = did[:len(did)-1], false
	}
	return true
}

// did are the steps and entries that some acts left since their question was answered, in
// the order in which they happened.
func (v *lessonView) did(question string, acts []lesson.Act) (all []outcome) {
	add := func(o outcome) {
		if slices.ContainsFunc(acts, func(a lesson.Act) bool { return v.isOf(o, a) }) {
			all = append(all, o)
		}
	}
	asked, at := v.kept.Answers[question], 0
	for i, e := range v.entries {
		if e.N <= max(asked.Entry, v.kept.Began.Entry) {
			continue
		}
		for at < len(v.steps) && v.steps[at].N <= e.After {
			add(outcome{step: v.steps[at]})
			at++
		}
		add(outcome{entry: &v.entries[i]})
	}
	for _, s := range v.steps[at:] {
		add(outcome{step: s})
	}
	return slices.DeleteFunc(all, func(o outcome) bool { return o.step != nil && o.step.N <= asked.Step })
}

// isOf reports whether a step or an entry is what an act leaves.
func (v *lessonView) isOf(o outcome, a lesson.Act) bool {
	if o.step != nil {
		return v.became(a, o.step)
	}
	return v.tellsOf(*o.entry, a)
}

// isMade reports whether an act is done that only makes settings, or that only finds
// something.
func (v *lessonView) isMade(a lesson.Act) bool {
	switch {
	case a.Asks():
		return false
	case len(a.Settings) > 0:
		return v.settingsAre(a.Settings)
	}
	return v.doneUntold(a)
}

// undone reports whether one of the acts that follow makes a setting of an act another.
func undone(a lesson.Act, later []lesson.Act) bool {
	return slices.ContainsFunc(later, func(each lesson.Act) bool {
		for name := range each.Settings {
			if _, both := a.Settings[name]; both {
				return true
			}
		}
		return false
	})
}
