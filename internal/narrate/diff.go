package narrate

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A cookieChange is what became of the client's cookie, finer than a mark. The
// words are parts of message ids.
type cookieChange string

const (
	cookieNone     cookieChange = "none"     // there was none and is none
	cookieKept     cookieChange = "kept"     // none was sent, the old one stays
	cookieResent   cookieChange = "resent"   // the same was sent again
	cookieAppeared cookieChange = "appeared" // the client had none
	cookieRenewed  cookieChange = "renewed"  // it has another value
	cookieLifetime cookieChange = "lifetime" // the same value, another Expires
	cookieFlags    cookieChange = "flags"    // the same value, other attributes
	cookieDeleted  cookieChange = "deleted"
	cookieRefused  cookieChange = "refused" // one was sent, and the client did not take it
)

// A recordChange is what became of the record in the store.
type recordChange string

const (
	recordNone    recordChange = "none"    // there was none and is none
	recordKept    recordChange = "kept"    // it is as it was
	recordTouched recordChange = "touched" // only its expiry moved
	recordCreated recordChange = "created"
	recordChanged recordChange = "changed" // its values
	recordMoved   recordChange = "moved"   // the session has another key
	recordDeleted recordChange = "deleted"
	recordUnseen  recordChange = "unseen" // the store did not answer
)

// idle reports whether the record's values are what they were.
func (r recordChange) idle() bool {
	return r == recordNone || r == recordKept || r == recordTouched
}

func cookieChangeOf(s *step.Step, got step.Kind) cookieChange {
	switch before, after := s.Before.Cookie, s.After.Cookie; {
	case got == step.CookieIgnored:
		return cookieRefused
	case before == nil && after == nil:
		return cookieNone
	case before == nil && got == step.CookieKept: // the client has it, and did not send it
		return cookieKept
	case before == nil:
		return cookieAppeared
	case after == nil:
		return cookieDeleted
	case before.Raw != after.Raw:
		return cookieRenewed
	default:
		if change := attributeChange(before.Attributes, after.Attributes); change != "" {
			return change
		}
	}
	if got == step.CookieReplaced {
		return cookieResent
	}
	return cookieKept
}

// attributeChange compares attributes. Those that are not known are not different.
func attributeChange(before, after *step.Attributes) cookieChange {
	switch {
	case before == nil || after == nil:
		return ""
	case !sameInstant(before.Expires, after.Expires):
		return cookieLifetime
	case before.Path != after.Path || before.HTTPOnly != after.HTTPOnly ||
		before.Secure != after.Secure || before.SameSite != after.SameSite:
		return cookieFlags
	}
	return ""
}

func recordChangeOf(s *step.Step, renewed, failed bool) recordChange {
	switch before, after := s.Before.Record, s.After.Record; {
	case before == nil && after == nil:
		return recordNone
	case after == nil && failed:
		return recordUnseen
	case after == nil:
		return recordDeleted
	case before == nil:
		return recordCreated
	case before.Key != after.Key && renewed:
		return recordMoved
	case before.Key != after.Key: // the old one is refused, and still there
		return recordCreated
	case before.Raw != after.Raw:
		return recordChanged
	case !before.Expires.Equal(after.Expires):
		return recordTouched
	}
	return recordKept
}

// part returns the text of the part of c of that kind, "" if it has none.
func part(c *step.Cookie, kind string) string {
	if c != nil {
		for _, p := range c.Parts {
			if p.Kind == kind {
				return p.Text
			}
		}
	}
	return ""
}

// standsFor reports whether a record's id is that of a cookie, and whether it is
// a hash of it.
func standsFor(id string, r *step.Record) (yes, hashed bool) {
	if id == "" || r == nil {
		return false, false
	}
	if r.ID == id {
		return true, false
	}
	sum := sha256.Sum256([]byte(id))
	hashed = r.ID == hex.EncodeToString(sum[:])
	return hashed, hashed
}
