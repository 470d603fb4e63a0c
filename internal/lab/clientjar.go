package lab

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// A client is what is known of one client of a bench. For a virtual browser,
// the jar is the real one; for any other client, it is what the client probably
// holds.
type client struct {
	jar   jar.Jar
	value string // of the session cookie, "" for none
	line  string // the Set-Cookie value that the cookie came from, "" if it was not seen
	sent  bool   // whether the last request brought it
	left  left   // where the last step left its session
	step  int    // the number of the last step, if that is stored

	virtual *virtual    // what there is besides the jar of a virtual browser; nil for others
	stored  []byte      // what is stored of a virtual browser, as far as is known; nil for nothing
	kept    jar.Jar     // the jar in stored
	dropped *jar.Cookie // the session cookie that its user took from its jar since its last request
}

// keeps notes what is stored of a virtual browser: data, which is how it is now.
func (c *client) keeps(data []byte) { c.stored, c.kept = data, c.jar.Clone() }

// client returns a client, which may be new. The caller holds the lock.
func (b *Bench) client(id string) *client {
	c := b.clients[id]
	if c == nil {
		c = new(client)
		b.clients[id] = c
	}
	return c
}

// An arrived is what a request shows of its client's jar, beside what was known.
type arrived struct {
	cookie   *step.Cookie // in the jar; nil: none
	sent     bool         // whether the request brought it
	plain    bool         // whether it is Secure, and stayed behind because the request is not encrypted
	expected *step.Cookie // that the jar was left with, where it holds another or none
	left     left         // where the client's last step left its session
}

// arrive corrects what is known of a client's jar by the request that the
// client just sent: a request shows what is in the jar.
func (b *Bench) arrive(m mechanism, s sender, u *url.URL, r *http.Request) arrived {
	value, ok := session.CookieValue(r, step.CookieName)
	b.mu.Lock()
	defer b.mu.Unlock()
	c, now := b.client(s.id), b.clientTime(s.kind)
	c.sent = ok
	a := arrived{sent: ok, left: c.left}
	held, known := c.cookie(u, now)
	if s.kind == step.ClientVirtual {
		a.cookie = c.sentVirtual(m, held, value, known, ok)
		a.plain = known && !ok && held.Secure && u.Scheme == "http" && !c.virtual.Blocked
		if !ok && !known {
			a.expected = c.missed(now)
		}
		return a
	}
	if !ok && known && r.Header.Get("Sec-Fetch-Site") == "cross-site" {
		// SameSite held it back: the jar still has it.
		a.cookie = describe(m, held.Value, c.attributes(held), nil)
		return a
	}
	had, given := held, known
	if !given {
		had, given = c.ended(now)
	}
	if given && (!ok || had.Value != value) {
		a.expected = &step.Cookie{Name: had.Name, Raw: had.Value, Attributes: c.attributes(had)}
	}
	switch {
	case !ok:
		*c = client{step: c.step}
	case !known || held.Value != value: // it came from elsewhere
		*c = client{step: c.step, sent: true, value: value}
		c.jar.SetCookie(u, step.CookieName+"="+value+"; Path="+b.Path(), now)
	}
	if ok {
		a.cookie = describe(m, value, c.attributes(held), nil)
	}
	return a
}

// receive gives the Set-Cookie lines of a step's response to the jar of its
// client, which handles them by RFC 6265bis. It returns the event and the
// cookie after it. Of the jars of clients that are not virtual browsers, only
// the session cookie is known.
func (b *Bench) receive(m mechanism, s *step.Step, from jar.Request, lines []string) (step.Event, *step.Cookie) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, u, now := b.client(s.ClientID), from.URL, b.clientTime(s.Client)
	e := step.Event{Lane: step.LaneBrowser, Kind: step.CookieKept, Why: step.WhyNoneSent}
	if held, ok := c.cookie(u, now); ok {
		e.Detail = held.Pair()
	} else {
		e.Why = step.WhyNoCookie
	}
	for _, line := range lines {
		switch name, _, _ := strings.Cut(line, "="); {
		case name == step.CookieName:
			e = c.took(from, line, now)
		case c.virtual != nil && !c.virtual.Blocked:
			c.jar.SetCookieFor(from, line, now)
		}
	}
	if c.virtual != nil {
		c.jar.Bound(maxCookies)
	}
	held, ok := c.cookie(u, now)
	if !ok {
		return e, nil
	}
	return e, describe(m, held.Value, c.attributes(held), s.Before.Cookie)
}

// took is what a jar did with one Set-Cookie line.
func (c *client) took(from jar.Request, line string, now time.Time) step.Event {
	if c.virtual != nil && c.virtual.Blocked {
		pair, _, _ := strings.Cut(line, ";")
		return step.Event{Lane: step.LaneBrowser, Kind: step.CookieIgnored, Detail: pair, Why: step.WhyBlocked}
	}
	result := c.jar.SetCookieFor(from, line, now)
	e := step.Event{Lane: step.LaneBrowser, Detail: result.Cookie.Pair(), Why: step.Why(result.Reason)}
	switch result.Outcome {
	case jar.Stored:
		e.Kind, c.line, c.value = step.CookieStored, line, result.Cookie.Value
	case jar.Replaced:
		e.Kind, c.line, c.value = step.CookieReplaced, line, result.Cookie.Value
		if result.Previous.Value == result.Cookie.Value {
			e.Why = step.WhySame
		}
	case jar.Deleted:
		e.Kind, c.line, c.value = step.CookieDeleted, "", ""
	default:
		e.Kind = step.CookieIgnored
		if result.Reason == jar.ReasonAlreadyExpired { // a deletion that found nothing
			e.Kind, e.Why = step.CookieKept, step.WhyNoCookie
		}
	}
	return e
}

// cookie returns the session cookie that the client holds for u: what it would send there
// now, or would over https. That a virtual browser keeps a Secure cookie to itself is no
// sign that it has none.
func (c *client) cookie(u *url.URL, now time.Time) (jar.Cookie, bool) {
	if c.virtual != nil && u.Scheme == "http" {
		over := *u
		over.Scheme = "https"
		u = &over
	}
	for _, k := range c.jar.Cookies(u, now) {
		if k.Name == step.CookieName {
			return k, true
		}
	}
	return jar.Cookie{}, false
}

// ended returns the session cookie that the client was left with, if it has
// expired since.
func (c *client) ended(now time.Time) (jar.Cookie, bool) {
	for _, k := range c.jar.All(time.Time{}) {
		if k.Name == step.CookieName && k.Expired(now) {
			return k, true
		}
	}
	return jar.Cookie{}, false
}

// attributes returns those of the session cookie k if the client was seen to get
// them. Those of a virtual browser are always known.
func (c *client) attributes(k jar.Cookie) *step.Attributes {
	if c.line == "" && c.virtual == nil {
		return nil
	}
	a := &step.Attributes{Path: k.Path, HTTPOnly: k.HTTPOnly, Secure: k.Secure, Line: c.line}
	if k.SameSite != jar.SameSiteDefault {
		a.SameSite = string(k.SameSite)
	}
	if k.Persistent {
		expires := k.Expires
		a.Expires = &expires
	}
	return a
}

// describe takes a cookie's value apart, unless it is that of a known cookie.
func describe(m mechanism, value string, attributes *step.Attributes, known *step.Cookie) *step.Cookie {
	if known != nil && known.Raw == value {
		same := *known
		same.Attributes = attributes
		return &same
	}
	c := &step.Cookie{Name: step.CookieName, Raw: value, Attributes: attributes}
	m.describe(c)
	return c
}
