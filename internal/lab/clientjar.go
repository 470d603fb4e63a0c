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

// A client is what is known of one client of a bench. The jar of a virtual browser is
// this one; of any other client it is what the jar is believed to hold.
type client struct {
	jar   jar.Jar
	value string // of the session cookie, "" for none
	line  string // the Set-Cookie value that the cookie came from, "" if it was not seen
	sent  bool   // whether the last request brought it
	step  int    // the number of the last step, if that is stored

	virtual *virtual // what there is besides the jar of a virtual browser; nil for others
}

// client returns a client, which may be new. The caller holds the lock.
func (b *Bench) client(id string) *client {
	c := b.clients[id]
	if c == nil {
		c = new(client)
		b.clients[id] = c
	}
	return c
}

// arrive brings what is known of a client's jar in line with the request it just
// sent, and returns its cookie: a request tells the truth about the jar. Sent
// reports whether the request brought it, and expected is the cookie that the jar
// was believed to hold, where that is another.
func (b *Bench) arrive(m mechanism, s sender, u *url.URL, r *http.Request) (cookie, expected *step.Cookie, sent bool) {
	value, ok := session.CookieValue(r, step.CookieName)
	b.mu.Lock()
	defer b.mu.Unlock()
	c, now := b.client(s.id), b.clientTime(s.kind)
	c.sent = ok
	held, known := c.cookie(u, now)
	if s.kind == step.ClientVirtual {
		return c.sentVirtual(m, held, value, known, ok), nil, ok
	}
	switch {
	case !ok && known && r.Header.Get("Sec-Fetch-Site") == "cross-site":
		// SameSite held it back: the jar still has it.
		return describe(m, held.Value, c.attributes(held), nil), nil, false
	case known && (!ok || held.Value != value):
		expected = &step.Cookie{Name: held.Name, Raw: held.Value, Attributes: c.attributes(held)}
	}
	switch {
	case !ok:
		*c = client{step: c.step}
	case !known || held.Value != value: // it came from elsewhere
		*c = client{step: c.step, sent: true, value: value}
		c.jar.SetCookie(u, step.CookieName+"="+value+"; Path="+b.Path(), now)
	}
	if !ok {
		return nil, expected, false
	}
	return describe(m, value, c.attributes(held), nil), expected, true
}

// receive hands the Set-Cookie lines of a step's response to the jar of its client,
// which does with them what RFC 6265bis says, and returns the event of it and the
// cookie then. The session cookie alone is known of other jars than those of virtual
// browsers.
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

// cookie returns the session cookie that the client would send to u now.
func (c *client) cookie(u *url.URL, now time.Time) (jar.Cookie, bool) {
	for _, k := range c.jar.Cookies(u, now) {
		if k.Name == step.CookieName {
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
