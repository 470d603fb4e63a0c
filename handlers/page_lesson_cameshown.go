package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// slideCame shows what the acts of a question had come to when so many of them were done,
// however much was done since.
func (v *lessonView) slideCame(p *views.SlidePage, question string, came []outcome) *views.LessonBench {
	before := v.newestTo(v.kept.Answers[question].Step)
	if len(came) == 0 {
		b := v.slideBench(p, before)
		if e := v.newestEntryTo(v.kept.Answers[question].Entry); before != nil && e != nil {
			b.Others = v.others(before.Browser, before, e)
		}
		return b
	}
	last := came[len(came)-1]
	switch e := last.entry; {
	case last.step != nil:
		b := v.slideBench(p, last.step)
		b.Step.Result = asked(*b.Step)
		return b
	case e != nil && e.Kind == step.EntryRunEnded:
		return v.slideBench(p, v.decided(*e))
	case e != nil:
		return v.slideQuiet(p, lesson.Act{}, e, v.newestTo(e.After))
	}
	for _, earlier := range slices.Backward(came) {
		if earlier.step != nil {
			before = earlier.step
			break
		}
	}
	if !sendsNothing(last.act) {
		return v.slideBench(p, before)
	}
	return v.slideQuiet(p, last.act, nil, before)
}

// slideQuiet shows what an act came to that sent no request, after a step, and what the
// clock showed then.
func (v *lessonView) slideQuiet(p *views.SlidePage, did lesson.Act, e *step.Entry, last *step.Step) *views.LessonBench {
	set := v.bench.Settings()
	location := locationOf(set.Mechanism, set.Store)
	switch {
	case e != nil && e.Kind == step.EntrySessionsMoved:
		location = e.Value
	case last != nil:
		location = locationOf(last.Mechanism, last.Store)
	}
	b := v.quietAfter(did, e, last, location)
	b.Page = p.Page
	switch live := last == v.newest() && (e == nil || e.N == v.newestEntry()); {
	case live:
	case e == nil || e.Kind != step.EntryClockMoved && (last == nil || last.Ahead == 0):
		b.Clock.Ahead = ""
	default:
		b.Clock.Time = narrate.Clock(v.t, e.Time, 0, v.Location).Time
	}
	return b
}

// newestEntryTo is the lesson's newest entry up to a number, nil for none.
func (v *lessonView) newestEntryTo(n int) *step.Entry {
	for i, e := range slices.Backward(v.entries) {
		if e.N <= n && e.N > v.kept.Began.Entry {
			return &v.entries[i]
		}
	}
	return nil
}

// newestTo is the lesson's newest step up to a number, nil for none.
func (v *lessonView) newestTo(n int) *step.Step {
	for _, s := range slices.Backward(v.steps) {
		if s.N <= n {
			return s
		}
	}
	return nil
}

// unreadAfter is a cookie as the website reads it after what happened: where sessions are
// kept elsewhere it makes cookies of another form.
func unreadAfter(e *step.Entry, c *step.Cookie) *step.Cookie {
	if c == nil || e == nil || e.Kind != step.EntrySessionsMoved {
		return c
	}
	return &step.Cookie{Name: c.Name, Raw: c.Raw, Attributes: c.Attributes, Parts: []step.Part{{Kind: "other", Text: c.Raw}}}
}

// touches reports whether an entry tells of something that was done to the cookies of a
// browser.
func touches(e step.Entry, browser string) bool {
	about := e.Kind.About()
	return (e.Browser == browser && e.Kind != step.EntryCookieCopied || e.Other == browser) && about == "cookie" ||
		e.Browser == browser && e.Kind == step.EntryBrowserClosed
}
