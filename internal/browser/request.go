package browser

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/sessionlab/sessionlab/internal/jar"
)

// UserAgent is the User-Agent of virtual browsers. It does not pretend to be
// any real browser.
const UserAgent = "Mozilla/5.0 (simulated) SessionLab"

// Elsewhere is the page of another website that starts requests. It cannot
// exist: names under .invalid are reserved.
var Elsewhere = url.URL{Scheme: "https", Host: "elsewhere.invalid", Path: "/"}

// AcceptLanguage returns what a browser that is set to a language of the product sends as
// Accept-Language, "" for any other.
func AcceptLanguage(lang string) string {
	return map[string]string{"en": "en", "zh": "zh-CN,zh;q=0.9"}[lang]
}

// A Request is what a person asks a browser to send.
type Request struct {
	Method string // GET or POST
	URL    *url.URL
	Form   string // the body of a POST, as forms are encoded
	// Language is the value of Accept-Language, "" for none.
	Language string
	// Elsewhere says that a page of another website started it: a link for GET, a form
	// for POST. Otherwise a script of a page of the same site did.
	Elsewhere bool
}

// Context is the request in the context that SameSite goes by.
func (r Request) Context() jar.Request {
	in := jar.Request{URL: r.URL, Method: r.Method, SiteForCookies: r.URL}
	if r.Elsewhere {
		in.SiteForCookies, in.TopLevelNavigation = &Elsewhere, true
	}
	return in
}

// http is the request as it is sent, with the headers that a browser adds.
func (r Request) http(cookie string) (*http.Request, error) {
	req, err := http.NewRequest(r.Method, r.URL.String(), strings.NewReader(r.Form))
	if err != nil {
		return nil, err
	}
	h := req.Header
	h.Set("User-Agent", UserAgent)
	h.Set("Accept", "application/json")
	if r.Language != "" {
		h.Set("Accept-Language", r.Language)
	}
	if cookie != "" {
		h.Set("Cookie", cookie)
	}
	started := r.URL
	if r.Elsewhere {
		started = &Elsewhere
	}
	if r.Method == http.MethodPost {
		h.Set("Content-Type", "application/x-www-form-urlencoded")
		h.Set("Origin", started.Scheme+"://"+started.Host)
	}
	site, mode, dest := "same-origin", "cors", "empty"
	if r.Elsewhere {
		site, mode, dest = "cross-site", "navigate", "document"
	}
	h.Set("Sec-Fetch-Site", site)
	h.Set("Sec-Fetch-Mode", mode)
	h.Set("Sec-Fetch-Dest", dest)
	return req, nil
}
