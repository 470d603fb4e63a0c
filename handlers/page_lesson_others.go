package handlers

import (
	"cmp"
	"maps"
	"math"
	"slices"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// others are the lesson's virtual browsers beside the one that is shown, and what they held
// right after a step, or after an entry that followed it. One of which that is not known
// any more is left out, and so is one that had no part in the lesson yet.
func (v *lessonView) others(shown string, last *step.Step, e *step.Entry) (all []views.OtherJar) {
	if shown == "" || last == nil {
		return nil
	}
	browsers := v.bench.Browsers()
	of := badgesOf(browsers)
	lessons := slices.Collect(maps.Values(v.kept.Browsers))
	for _, other := range browsers {
		if other.ID == shown || !slices.Contains(lessons, other.ID) {
			continue
		}
		if held, known := v.heldBy(other, last, e); known && (held != nil || v.lastBy(other.ID, last) != nil) {
			all = append(all, views.OtherJar{Badge: of[other.ID], Value: value(held)})
		}
	}
	return all
}

// heldBy is the cookie that a virtual browser held right after a step, nil for the
// lesson's beginning, or after an entry that followed it: what its own last step had left,
// or else what it came to its next request with, or holds now. It is known if nothing was
// done to its cookies meanwhile. A lesson's browsers begin without.
func (v *lessonView) heldBy(browser lab.Browser, last *step.Step, e *step.Entry) (held *step.Cookie, known bool) {
	last = cmp.Or(last, &step.Step{})
	own, next := v.lastBy(browser.ID, last), v.nextBy(browser.ID, last)
	since, until := 0, math.MaxInt // the numbers of these steps
	if own != nil {
		since, held = own.N, own.After.Cookie
	}
	if next != nil {
		until = next.N
	}
	at := last.Time
	if e != nil {
		at = e.Time
	}
	var before, later, moved bool // whether something was done to them; whether the clock was moved
	for _, each := range v.entries {
		done := touches(each, browser.ID)
		switch after := e == nil && each.After >= last.N || e != nil && each.N > e.N; {
		case each.N <= v.kept.Began.Entry:
		case !after:
			before = before || done && each.After >= since
		case each.After < until:
			later, moved = later || done, moved || each.Kind.About() == "clock"
		}
	}
	if !before {
		if held != nil && held.Attributes != nil && held.Attributes.Expires != nil && !at.Before(*held.Attributes.Expires) {
			held = nil
		}
		return held, true
	}
	if held = v.bench.Holds(browser); next != nil {
		held = next.Before.Cookie
	}
	return held, !later && (held != nil || !moved)
}

// nextBy is the first step of a virtual browser after another step, nil for none.
func (v *lessonView) nextBy(id string, last *step.Step) *step.Step {
	i := slices.IndexFunc(v.steps, func(s *step.Step) bool { return s.Browser == id && s.N > last.N })
	if i < 0 {
		return nil
	}
	return v.steps[i]
}
