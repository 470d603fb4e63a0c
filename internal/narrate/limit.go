package narrate

import (
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// limitAt tells a limit that may pass while somebody looks at it. id is a
// message with the variants "ahead" and "past". Both sides count in whole
// seconds, as cookies do.
func (n *telling) limitAt(id string, at time.Time) *views.Limit {
	return n.limitFrom(id, at, n.now())
}

// now is by the clock of the website: when the step happened, once it is past.
func (n *telling) now() time.Time {
	if n.opt.Past {
		return n.s.Time
	}
	return n.opt.Now
}

// ahead is how far that is ahead of real time.
func (n *telling) ahead() time.Duration {
	if n.opt.Past {
		return time.Duration(n.s.Ahead)
	}
	return n.opt.Ahead
}

// leftID is the message about the time that is left: it says from when that counts,
// unless that is plain.
func (n *telling) leftID() string {
	switch {
	case n.opt.Past:
		return "flow.left-then"
	case time.Duration(n.s.Ahead) != n.opt.Ahead && n.s.N > 0:
		return "flow.left-now"
	}
	return "flow.left"
}

// limitFrom is limitAt for a clock that shows now.
func (n *telling) limitFrom(id string, at, now time.Time) *views.Limit {
	at = at.UTC().Truncate(time.Second)
	left := at.Sub(now)
	before, after, _ := strings.Cut(n.T(n.leftID()), "{Left}")
	return &views.Limit{
		At:     at,
		Ahead:  n.say(id+".ahead", "When", n.until(at)),
		Before: before, Left: n.duration(wholeSeconds(left)), After: after,
		Past:  n.say(id+".past", "When", n.until(at)),
		Over:  left <= 0,
		Fixed: n.opt.Past,
	}
}

// wholeSeconds rounds up: during the last second, one is left.
func wholeSeconds(d time.Duration) time.Duration {
	return (d + time.Second - 1).Truncate(time.Second)
}

// cookieEnds tells when a cookie ends. If it ends when the browser closes, the
// server still has a limit.
func (n *telling) cookieEnds(c *step.Cookie, r *step.Record) *views.Limit {
	switch {
	case c.Attributes == nil:
		return nil
	case c.Attributes.Expires != nil && n.aside():
		return nil // the page counts by the bench's clock
	case c.Attributes.Expires != nil:
		return n.limitAt("flow.cookie.until", *c.Attributes.Expires)
	}
	if linked, _ := reading.StandsFor(reading.Part(c, "id"), r); linked && r.Version > 0 {
		return n.limitAt("flow.cookie.close-by", r.Expires)
	}
	if at, ok := signedAt(c); ok && n.r.InCookie && n.opt.Lifetime > 0 {
		return n.limitAt("flow.cookie.close-by", at.Add(n.opt.Lifetime))
	}
	return nil
}

// aside reports whether the bench's clock was moved and the client does not go
// by it: only virtual browsers do.
func (n *telling) aside() bool { return n.ahead() != 0 && n.s.Client != step.ClientVirtual }

// cookieUntil says when a client deletes a cookie. A virtual browser goes by
// the bench's clock. Another client keeps the cookie longer, by as much as that
// clock is ahead.
func (n *telling) cookieUntil(at time.Time) string {
	const id = "flow.cookie.until"
	if !n.aside() {
		return n.limitAt(id, at).String()
	}
	until := n.limitFrom(id, at, n.now().Add(-n.ahead())).String()
	left := at.Sub(n.now())
	if left <= 0 {
		return n.say("flow.cookie.moved.past", "Until", until)
	}
	return n.say("flow.cookie.moved.ahead", "Until", until, "Left", n.duration(left))
}

// signedAt is when a cookie that carries the session was signed, if it says so.
func signedAt(c *step.Cookie) (time.Time, bool) {
	for _, parts := range [][]step.Part{c.Parts, c.Inside} {
		for _, p := range parts {
			if p.Kind == "timestamp" {
				at, err := time.Parse(time.RFC3339, p.Decoded)
				return at, err == nil
			}
		}
	}
	return time.Time{}, false
}
