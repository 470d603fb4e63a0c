package handlers

import (
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// showNow draws both sides as they are now, where the last act sent no request and the
// page is where that led. It reports whether that is so.
func (v *lessonView) showNow(b *views.LessonBench, part string) bool {
	if v.c.QueryParam("step") != "" || !v.doneSince(part) {
		return false
	}
	now := v.quiet()
	if now == nil {
		return false
	}
	e, last := v.lastEntry(), v.newest()
	did, _ := v.l.Act(v.c.QueryParam(didField))
	v.stateNow(&now.Step.Browser, v.actedOn(did, e, last), e)
	v.overNow(&now.Step.Store, last, e)
	b.Step, b.Quiet = now.Step, true
	b.Just = v.happened(now.Step.Result)
	if last != nil {
		n := strconv.Itoa(last.N)
		b.All, b.Again = b.At+"step="+n, v.t.F("ladder.again", "N", n)
	}
	return true
}

// happened says that no request was sent, and what happened instead: in whose browser, if
// the words do not tell.
func (v *lessonView) happened(said string) string {
	did, unseen := v.l.Act(v.c.QueryParam(didField))
	if by, ok := v.l.Browser(did.By); unseen && ok {
		return v.t.F("ladder.quiet_in", "Name", by.Name, "Said", said)
	}
	return v.t.F("ladder.quiet", "Said", said)
}

// stateNow says of a browser that it is closed, or takes part in no cookies. The entry
// that brought this about, or ended it, marks it.
func (v *lessonView) stateNow(now *views.BrowserPane, id string, e *step.Entry) {
	browser, err := v.bench.Browser(id)
	if err != nil {
		return // the learner's own, or it was removed
	}
	switch {
	case browser.Closed:
		now.State = v.t.F("who.closed", "Browser", browser.Name)
	case browser.Blocked:
		now.State = v.t.T("who.blocked")
	}
	if e == nil || e.Browser != id {
		return
	}
	switch e.Kind {
	case step.EntryCookiesBlocked, step.EntryBrowserClosed:
		now.StateMark = views.Changed
	case step.EntryCookiesAllowed, step.EntryBrowserReopened:
		now.State, now.StateMark = entryView(v.pages, v.c, nil, *e).Said, views.Changed
	}
}

// overNow says of the record that the newest step left that it has expired since, which
// the clock marks if it has moved past its end: the record is still there, and of no use.
func (v *lessonView) overNow(now *views.StorePane, last *step.Step, e *step.Entry) {
	if last == nil || last.After.Record == nil || e == nil || e.Kind != step.EntryClockMoved {
		return
	}
	ends, clock := last.After.Record.Expires, v.bench.Clock().Now
	if ends.After(clock) {
		return
	}
	now.Over = v.t.T("ladder.expired")
	var by step.Ahead
	if by.UnmarshalText([]byte(e.Value)) == nil && ends.After(clock.Add(-time.Duration(by))) {
		now.OverMark = views.Changed
	}
}
