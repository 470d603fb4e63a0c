package narrate

import (
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// limitAt tells a limit that may pass while somebody looks at it: id is a message with
// the variants "ahead" and "past". Cookies know whole seconds only, so that is what
// both sides count in.
func (n *telling) limitAt(id string, at time.Time) *views.Limit {
	at = at.UTC().Truncate(time.Second)
	left := at.Sub(n.opt.Now)
	before, after, _ := strings.Cut(n.T("flow.left"), "{Left}")
	return &views.Limit{
		At:     at,
		Ahead:  n.say(id+".ahead", "When", n.until(at)),
		Before: before, Left: n.duration(wholeSeconds(left)), After: after,
		Past: n.say(id+".past", "When", n.until(at)),
		Over: left <= 0,
	}
}

// wholeSeconds rounds up: in the last second there is one left.
func wholeSeconds(d time.Duration) time.Duration {
	return (d + time.Second - 1).Truncate(time.Second)
}

// cookieEnds tells when a cookie ends. Where the browser's end is its own, the server
// still has a limit.
func (n *telling) cookieEnds(c *step.Cookie, r *step.Record) *views.Limit {
	switch {
	case c.Attributes == nil:
		return nil
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
