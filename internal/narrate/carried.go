package narrate

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// Where the cookie carries the session itself, a step is told in the same way and
// in other words: what became of the record is what became of the values in the
// cookie.

// carried reports whether the cookies of a mechanism carry the session.
func carried(mechanism string) bool {
	return mechanism == step.MechanismFlask || mechanism == step.MechanismGorilla
}

// worded is the id of what the step's mechanism says in place of id, or id.
func (n *telling) worded(id string) string {
	if !carried(n.s.Mechanism) {
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

// carriedIn returns the session's values as the program found them in the cookie
// and left them in it.
func carriedIn(s *step.Step) (before, after values) {
	built, refused := false, false
	for _, e := range s.Events {
		switch e.Kind {
		case step.SessionOpened:
			before, _ = parse([]byte(e.Values))
		case step.SetCookieBuilt:
			built = e.Why != step.WhyRefused
		case step.CookieIgnored:
			refused = true
		}
	}
	switch {
	case !built:
		return before, before
	case refused: // the client's cookie does not tell what was in the new one
		return before, nil
	}
	return before, valuesOf(s.After)
}

// carriedChange is what became of the values in the cookie.
func carriedChange(s *step.Step, f *facts) recordChange {
	resigned := s.Before.Cookie != nil && s.After.Cookie != nil && s.Before.Cookie.Raw != s.After.Cookie.Raw
	added, changed, removed := compare(f.before, f.after)
	switch {
	case f.cookie == cookieRefused:
		return recordUnseen
	case len(f.before) == 0 && len(f.after) == 0:
		return recordNone
	case len(f.before) == 0:
		return recordCreated
	case len(f.after) == 0:
		return recordDeleted
	case added+changed+removed > 0:
		return recordChanged
	case resigned:
		return recordTouched
	}
	return recordKept
}

// carriedTail is the second part of the result: what the server kept, and what a
// copy of the cookie is worth.
func (n *telling) carriedTail() string {
	f := &n.facts
	word := string(f.record)
	switch {
	case f.cookie == cookieRefused:
		word = "refused"
	case f.record == recordNone && n.s.After.Cookie != nil:
		word = "dead"
	case f.record == recordChanged && n.s.Op == step.OpPermanent && lasts(n.s.Before) != lasts(n.s.After):
		return n.say("flow.result.tail.cookie-" + n.lifetimeWord())
	}
	return n.say("flow.result.tail.carried." + word)
}

// lasts reports whether a side's cookie outlives the browser.
func lasts(s step.Sides) bool {
	return s.Cookie != nil && s.Cookie.Attributes != nil && s.Cookie.Attributes.Expires != nil
}

// carriedRows are the values in the cookie on both sides of the step.
func (n *telling) carriedRows() []views.Row {
	if !carried(n.s.Mechanism) {
		return nil
	}
	return n.rows(valuesIfCarried(n.s.Before.Cookie), valuesIfCarried(n.s.After.Cookie))
}

func valuesIfCarried(c *step.Cookie) values {
	if c == nil {
		return nil
	}
	v, _ := parse(c.Values)
	return v
}

// carriedPane is the store's side: there is nothing on it.
func (n *telling) carriedPane() views.StorePane {
	word := "none"
	if n.s.After.Cookie != nil {
		word = "kept"
	}
	return views.StorePane{Empty: n.say("flow.record.empty." + word)}
}

// decoded is what a part of a cookie says, as a person reads it.
func (n *telling) decoded(p step.Part) string {
	if p.Kind == "timestamp" {
		if at, err := time.Parse(time.RFC3339, p.Decoded); err == nil {
			return n.instant(at, true)
		}
	}
	return short(p.Decoded, shownPayload)
}

// shownPayload is how much of the decoded values an explanation shows: all of
// them stand in the pane.
const shownPayload = 120
