package narrate

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// events tells all events of the step.
func (n *telling) events() []views.Event {
	events := make([]views.Event, len(n.s.Events))
	for i, e := range n.s.Events {
		id, pairs := n.message(e)
		v := views.Event{
			N: i + 1, Lane: string(e.Lane), Kind: string(e.Kind), Brief: n.brief(e),
			Title: n.say(id+".title", pairs...),
			Say:   n.eventSay(e, id, pairs...),
			Wire:  n.wire(e),
			At:    "+" + micros(e.Micros),
			Mark:  n.eventMark(i),
		}
		v.From, v.To, v.Return = between(e)
		if e.Took > 0 {
			v.Took = micros(e.Took)
		}
		events[i] = v
	}
	return events
}

// eventSay is the sentence of an event. A redirect is no answer yet, which is said of it too.
func (n *telling) eventSay(e step.Event, id string, pairs ...string) string {
	say := n.say(id+".say", pairs...)
	if e.Kind == step.ResponseSent && n.s.Response.Status == http.StatusSeeOther {
		return n.say("flow.result.join", "First", say, "Second", n.T("flow.see_other"))
	}
	return say
}

// brief is the end of the id of what an event is called in brief; "" if its kind says so.
// A client that has no cookie keeps none.
func (n *telling) brief(e step.Event) string {
	if why := n.keptVariant(e); e.Kind == step.CookieKept && (why == reading.CookieLost || why == string(step.WhyNoCookie)) {
		return "cookie." + why
	}
	return ""
}

// wire is an event's bytes: a command with its arguments, or the bytes
// themselves. For a message, whose title is its first line, it is the cookie in
// it; for a request without one, the form.
func (n *telling) wire(e step.Event) string {
	switch {
	case e.Kind == step.SessionOpened:
		return readable(e.Detail)
	case e.Kind == step.SignatureValid, e.Kind == step.SignatureInvalid:
		return n.signature(e)
	case e.Args != "":
		return e.Detail + " -- " + e.Args
	case e.Kind == step.RequestSent && e.Detail == "":
		return ownFields(n.s.Request.Body)
	case e.Kind == step.ResponseSent && e.Why == step.WhySetCookie:
		for _, h := range n.s.Response.Headers {
			if strings.EqualFold(h[0], "Set-Cookie") {
				return h[0] + ": " + h[1]
			}
		}
	}
	return e.Detail
}

// signature is what a check of a cookie was about: its signature, if it has one of its own.
func (n *telling) signature(e step.Event) string {
	c := n.s.Before.Cookie
	if c == nil || !strings.HasPrefix(c.Raw, e.Detail) {
		return e.Detail
	}
	return cmp.Or(reading.Part(c, "signature"), e.Detail)
}

// ownFields are the fields of a form that an operation of the website has. A form on a
// page of this product has one more, which leads back to that page.
func ownFields(body string) string {
	fields := strings.Split(body, "&")
	return strings.Join(slices.DeleteFunc(fields, func(f string) bool { return strings.HasPrefix(f, "back=") }), "&")
}

// between tells which lanes an event joins, and whether it is a response.
func between(e step.Event) (from, to string, back bool) {
	switch e.Kind {
	case step.RequestSent:
		return string(step.LaneBrowser), string(step.LaneServer), false
	case step.ResponseSent:
		return string(step.LaneServer), string(step.LaneBrowser), true
	case step.LoadAsked, step.SaveAsked, step.DeleteAsked:
		return string(step.LaneServer), string(step.LaneStore), false
	case step.LoadFound, step.LoadMissing, step.SaveDone, step.SaveConflict, step.DeleteDone, step.StoreFailed:
		return string(step.LaneStore), string(step.LaneServer), true
	}
	return string(e.Lane), string(e.Lane), false
}

// eventMark tells what the event changed on its side. Of several attempts, only
// the last one is marked.
func (n *telling) eventMark(i int) views.Mark {
	kind := n.s.Events[i].Kind
	if i != n.last(kind) {
		return views.Same
	}
	switch kind {
	case step.CookieStored:
		return views.Added
	case step.CookieReplaced:
		switch n.r.Cookie {
		case reading.CookieRenewed, reading.CookieLifetime, reading.CookieFlags:
			return views.Changed
		}
	case step.CookieDeleted:
		return views.Removed
	case step.SaveDone:
		switch n.r.Record {
		case reading.RecordCreated, reading.RecordMoved:
			return views.Added
		case reading.RecordChanged, reading.RecordTouched:
			return views.Changed
		}
	case step.DeleteDone:
		switch n.r.Record {
		case reading.RecordDeleted, reading.RecordMoved:
			return views.Removed
		}
	case step.CodeRan:
		return n.codeMark()
	}
	return views.Same
}

// codeMark tells what the program's code did to the session's values.
func (n *telling) codeMark() views.Mark {
	c := reading.Compare(n.r.Before, n.r.After)
	switch {
	case n.r.Record == reading.RecordUnseen:
		return views.Same
	case c.Removed > 0 && c.Added == 0 && c.Changed == 0:
		return views.Removed
	case c.Added > 0 && c.Removed == 0 && c.Changed == 0:
		return views.Added
	case c.Any():
		return views.Changed
	}
	return views.Same
}

// last returns the index of the last event of one of these kinds, -1 if there is
// none.
func (n *telling) last(kinds ...step.Kind) int {
	for i := len(n.s.Events) - 1; i >= 0; i-- {
		for _, kind := range kinds {
			if n.s.Events[i].Kind == kind {
				return i
			}
		}
	}
	return -1
}

// eventID is the beginning of the ids of an event's messages. Of several
// variants, it is the first one that has messages.
func (n *telling) eventID(kind step.Kind, variants ...string) string {
	id := "event." + string(kind)
	for _, v := range variants {
		if v != "" && n.Has(id+"."+v+".say") {
			return id + "." + v
		}
	}
	return id
}

// brief is the beginning of some bytes, for a sentence.
func brief(s string) string { return short(strings.TrimSpace(s), shownValue) }
