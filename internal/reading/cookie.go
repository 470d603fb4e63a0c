package reading

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A CookieChange is what became of the client's cookie, finer than a [step.Change].
type CookieChange = string

// The changes of a cookie.
const (
	CookieNone     CookieChange = "none"     // there was none and is none
	CookieKept     CookieChange = "kept"     // none was sent, the old one stays
	CookieResent   CookieChange = "resent"   // the same was sent again
	CookieAppeared CookieChange = "appeared" // the client had none
	CookieRenewed  CookieChange = "renewed"  // it has another value
	CookieLifetime CookieChange = "lifetime" // the same value, another Expires
	CookieFlags    CookieChange = "flags"    // the same value, other attributes
	CookieDeleted  CookieChange = "deleted"
	CookieRefused  CookieChange = "refused" // one was sent, and the client did not take it
	CookieLost     CookieChange = "lost"    // the client sent none although it was expected to hold one, and got none
)

// A LifetimeChange is how the end of a cookie moved, "" if it did not, or if nobody
// knows.
type LifetimeChange = string

// The changes of a cookie's lifetime.
const (
	LifetimeTillClose LifetimeChange = "till-close" // it ends when the browser closes, and did not
	LifetimeOutlives  LifetimeChange = "outlives"   // it outlives the browser, and did not
	LifetimeMoved     LifetimeChange = "moved"      // from one moment to another
)

// readCookie compares the cookies; did is what the client did with the response.
func (r *Reading) readCookie(s *step.Step, did step.Kind) {
	before, after := s.Before.Cookie, s.After.Cookie
	r.Cookie = cookieChange(before, after, did)
	if before != nil && after != nil {
		r.Lifetime = lifetimeChange(before.Attributes, after.Attributes)
	}
	r.ID = Part(after, "id")
	r.SameID = r.ID != "" && r.ID == Part(before, "id")
	r.Linked, _ = StandsFor(r.ID, s.After.Record)
	r.Bare = r.ID != "" && !slices.ContainsFunc(after.Parts, func(p step.Part) bool {
		return p.Kind != "id" && p.Kind != "dot" && p.Kind != "signature"
	})
}

func cookieChange(before, after *step.Cookie, did step.Kind) CookieChange {
	switch {
	case did == step.CookieIgnored:
		return CookieRefused
	case before == nil && after == nil:
		return CookieNone
	case before == nil && did == step.CookieKept: // the client has it, and did not send it
		return CookieKept
	case before == nil:
		return CookieAppeared
	case after == nil:
		return CookieDeleted
	case before.Raw != after.Raw:
		return CookieRenewed
	case lifetimeChange(before.Attributes, after.Attributes) != "":
		return CookieLifetime
	case otherFlags(before.Attributes, after.Attributes):
		return CookieFlags
	case did == step.CookieReplaced:
		return CookieResent
	}
	return CookieKept
}

// lifetimeChange compares when two cookies end. Where the attributes of one are not
// known there is no change to tell.
func lifetimeChange(before, after *step.Attributes) LifetimeChange {
	switch {
	case before == nil || after == nil || sameInstant(before.Expires, after.Expires):
		return ""
	case after.Expires == nil:
		return LifetimeTillClose
	case before.Expires == nil:
		return LifetimeOutlives
	}
	return LifetimeMoved
}

func sameInstant(a, b *time.Time) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// otherFlags reports whether known attributes differ in something else than when
// the cookie ends.
func otherFlags(before, after *step.Attributes) bool {
	return before != nil && after != nil && (before.Path != after.Path || before.HTTPOnly != after.HTTPOnly ||
		before.Secure != after.Secure || before.SameSite != after.SameSite)
}

// Part returns the text of the part of c of that kind, "" if it has none.
func Part(c *step.Cookie, kind string) string {
	if c != nil {
		for _, p := range c.Parts {
			if p.Kind == kind {
				return p.Text
			}
		}
	}
	return ""
}

// StandsFor reports whether a cookie's ID leads to a record, and whether the record
// has a hash of it.
func StandsFor(id string, r *step.Record) (yes, hashed bool) {
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
