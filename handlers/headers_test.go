package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// mustBeSafe fails the test for an answer without one of the headers that all
// answers have, or with one that none has.
func mustBeSafe(t *testing.T, a *webtest.Answer) {
	t.Helper()
	wanted := map[string]string{
		"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
			"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "same-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
	}
	file := strings.Contains(a.Request, "/static/") && a.Status != 405
	if file { // no document: less is needed
		wanted = map[string]string{
			"Content-Security-Policy":      "default-src 'none'",
			"X-Content-Type-Options":       "nosniff",
			"Cross-Origin-Resource-Policy": "same-origin",
		}
	}
	for name, want := range wanted {
		if got := a.Header[name]; !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %s = %q; want %q", a.Request, name, got, want)
		}
	}
	for _, name := range []string{"Server", "X-Powered-By", "Access-Control-Allow-Origin"} {
		if got, there := a.Header[name]; there {
			t.Errorf("%s: %s = %q; want none", a.Request, name, got)
		}
	}
	if !file && a.Header.Get("Permissions-Policy") == "" {
		t.Errorf("%s: no Permissions-Policy", a.Request)
	}
	if !(file && a.Status == 200) && a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: Cache-Control = %q; want no-store", a.Request, a.Header.Get("Cache-Control"))
	}
}

func TestEveryAnswerHasTheSecurityHeaders(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	style := styleSheet(t, s)
	tests := []struct {
		method, path string
		status       int // as JSON
	}{
		{"GET", "/", 302}, {"HEAD", "/", 302}, {"GET", "/healthz", 200}, {"HEAD", "/healthz", 200}, {"GET", "/readyz", 200},
		{"GET", "/en", 308}, {"GET", "/en/", 200}, {"HEAD", "/en/", 200}, {"GET", "/zh/", 200}, {"GET", "/xx/", 404}, {"GET", "/favicon.ico", 404}, {"GET", "/en/nowhere", 404},
		{"GET", "/en/lab", 200}, {"HEAD", "/en/lab", 200}, {"GET", "/en/lab/steps/1", 200}, {"HEAD", "/en/lab/steps/1", 200}, {"GET", "/en/lab/steps/9", 404},
		{"GET", "/en/lab/steps/1/code", 200}, {"HEAD", "/en/lab/steps/1/code", 200}, {"GET", "/en/lab/steps/9/code", 404}, {"POST", "/en/lab/live", 405},
		{"GET", "/en/lab/export.har", 200}, {"HEAD", "/en/lab/export.har", 200}, {"GET", "/zh/lab/export.json", 200},
		{"POST", "/en/lab/settings", 200}, {"POST", "/en/theme", 400}, {"PUT", "/en/lab", 405}, {"DELETE", "/healthz", 405}, {"TRACE", "/en/", 405},
		{"GET", style, 200}, {"HEAD", style, 200}, {"GET", "/static/nothing.css", 404}, {"POST", style, 405},
		{"GET", l.app + "get", 400}, {"HEAD", l.app + "me", 200}, {"POST", l.app + "set", 400}, {"OPTIONS", l.app + "set", 200},
		{"PUT", l.app + "set", 405}, {"GET", l.app + "nowhere", 404}, {"GET", "/app/0000000000000000/", 404}, {"GET", "/app/", 404}, {"GET", l.app, 200},
	}
	for _, tt := range tests {
		a := l.Do(tt.method, tt.path, "")
		if a.Status != tt.status {
			t.Errorf("%s %s = %d; want %d", tt.method, tt.path, a.Status, tt.status)
		}
		mustBeSafe(t, a)
		mustBeSafe(t, l.With("Accept", "text/html").Do(tt.method, tt.path, ""))
		if a.Header.Get("Strict-Transport-Security") != "" {
			t.Errorf("%s: HSTS over http", a.Request)
		}
		if tt.method == "HEAD" && a.Body != "" {
			t.Errorf("%s has a body", a.Request)
		}
		if kind := a.Header.Get("Content-Type"); strings.HasPrefix(kind, "text/html") && kind != "text/html; charset=utf-8" {
			t.Errorf("%s: Content-Type = %q", a.Request, kind)
		}
	}
}

// styleSheet returns the address of a static file that pages use.
func styleSheet(t *testing.T, s *site) string {
	t.Helper()
	_, rest, ok := strings.Cut(s.Browser(t).Get("/en/").Want(200).Body, `href="/static/dist/`)
	name, _, _ := strings.Cut(rest, `"`)
	if !ok {
		t.Fatal("the home page has no style sheet")
	}
	return "/static/dist/" + name
}

func TestWithABaseURLOfHTTPSCookiesAreSecure(t *testing.T) {
	for base, secure := range map[string]bool{"https://lab.example.org/": true, "http://lab.example.org": false} {
		s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.BaseURL = base })
		l := s.learner()
		a := s.Client(t).Get("/en/lab").Want(200)
		name := map[bool]string{true: "__Host-seat", false: "seat"}[secure]
		if line := a.SetCookie(name); line == "" || strings.Contains(line, "; Secure") != secure {
			t.Errorf("%s: cookies are %q", base, a.Header["Set-Cookie"])
		}
		if hsts := a.Header.Get("Strict-Transport-Security"); (hsts != "") != secure {
			t.Errorf("%s: HSTS = %q", base, hsts)
		}
		line := s.curl().Post(l.app+"set", "key", "a", "value", "b").Want(200).SetCookie(step.CookieName)
		if strings.Contains(line, "; Secure") != secure {
			t.Errorf("%s: the app's cookie is %q", base, line)
		}
	}
}

func TestOverHTTPSCookiesAreSecure(t *testing.T) {
	for _, trusted := range []bool{true, false} {
		s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.TrustProxy = trusted })
		c := s.Client(t).With("X-Forwarded-Proto", "https")
		a := c.Get("/en/lab").Want(200)
		name := map[bool]string{true: "__Host-seat", false: "seat"}[trusted]
		if line := a.SetCookie(name); line == "" || strings.Contains(line, "; Secure") != trusted {
			t.Errorf("proxy trusted %v: cookies are %q", trusted, a.Header["Set-Cookie"])
		}
		if hsts := a.Header.Get("Strict-Transport-Security"); (hsts == "max-age=31536000") != trusted {
			t.Errorf("proxy trusted %v: HSTS = %q", trusted, hsts)
		}
		var b benchJSON
		a.JSON(&b)
		line := c.Post(b.App+"set", "key", "a", "value", "b").Want(200).SetCookie(step.CookieName)
		if strings.Contains(line, "; Secure") != trusted {
			t.Errorf("proxy trusted %v: the app's cookie is %q", trusted, line)
		}
		if end := c.Post("/en/lab/end").Want(303).Header.Get("Clear-Site-Data"); (end != "") != trusted {
			t.Errorf("proxy trusted %v: Clear-Site-Data = %q", trusted, end)
		}
	}
}
