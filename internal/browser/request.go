package browser

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
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

// errControl is returned for a request that holds what would end one of its lines.
var errControl = errors.New("browser: a control character in the request")

// wire is the request as it is sent, with the headers that a browser adds.
func (r Request) wire(cookie string) ([]byte, error) {
	site, mode, dest, started := "same-origin", "cors", "empty", r.URL
	if r.Elsewhere {
		site, mode, dest, started = "cross-site", "navigate", "document", &Elsewhere
	}
	target := r.URL.RequestURI()
	for _, part := range []string{r.Method, target, r.URL.Host, r.Language, cookie} {
		if strings.ContainsFunc(part, func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
			return nil, errControl
		}
	}
	b := make([]byte, 0, 1<<10)
	line := func(parts ...string) {
		for _, part := range parts {
			b = append(b, part...)
		}
		b = append(b, "\r\n"...)
	}
	line(r.Method, " ", target, " HTTP/1.1")
	line("Host: ", r.URL.Host)
	line("User-Agent: ", UserAgent)
	line("Accept: application/json")
	if r.Language != "" {
		line("Accept-Language: ", r.Language)
	}
	if r.Method == http.MethodPost {
		line("Content-Type: application/x-www-form-urlencoded")
		line("Content-Length: ", strconv.Itoa(len(r.Form)))
		line("Origin: ", started.Scheme, "://", started.Host)
	}
	line("Sec-Fetch-Site: ", site)
	line("Sec-Fetch-Mode: ", mode)
	line("Sec-Fetch-Dest: ", dest)
	if cookie != "" {
		line("Cookie: ", cookie)
	}
	line()
	if r.Method == http.MethodPost {
		b = append(b, r.Form...)
	}
	return b, nil
}
