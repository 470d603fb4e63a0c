package jar

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// unsafeLaxAge is how long a cookie without a SameSite attribute is sent with
// unsafe cross-site navigations (RFC 6265bis section 5.6.7.2).
const unsafeLaxAge = 2 * time.Minute

// Request is a request in its context, which decides on SameSite cookies (RFC
// 6265bis section 5.2).
type Request struct {
	// URL is what is asked for. It must not be nil.
	URL *url.URL
	// Method is the HTTP method; empty means GET.
	Method string
	// SiteForCookies is the page on whose behalf the request is made: for a
	// navigation the page with the link, for anything within a page the
	// top-level page. Nil means no page, as for a typed address, and counts
	// as same-site.
	SiteForCookies *url.URL
	// TopLevelNavigation says that the answer replaces the whole page, as for
	// a link or a form, but not for an image, a frame or fetch.
	TopLevelNavigation bool
}

func (r Request) sameSite() bool {
	return r.SiteForCookies == nil || SchemefulSameSite(r.SiteForCookies, r.URL)
}

// admits reports whether the request may carry c as far as SameSite goes.
func (r Request) admits(c Cookie, now time.Time) bool {
	if c.SameSite == SameSiteNone || r.sameSite() {
		return true
	}
	if !r.TopLevelNavigation || c.SameSite == SameSiteStrict {
		return false
	}
	switch r.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return c.SameSite == SameSiteDefault && now.Sub(c.Created) <= unsafeLaxAge
}

// Header returns the value of the Cookie header of a same-site request for u
// at now, "" if it carries none. The cookies sent count as used.
func (j *Jar) Header(u *url.URL, now time.Time) string {
	return j.HeaderFor(Request{URL: u}, now)
}

// HeaderFor is Header for any request.
func (j *Jar) HeaderFor(r Request, now time.Time) string {
	return j.send(j.matching(r, now), now)
}

// DocumentCookie returns what document.cookie is at now to a script of the
// page at u: the Header without HttpOnly cookies.
func (j *Jar) DocumentCookie(u *url.URL, now time.Time) string {
	visible := slices.DeleteFunc(j.matching(Request{URL: u}, now), func(i int) bool { return j.cookies[i].HTTPOnly })
	return j.send(visible, now)
}

// Cookies returns the cookies that Header would send, in their order, without
// counting them as used.
func (j *Jar) Cookies(u *url.URL, now time.Time) []Cookie {
	var cookies []Cookie
	for _, i := range j.matching(Request{URL: u}, now) {
		cookies = append(cookies, j.cookies[i])
	}
	return cookies
}

// matching returns the indexes of the cookies of r in the order of sending,
// longer paths first and then older cookies (RFC 6265bis section 5.8.3).
func (j *Jar) matching(r Request, now time.Time) []int {
	host, path, secure := canonicalHost(r.URL), requestPath(r.URL), isSecure(r.URL)
	var found []int
	for i, c := range j.cookies {
		atHost := host == c.Domain || !c.HostOnly && domainMatch(host, c.Domain)
		if atHost && pathMatch(path, c.Path) && (secure || !c.Secure) && !c.Expired(now) && r.admits(c, now) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b int) int {
		if byPath := len(j.cookies[b].Path) - len(j.cookies[a].Path); byPath != 0 {
			return byPath
		}
		return j.cookies[a].Created.Compare(j.cookies[b].Created)
	})
	return found
}

func (j *Jar) send(indexes []int, now time.Time) string {
	pairs := make([]string, 0, len(indexes))
	for _, i := range indexes {
		j.cookies[i].LastUsed = now.Round(0).UTC()
		pairs = append(pairs, j.cookies[i].Pair())
	}
	return strings.Join(pairs, "; ")
}
