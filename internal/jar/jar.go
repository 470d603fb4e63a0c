package jar

import (
	"net/url"
	"slices"
	"time"
)

// Jar holds the cookies of one client. The zero value is an empty jar, ready
// to use. A Jar is not safe for concurrent use.
type Jar struct {
	cookies []Cookie // in the order of their first storing
}

// SetCookie gives the jar the value of one Set-Cookie header, received in the
// response to a same-site request for u at the time now. The response's status
// does not matter. The URL must not be nil.
func (j *Jar) SetCookie(u *url.URL, line string, now time.Time) Result {
	return j.SetCookieFor(Request{URL: u}, line, now)
}

// SetCookieFor is SetCookie for the response to any request. A cross-site
// response that is no top-level navigation can set SameSite=None cookies only.
func (j *Jar) SetCookieFor(r Request, line string, now time.Time) Result {
	return j.receive(r, line, now, false)
}

// SetDocumentCookie does what a script of the page at u does by assigning line
// to document.cookie: like SetCookie, but HttpOnly cookies can be neither made
// nor touched.
func (j *Jar) SetDocumentCookie(u *url.URL, line string, now time.Time) Result {
	return j.receive(Request{URL: u}, line, now, true)
}

// All returns every cookie that lives at now, in the order of first storing.
func (j *Jar) All(now time.Time) []Cookie {
	return slices.DeleteFunc(slices.Clone(j.cookies), func(c Cookie) bool { return c.Expired(now) })
}

// CloseBrowser ends the browser session: it removes cookies that are not
// persistent.
func (j *Jar) CloseBrowser() {
	j.cookies = slices.DeleteFunc(j.cookies, func(c Cookie) bool { return !c.Persistent })
}

// receive is the storage model of RFC 6265bis section 5.7.
func (j *Jar) receive(r Request, line string, now time.Time, fromScript bool) Result {
	now = now.Round(0).UTC() // JSON keeps neither zone nor monotonic clock
	j.DropExpired(now)

	c, reason := propose(r.URL, line, now)
	if reason == "" {
		reason = j.objection(c, r, fromScript)
	}
	if reason != "" {
		return Result{Outcome: Ignored, Reason: reason, Cookie: c.Cookie}
	}
	return j.keep(c.Cookie, now)
}

// keep puts c in the place of the cookie of equal identity, or at the end.
func (j *Jar) keep(c Cookie, now time.Time) Result {
	i := j.index(c.identity())
	if i < 0 {
		if c.Expired(now) {
			return Result{Outcome: Ignored, Reason: ReasonAlreadyExpired, Cookie: c}
		}
		j.cookies = append(j.cookies, c)
		return j.makeRoom(c)
	}
	previous := j.cookies[i]
	c.Created = previous.Created
	if c.Expired(now) {
		j.cookies = slices.Delete(j.cookies, i, i+1)
		return Result{Outcome: Deleted, Cookie: c, Previous: &previous}
	}
	j.cookies[i] = c
	return Result{Outcome: Replaced, Cookie: c, Previous: &previous}
}

func (j *Jar) index(id identity) int {
	return slices.IndexFunc(j.cookies, func(c Cookie) bool { return c.identity() == id })
}

// DropExpired removes the cookies that have expired at now. Each Set-Cookie
// does so too. A jar never sends an expired cookie.
func (j *Jar) DropExpired(now time.Time) {
	j.cookies = slices.DeleteFunc(j.cookies, func(c Cookie) bool { return c.Expired(now) })
}
