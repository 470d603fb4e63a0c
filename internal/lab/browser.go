package lab

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
)

// MaxBrowsers is how many virtual browsers a bench may have at a time.
const MaxBrowsers = 4

// MaxBrowserName is the longest name of a virtual browser, in bytes.
const MaxBrowserName = 60

// maxCookies is how many cookies a virtual browser keeps in all: what RFC 6265bis asks
// a client to keep for one host.
const maxCookies = jar.MaxPerDomain

// The errors of acts on virtual browsers. A missing cookie is
// [jar.ErrNoCookie], and one that no header could set a [*jar.BadCookieError].
var (
	ErrNoBrowser       = errors.New("lab: no such browser")
	ErrTooManyBrowsers = errors.New("lab: as many browsers as there may be")
	ErrBrowserName     = errors.New("lab: not the name of a browser")
	ErrBrowserClosed   = errors.New("lab: the browser is closed")
)

// A Browser is a virtual browser as it was at one moment: its jar is a copy.
type Browser struct {
	ID   string
	Slot int // from 1 to [MaxBrowsers]: the place that it has among the bench's
	Name string

	Blocked bool // it neither takes nor sends cookies
	Closed  bool
	Restore bool // once opened again it continues where it left off
	Jar     jar.Jar
}

// virtual is the state of a virtual browser besides its jar.
type virtual struct {
	ID      string `json:"id"`
	Slot    int    `json:"slot"`
	Name    string `json:"name"`
	Blocked bool   `json:"blocked,omitempty"`
	Closed  bool   `json:"closed,omitempty"`
	Restore bool   `json:"restore,omitempty"`
	Run     bool   `json:"run,omitempty"` // whether it belongs to a run of an experiment
}

// clientID is the id of a virtual browser among all clients of its bench.
func clientID(browser string) string { return string(step.ClientVirtual) + "-" + browser }

// Browsers returns the bench's virtual browsers, by their places. Those of a run of an
// experiment are not among them.
func (b *Bench) Browsers() []Browser {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []Browser
	for _, c := range b.clients {
		if c.virtual != nil && !c.virtual.Run {
			all = append(all, c.browser())
		}
	}
	slices.SortFunc(all, func(x, y Browser) int { return cmp.Compare(x.Slot, y.Slot) })
	return all
}

// Browser returns a virtual browser, or [ErrNoBrowser].
func (b *Bench) Browser(id string) (Browser, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, err := b.virtualBrowser(id)
	if err != nil {
		return Browser{}, err
	}
	return c.browser(), nil
}

// virtualBrowser returns the client that is a virtual browser, or [ErrNoBrowser]. The
// caller holds the lock.
func (b *Bench) virtualBrowser(id string) (*client, error) {
	if c := b.clients[clientID(id)]; c != nil && c.virtual != nil {
		return c, nil
	}
	return nil, ErrNoBrowser
}

func (c *client) browser() Browser {
	v := c.virtual
	return Browser{ID: v.ID, Slot: v.Slot, Name: v.Name, Blocked: v.Blocked, Closed: v.Closed, Restore: v.Restore, Jar: c.jar.Clone()}
}

// browserName is what the virtual browser is called that is this client.
func (b *Bench) browserName(client string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.clients[client]; c != nil && c.virtual != nil {
		return c.virtual.Name
	}
	return ""
}

// Cookies returns the cookies that a browser holds and that have not expired by
// the bench's clock, in the order in which it got them.
func (b *Bench) Cookies(v Browser) []jar.Cookie { return v.Jar.All(b.now()) }

// CookieHeader returns the Cookie header that a virtual browser sends with a request,
// "" for none, or [ErrNoBrowser] or [ErrBrowserClosed]. The cookies count as used.
func (b *Bench) CookieHeader(id string, r jar.Request) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	c, err := b.virtualBrowser(id)
	switch {
	case err != nil:
		return "", err
	case c.virtual.Closed:
		return "", ErrBrowserClosed
	case c.virtual.Blocked:
		return "", nil
	}
	return c.jar.HeaderFor(r, b.now()), nil
}

// DocumentCookie returns what document.cookie is to a script of the page at u in a
// virtual browser, or [ErrNoBrowser] or [ErrBrowserClosed].
func (b *Bench) DocumentCookie(id string, u *url.URL) (string, error) {
	v, err := b.Browser(id)
	switch {
	case err != nil:
		return "", err
	case v.Closed:
		return "", ErrBrowserClosed
	case v.Blocked:
		return "", nil
	}
	return v.Jar.DocumentCookie(u, b.now()), nil
}

// sentVirtual is the cookie of a request by a virtual browser. The lab knows
// this jar, so a request does not correct it: a request that ran while the jar
// changed brings the earlier cookie. If there is a cookie and the request has
// none, it was not allowed to send it.
func (c *client) sentVirtual(m mechanism, held jar.Cookie, value string, known, sent bool) *step.Cookie {
	switch {
	case sent && (!known || held.Value != value):
		return describe(m, value, nil, nil)
	case known:
		return describe(m, held.Value, c.attributes(held), nil)
	}
	return nil
}

// missed returns the session cookie that a virtual browser held and no longer
// holds, unless an earlier request already showed that. The cookie expired, or
// its user deleted it.
func (c *client) missed(now time.Time) *step.Cookie {
	had := c.dropped
	if had == nil {
		if k, ended := c.ended(now); ended {
			had = &k
		}
	}
	c.dropped = nil
	c.jar.DropExpired(now)
	if had == nil {
		return nil
	}
	return &step.Cookie{Name: had.Name, Raw: had.Value, Attributes: c.attributes(*had)}
}
