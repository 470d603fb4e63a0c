package narrate

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// If the cookie carries the session itself, a step is told in the same way, but
// in other words: what happened to the record is what happened to the values in
// the cookie.

// worded is the id of the message that the step's mechanism has in place of id,
// or id.
func (n *telling) worded(id string) string {
	if !n.r.InCookie {
		return id
	}
	for _, way := range [...]string{n.s.Mechanism, "carried"} {
		if instead := way + "." + id; n.Text.Has(instead) {
			return instead
		}
	}
	return id
}

// T is the message with that id, in the words for the step's mechanism.
func (n *telling) T(id string) string { return n.Text.T(n.worded(id)) }

// Has reports whether there is a message with that id, in any words for the
// step's mechanism.
func (n *telling) Has(id string) bool { return n.Text.Has(n.worded(id)) }

// carriedTail is the second part of the result: what the server stored, and
// whether a copy of the cookie is still accepted.
func (n *telling) carriedTail() string {
	r := &n.r
	word := r.Record
	if id := n.orphanTail(); id != "" {
		return n.say("flow.result.tail." + id)
	}
	switch {
	case n.outlived():
		word = "outlived"
	case r.Cookie == reading.CookieRefused:
		word = "refused"
	case r.Record == reading.RecordNone && n.s.After.Cookie != nil:
		word = "dead"
	case r.Cookie == reading.CookieLost:
		word = "lost"
	case r.Record == reading.RecordChanged && n.s.Op == step.OpPermanent && (r.Lifetime == reading.LifetimeOutlives || r.Lifetime == reading.LifetimeTillClose):
		return n.say("flow.result.tail.cookie-" + r.Lifetime)
	}
	return n.say("flow.result.tail.carried." + word)
}

// outlived reports whether the server believed a copy of a cookie whose session somebody
// had logged out of.
func (n *telling) outlived() bool {
	if n.opt.LoggedOut == nil || n.r.UserBefore == "" {
		return false
	}
	switch n.r.Record {
	case reading.RecordKept, reading.RecordTouched, reading.RecordChanged:
		return n.r.Cookie != reading.CookieRefused
	}
	return false
}

// rowsInCookie are the values in the cookie on both sides of the step.
func (n *telling) rowsInCookie() []views.Row {
	if !n.r.InCookie {
		return nil
	}
	return n.rows(reading.CookieValues(n.s.Before.Cookie), reading.CookieValues(n.s.After.Cookie))
}

// carriedPane is the store's side: there is nothing on it.
func (n *telling) carriedPane() views.StorePane {
	word := "none"
	if n.s.After.Cookie != nil {
		word = "kept"
	}
	return views.StorePane{Empty: n.say("flow.record.empty." + word), Orphan: n.orphan()}
}

// decoded is what a part of a cookie says, as a person reads it.
func (n *telling) decoded(p step.Part) string {
	if p.Kind == "timestamp" {
		if at, err := time.Parse(time.RFC3339, p.Decoded); err == nil {
			return n.instant(at, true)
		}
	}
	return short(readable(p.Decoded), shownPayload)
}

// shownPayload is how much of the decoded values an explanation shows. The pane
// shows all of them.
const shownPayload = 120
