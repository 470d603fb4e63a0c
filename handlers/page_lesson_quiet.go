package handlers

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// quiet is what the last act came to if it sent no request: both sides as they are now,
// without the events of the step before; nil if a request came last. A run of an
// experiment sent requests.
func (v *lessonView) quiet() *views.LessonBench {
	e := v.lastEntry()
	did, unseen := v.l.Act(v.c.QueryParam(didField))
	switch {
	case unseen && !sendsNothing(did), e == nil && !unseen:
		return nil
	case e != nil && e.Kind == step.EntryRunEnded:
		if e = nil; !unseen {
			return nil
		}
	}
	set := v.bench.Settings()
	return v.quietAfter(did, e, v.newest(), locationOf(set.Mechanism, set.Store))
}

// quietAfter is what an act came to that sent no request: the one that an entry tells of,
// or one that nothing on the bench tells of. Before it came a step, nil for none, and
// sessions were kept at a location then.
func (v *lessonView) quietAfter(did lesson.Act, e *step.Entry, last *step.Step, location string) *views.LessonBench {
	now := views.Step{}
	if last != nil {
		now = v.stepView(v.c, v.bench, last)
	}
	now.Events, now.Browser.Mark, now.Browser.Was, now.Browser.At = nil, views.Same, nil, 0
	b := &views.LessonBench{Lens: v.l.Lens, Quiet: true, Step: &now}
	now.Kept = v.t.T("location.name." + location)
	if did.ID != "" {
		now.Result = v.foundBy(did)
	} else {
		now.Result = entryView(v.pages, v.c, nil, *e).Said
		v.emptied(&now, *e, location)
	}
	acted := v.actedOn(did, e, last)
	v.jarNow(&now, last, acted, e)
	b.Others = v.others(acted, last, e)
	return b
}

// foundBy says what an act came to that nothing on the bench tells of.
func (v *lessonView) foundBy(a lesson.Act) string {
	did := v.kept.Found[a.ID]
	switch {
	case a.Do == experiment.DoDocument:
		return `document.cookie → "` + shortened(did.Text) + `"`
	case a.What != "" && did.Text == "":
		return v.t.T("experiment.nothing")
	case a.What != "":
		return shortened(did.Text)
	}
	x := &lessonText{lessonView: v}
	return x.label(a).String()
}

// emptied empties the store's side after what ended all sessions.
func (v *lessonView) emptied(now *views.Step, e step.Entry, location string) {
	switch e.Kind {
	case step.EntryServerRestarted:
		if location == "memory" { // which a process has while it lives
			now.Store = views.StorePane{Empty: v.t.T("slides.no_record")}
		}
	case step.EntrySessionsMoved, step.EntryClockReal, step.EntryStoreEmptied:
		now.Store = views.StorePane{Empty: v.t.T("slides.no_record")}
		if inCookie(location) {
			now.Store.Empty = v.t.T("slides.in_cookie")
		}
	}
}

// actedOn is the id of the virtual browser that shows what came of an act, "" for the
// learner's own: the one that got a copy, or that it was done in, or that was seen last.
func (v *lessonView) actedOn(did lesson.Act, e *step.Entry, last *step.Step) string {
	id := ""
	switch {
	case e != nil && did.ID == "":
		if id = e.Browser; e.Kind == step.EntryCookieCopied {
			id = e.Other
		}
	case did.By != "":
		id = v.kept.Browsers[did.By]
	}
	if id == "" && last != nil {
		id = last.Browser
	}
	return id
}

// jarNow shows what a browser holds now. What it held before is beside that, if the entry
// is the first thing that happened to it since its last step.
func (v *lessonView) jarNow(now *views.Step, last *step.Step, id string, e *step.Entry) {
	if id == "" {
		if e != nil && (e.Kind == step.EntrySessionsMoved || e.Kind == step.EntryClockReal) && now.Browser.Cookie != nil {
			now.Browser.Was, now.Browser.Cookie, now.Browser.Mark, now.Browser.Rows = now.Browser.Cookie, nil, views.Removed, nil
			now.Browser.Empty = v.t.T("slides.no_cookie")
		}
		v.readAnew(now, last, e)
		return
	}
	browser, err := v.bench.Browser(id)
	if err != nil {
		return // it was removed meanwhile
	}
	opt := v.narrateOptions(v.c, v.bench, &step.Step{})
	now.Badge = badgesOf(v.bench.Browsers()).of(id, browser.Name)
	own := v.lastBy(id, last)
	held, _ := v.heldBy(browser, last, e)
	held = v.readWith(e, unreadAfter(e, held))
	if own != nil && last == own && value(own.After.Cookie) == value(held) && e != nil && e.Kind.About() == "clock" {
		return // as the step left it
	}
	now.Browser = narrate.Jar(v.t, held, opt)
	now.Browser.Empty = v.t.T("slides.no_cookie")
	var was *step.Cookie
	after := 0
	if own != nil {
		was, after = own.After.Cookie, own.N
	}
	if e == nil || v.touched(id, *e, after) || value(was) == value(held) {
		return
	}
	switch {
	case was == nil:
		now.Browser.Mark = views.Added
	case held == nil:
		now.Browser.Mark = views.Removed
	default:
		now.Browser.Mark = views.Changed
	}
	now.Browser.Was = narrate.Jar(v.t, was, opt).Cookie
}

// readAnew shows the cookie of the learner's own browser as the website reads it with the
// key that it has got just now.
func (v *lessonView) readAnew(now *views.Step, last *step.Step, e *step.Entry) {
	if last == nil || now.Browser.Cookie == nil {
		return
	}
	if read := v.readWith(e, last.After.Cookie); read != last.After.Cookie {
		now.Browser.Cookie = narrate.Jar(v.t, read, v.narrateOptions(v.c, v.bench, &step.Step{})).Cookie
	}
}

// readWith is a cookie as the website reads it, anew if an entry tells that its key has
// changed just now.
func (v *lessonView) readWith(e *step.Entry, c *step.Cookie) *step.Cookie {
	if c == nil || e == nil || e.N != v.newestEntry() || e.Kind != step.EntryKeyChanged && e.Kind != step.EntryServerRestarted {
		return c
	}
	return v.bench.Reads(*c)
}

// lastBy is the newest step of a virtual browser up to another step, nil for none.
func (v *lessonView) lastBy(id string, last *step.Step) *step.Step {
	for _, s := range slices.Backward(v.steps) {
		if s.Browser == id && last != nil && s.N <= last.N {
			return s
		}
	}
	return nil
}

// touched reports whether something else was done to a browser's cookies since a step,
// before an entry.
func (v *lessonView) touched(id string, e step.Entry, after int) bool {
	return slices.ContainsFunc(v.entries, func(each step.Entry) bool {
		return each.N > v.kept.Began.Entry && each.N < e.N && each.After >= after && touches(each, id)
	})
}

// gave is what the code that a step ran returned, as Python writes it: it is "" where the
// code asks the session for nothing.
func gave(s *step.Step) string {
	switch s.Op {
	case step.OpMe, step.OpGet, step.OpPop:
		if slices.ContainsFunc(s.Events, func(e step.Event) bool { return e.Kind == step.CodeRan }) {
			return lesson.Python(s.Result)
		}
	}
	return ""
}
