package narrate

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/views"
)

// When a client loses its cookie, nobody tells the server. A record may be left
// that the request does not find, so the words name both. Whether another browser holds
// a copy of the cookie is not to be seen in the step, so the words do not say that
// nobody finds it.

// lost is the beginning of a sentence: the cookie is no longer sent, and why,
// if known.
func (n *telling) lost() string {
	switch {
	case n.r.Expected == reading.ExpectedEnded:
		return n.say("flow.lost.ended")
	case n.r.Expected == reading.ExpectedMoved && n.isBrowser():
		return n.say("flow.lost.moved")
	}
	return n.say("flow.lost." + pick(n.isBrowser(), "browser", "program"))
}

// isLost reports whether the client was expected to send a cookie, and sent none.
func (n *telling) isLost() bool {
	return n.s.Before.Cookie == nil && n.r.Expected != reading.ExpectedMet
}

// noCookie says why the client has no cookie if it had one a moment ago; "" if
// it had none.
func (n *telling) noCookie() string {
	if !n.isLost() {
		return ""
	}
	attributes := n.s.Expected.Cookie.Attributes
	word := n.r.Expected
	switch {
	case word == reading.ExpectedEnded, word == reading.ExpectedMoved && n.isBrowser():
	case !n.isBrowser():
		word = "program"
	case attributes == nil:
		word = "unknown"
	case attributes.Expires != nil:
		word = "lasting"
	default:
		word = reading.ExpectedLost
	}
	return n.say("flow.cookie.gone." + word)
}

// endedWhen is when the cookie expired that the client was expected to hold.
func (n *telling) endedWhen() string {
	if e := n.s.Expected; e != nil && e.Cookie != nil && e.Cookie.Attributes != nil && e.Cookie.Attributes.Expires != nil {
		return n.until(*e.Cookie.Attributes.Expires)
	}
	return ""
}

// orphan tells the record that the client had before and the request did not find; nil
// if there is none.
func (n *telling) orphan() *views.Orphan {
	if !n.r.Orphaned {
		return nil
	}
	left := n.s.Expected.Record
	values := reading.RecordValues(left)
	return &views.Orphan{
		Said:    n.say("flow.orphan." + n.orphanWord()),
		Key:     n.keyParts(left, n.s.Expected.Cookie),
		Rows:    n.rows(values, values),
		Expires: n.limitAt("flow.record.expires", left.Expires),
	}
}

// orphanWord is the end of the ids of the messages about such a record.
func (n *telling) orphanWord() string {
	switch {
	case n.r.Holder > 0:
		return "worker"
	case n.s.Moved:
		return reading.ExpectedMoved
	case n.r.Expected == reading.ExpectedOther:
		return "another"
	case n.r.Expected == reading.ExpectedCut:
		return reading.ExpectedCut
	}
	return reading.ExpectedLost
}

// orphanTail is the sentence of a result about such a record, for a step that left no
// other; "" if there is nothing to say.
func (n *telling) orphanTail() string {
	r := &n.r
	switch {
	case !r.Orphaned || r.Record != reading.RecordNone:
		return ""
	case r.Cookie == reading.CookieLost && r.Expected == reading.ExpectedMoved:
		return "moved-record"
	case r.Cookie == reading.CookieLost:
		return "lost-record"
	case r.Cookie == reading.CookieNone:
		return "nothing-record"
	}
	return "orphan-" + n.orphanWord()
}

// orphanPlace names the store of such a record.
func (n *telling) orphanPlace() string {
	if e := n.s.Expected; e != nil && e.Record != nil {
		return n.T("location.name." + e.Record.Store)
	}
	return ""
}
