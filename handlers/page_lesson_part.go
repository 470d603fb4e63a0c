package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// part is where the learner is. A question that was answered goes on to its act, and one
// whose result is revealed to what there is to observe.
func (v *lessonView) part() string {
	part := v.kept.Part
	if !slices.Contains(v.l.Parts(), part) {
		part = v.l.Parts()[0]
	}
	q, stage := lesson.SplitPart(part)
	switch {
	case stage != lesson.Predict && stage != lesson.Do:
		return part
	case v.progress.Shown[q]:
		return q + "." + lesson.Observe
	case v.answered(q):
		return q + "." + lesson.Do
	}
	return part
}

// chosenPart is the part to show: the one that the address names, if it is open, or else
// where the learner is. It also reports which of the two.
func (v *lessonView) chosenPart() (part string, named bool) {
	named = v.open(v.c.QueryParam("part"))
	if named {
		return v.c.QueryParam("part"), true
	}
	return v.part(), false
}

// open reports whether a part can be read: what was observed, and why it is so, only
// once it happened.
func (v *lessonView) open(part string) bool {
	if !slices.Contains(v.l.Parts(), part) {
		return false
	}
	q, stage := lesson.SplitPart(part)
	if stage == lesson.Observe || stage == lesson.Explain {
		return v.progress.Shown[q]
	}
	return v.kept.Under() || part == v.l.Parts()[0]
}

// after is the part that follows another, "" after the last.
func (v *lessonView) after(part string) string {
	parts := v.l.Parts()
	if i := slices.Index(parts, part); i >= 0 && i+1 < len(parts) {
		return parts[i+1]
	}
	return ""
}

// place tells the how-manieth question a part belongs to, from 1, and of how many; 0 for
// the one that changes something, and for the end.
func (v *lessonView) place(part string) (n, of int) { return placeIn(v.l, part) }

func placeIn(l *lesson.Lesson, part string) (n, of int) {
	asked, _ := lesson.SplitPart(part)
	for i, q := range l.Questions {
		if q.ID == lesson.Change {
			continue
		}
		if of++; q.ID == asked {
			n = i + 1
		}
	}
	return n, of
}
