package handlers_test

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// withExperiments has a site serve the experiments of the course.
func withExperiments(h *handlers.Options) {
	all, _ := experiments()
	h.Experiments = always(all)
}

// atLocalhost is a browser that reaches the site by its other name.
func (s *site) atLocalhost() *webtest.Client {
	b := s.Browser(s.t).With("Host", strings.Replace(s.Addr, "127.0.0.1", "localhost", 1))
	b.Jar = nil // of another website, which has no cookies there
	return b
}

var formAction = regexp.MustCompile(`<form method="post" action="([^"]*)"`)

func TestAPageElsewhereCanPostToTheAppAlone(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for lang, title := range map[string]string{"en": "Another website", "zh": "别的网站"} {
		a := s.atLocalhost().Get("/" + lang + "/elsewhere?bench=" + l.bench).Want(200)
		form := formAction.FindAllStringSubmatch(a.Body, -1)
		if len(form) != 1 || form[0][1] != s.URL+l.app+"pop" || !strings.Contains(a.Body, "<h1>"+title) {
			t.Errorf("%s: its forms are %q; want one to the app at %s", lang, form, s.URL)
		}
		if policy := a.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "; form-action "+s.URL+";") {
			t.Errorf("%s: its policy is %s; want forms to %s alone", lang, policy, s.URL)
		}
		if len(a.Header["Set-Cookie"]) > 0 {
			t.Errorf("%s: it sets %q", lang, a.Header["Set-Cookie"])
		}
	}
	back := s.Browser(t).Get("/en/elsewhere?bench=" + l.bench).Want(200)
	if want := `action="http://` + strings.Replace(s.Addr, "127.0.0.1", "localhost", 1) + l.app + `pop"`; !strings.Contains(back.Body, want) {
		t.Errorf("under the first name it has no form with %s", want)
	}
}

// Nobody is led, and no form is sent, to an address that the query makes up.
func TestAPageElsewhereIsForBenchesThatThereAre(t *testing.T) {
	s := newSite(t)
	bench := s.learner().bench
	for _, query := range []string{
		"", "?bench=", "?bench=x", "?bench=/evil.example/", "?bench=..%2f..%2f", "?bench=" + bench + "%2f..%2fx", "?bench=@evil.example/" + bench, "?bench=" + bench + "x",
		"?bench=" + bench + "%22", "?app=//evil.example/app/" + bench + "/", "?bench=k0azn0sfck7ghwbj",
	} {
		s.atLocalhost().Get("/en/elsewhere" + query).Want(http.StatusNotFound)
	}
}

func TestAPageElsewhereIsOfferedOnlyWhereBothNamesReachTheServer(t *testing.T) {
	_, port, _ := strings.Cut(newSite(t).Addr, ":")
	for _, tt := range []struct {
		what, host, header, value, base string
	}{
		{"a name of the network", "lab.example.org:PORT", "", "", ""},
		{"another address", "192.168.1.7:PORT", "", "", ""},
		{"the loopback interface in IPv6", "[::1]:PORT", "", "", ""},
		{"another port, as of a proxy", "localhost:" + port, "", "", ""},
		{"no port, as of a proxy", "localhost", "", "", ""},
		{"a proxy that ends TLS", "localhost:PORT", "X-Forwarded-Proto", "https", ""},
		{"a base URL", "localhost:PORT", "", "", "http://lab.example.org"},
	} {
		s := newSite(t, func(h *handlers.Options, _ *lab.Options) {
			withExperiments(h)
			h.BaseURL, h.TrustProxy = tt.base, true
		})
		_, port, _ := strings.Cut(s.Addr, ":")
		b := s.Browser(t).With("Host", strings.Replace(tt.host, "PORT", port, 1))
		if tt.header != "" {
			b = b.With(tt.header, tt.value)
		}
		b.Get("/en/elsewhere?bench=" + s.learner().bench).Want(http.StatusNotFound)
		if page := b.Get("/en/experiments/cross-site").Want(200).Body; strings.Contains(page, `id="own"`) {
			t.Errorf("%s: the experiment offers what does not work", tt.what)
		}
	}
}

func TestTheExperimentOffersThePageElsewhere(t *testing.T) {
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { withExperiments(h) })
	l := s.learner()
	other := strings.Replace(s.Addr, "127.0.0.1", "localhost", 1)
	page := l.With("Accept", "text/html").Get("/zh/experiments/cross-site").Want(200).Body
	for _, want := range []string{`id="own"`, `href="http://` + other + `/zh/elsewhere?bench=` + l.bench + `"`, `action="` + l.app + `set#own"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page of the experiment has no %s", want)
		}
	}
	if page := l.With("Accept", "text/html").Get("/zh/experiments/theft").Want(200).Body; strings.Contains(page, `id="own"`) {
		t.Error("another experiment offers it")
	}
	filled := l.With("Accept", "text/html").Post(l.app+"set", "key", "basket", "value", "three books", "back", "/zh/experiments/cross-site")
	if to := filled.Want(http.StatusSeeOther).Header.Get("Location"); to != "/zh/experiments/cross-site?step=1" {
		t.Errorf("filling the basket leads to %s", to)
	}
}

// The form from elsewhere reaches the app, with what the browser sends of cookies; the
// product's own pages refuse such a form.
func TestAFormFromElsewhereReachesTheAppAndNothingElse(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"set", "key", "basket", "value", "three books").Want(200)
	from := "http://" + strings.Replace(s.Addr, "127.0.0.1", "localhost", 1)
	b := s.Browser(t).With("Origin", from).With("Sec-Fetch-Site", "cross-site")
	a := b.Post(l.app+"pop", "key", "basket", "back", "/en/lab").Want(http.StatusNotFound)
	if !strings.Contains(a.Body, `href="/en/lab?step=2"`) {
		t.Error("its answer does not lead to the step on the bench")
	}
	if want := words().Text("en").T("elsewhere.came_without"); !strings.Contains(html.UnescapeString(a.Body), want) {
		t.Errorf("without the cookie its answer does not say: %s", want)
	}
	if bench := l.With("Accept", "text/html").Get("/en/lab?step=2").Want(200).Body; !strings.Contains(bench, "Another website started this request") || !strings.Contains(bench, "SameSite tells the browser") {
		t.Error("the bench does not say why the request came without a cookie")
	}
	if s := l.step(2); header(s.Request.Headers, "Origin")[0] != from || len(header(s.Request.Headers, "Cookie")) > 0 || s.Before.Cookie != nil {
		t.Errorf("the step shows %v", s.Request.Headers)
	}
	a = b.With("Cookie", "session="+sessionCookie(l.Client, l.app)).Post(l.app+"pop", "key", "basket", "back", "//evil.example/en/lab").Want(http.StatusOK)
	if strings.Contains(a.Body, "evil.example") || !strings.Contains(a.Body, "three books") {
		t.Errorf("with the cookie it answers %s", a.Body)
	}
	if want := words().Text("en").T("elsewhere.came_with"); !strings.Contains(html.UnescapeString(a.Body), want) {
		t.Errorf("with the cookie its answer does not say: %s", want)
	}
	plain := b.Post(l.app+"pop", "key", "basket").Want(http.StatusNotFound)
	if strings.Contains(plain.Body, "/en/lab?step") {
		t.Error("an answer leads to a bench that was not asked for")
	}
	for _, path := range []string{"/en/lab/settings", "/en/lab/new", "/en/experiments/cross-site", "/en/theme"} {
		b.Post(path, "same_site", "None").Want(http.StatusForbidden)
	}
	b.Post("/en/elsewhere?bench="+l.bench, "a", "b").Want(http.StatusMethodNotAllowed)
}

// A browser that does not send a Secure cookie over http still has it, and the bench says
// why the server does not see it.
func TestASecureCookieStaysInItsBrowser(t *testing.T) {
	l := newSite(t, func(h *handlers.Options, _ *lab.Options) { withExperiments(h) }).learner()
	l.Post("/en/experiments/sniffing", "variant", "secure", "skip", "true").Want(http.StatusOK)
	asked := l.step(2)
	if asked.Before.Cookie == nil || asked.After.Cookie == nil || !asked.After.Cookie.Attributes.Secure {
		t.Errorf("the browser had %+v, and has %+v; want the Secure cookie", asked.Before.Cookie, asked.After.Cookie)
	}
	for lang, want := range map[string]string{"en": "is marked Secure: the browser “Alice” keeps it", "zh": "会话 Cookie 又标了 Secure，所以浏览器“Alice”留着它"} {
		contains(t, l.With("Accept", "text/html").Get("/"+lang+"/lab?step=2").Want(http.StatusOK).Body, want)
	}
}
