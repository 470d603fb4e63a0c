package handlers_test

import (
	"regexp"
	"strings"
	"testing"
)

func TestTheLanguageIsChosenByTheBrowser(t *testing.T) {
	s := newSite(t)
	for header, want := range map[string]string{
		"": "/en/", "en": "/en/", "zh": "/zh/", "zh-CN,zh;q=0.9,en;q=0.8": "/zh/", "zh-TW": "/zh/", "en-GB,zh;q=0.5": "/en/",
		"fr,zh;q=0.3": "/zh/", "fr": "/en/", "en;q=0.1,zh;q=0.2": "/zh/", "*": "/en/", "nonsense;;q=x": "/en/", "zh;q=0,en": "/en/",
	} {
		a := s.Client(t).With("Accept-Language", header).Get("/").Want(302)
		if got := a.Header.Get("Location"); got != want {
			t.Errorf("Accept-Language %q leads to %q; want %q", header, got, want)
		}
		if a.Header.Get("Vary") != "Accept-Language" {
			t.Errorf("Vary = %q", a.Header.Get("Vary"))
		}
	}
}

var inline = regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|<script>|javascript:|https?://(?:[^1"]|1[^2])`)

func TestPagesAreWholeInBothLanguages(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	c := l.With("Accept", "text/html")
	for _, tt := range []struct {
		path   string
		status int
	}{{"/", 200}, {"/lab", 200}, {"/lab?step=1", 200}, {"/lab?step=2", 404}, {"/lab?step=x", 404}, {"/nowhere", 404}} {
		bodies := map[string]string{}
		for lang, tag := range map[string]string{"en": `lang="en"`, "zh": `lang="zh-Hans"`} {
			a := c.Get("/" + lang + tt.path).Want(tt.status)
			if a.Header.Get("Content-Type") != "text/html; charset=utf-8" {
				t.Errorf("%s: Content-Type = %q", a.Request, a.Header.Get("Content-Type"))
			}
			if !strings.Contains(a.Body, "<html "+tag) || !strings.HasSuffix(strings.TrimSpace(a.Body), "</html>") {
				t.Errorf("%s is no whole page in %s", a.Request, lang)
			}
			if found := inline.FindString(a.Body); found != "" {
				t.Errorf("%s has %q", a.Request, found)
			}
			bodies[lang] = a.Body
		}
		if bodies["en"] == bodies["zh"] {
			t.Errorf("%s is the same in both languages", tt.path)
		}
	}
}

func TestAFreshBenchHasAPage(t *testing.T) {
	s := newSite(t)
	a := s.Browser(t).Get("/en/lab").Want(200)
	if a.SetCookie("seat") == "" || !strings.Contains(a.Body, "/app/") {
		t.Errorf("a first visit: cookies %q, %.200s", a.Header["Set-Cookie"], a.Body)
	}
}

func TestTheThemeIsRemembered(t *testing.T) {
	s := newSite(t)
	b := s.Browser(t)
	for _, tt := range []struct{ theme, attribute, cookie string }{
		{"dark", `data-theme="dark"`, "theme=dark;"}, {"light", `data-theme="light"`, "theme=light;"}, {"auto", "", "theme=;"},
	} {
		a := b.Post("/en/theme", "theme", tt.theme, "back", "/en/lab?step=3").Want(303)
		if got := a.Header.Get("Location"); got != "/en/lab?step=3" {
			t.Errorf("%s leads to %q", tt.theme, got)
		}
		if line := a.SetCookie("theme"); !strings.HasPrefix(line, tt.cookie) || !strings.Contains(line, "HttpOnly") || !strings.Contains(line, "SameSite=Lax") {
			t.Errorf("%s: Set-Cookie = %q", tt.theme, line)
		}
		if page := b.Get("/en/").Want(200).Body; tt.attribute != "" && !strings.Contains(page, tt.attribute) {
			t.Errorf("%s: the page lacks %s", tt.theme, tt.attribute)
		}
	}
	b.Post("/en/theme", "theme", "pink").Want(422)
	b.Post("/en/theme").Want(400)
}

func TestTheThemeLeadsBackToThisServerOnly(t *testing.T) {
	s := newSite(t)
	for back, want := range map[string]string{
		"/zh/lab": "/zh/lab", "": "/en/", "//evil.example/": "/en/", `/\evil.example`: "/en/", "https://evil.example/": "/en/", "javascript:alert(1)": "/en/",
		"/a\r\nSet-Cookie: x=y": "/en/", "/\t/evil.example": "/en/", "evil": "/en/", "/" + strings.Repeat("x", 600): "/en/", "/\x00": "/en/", "///evil.example": "/en/",
	} {
		a := s.Browser(t).Post("/en/theme", "theme", "dark", "back", back).Want(303)
		if got := a.Header.Get("Location"); got != want {
			t.Errorf("back %q leads to %q; want %q", back, got, want)
		}
	}
}

func TestJSONOrPageIsWhatWasAskedFor(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for accept, page := range map[string]bool{
		"": false, "*/*": false, "application/json": false, "text/html": true, "TEXT/HTML": true, "text/html;q=0.5, application/json": false,
		"application/json;q=0.5, text/html": true, "application/json, text/html": false, "text/html;q=0": false, "text/*": false, "text/htmlx": false,
		"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8": true,
	} {
		stranger := s.Client(t).With("Accept", accept)
		for _, path := range []string{"/en/lab", "/en/nowhere", l.app + "me", l.app + "nowhere"} {
			a := stranger.Get(path)
			if got := strings.HasPrefix(a.Header.Get("Content-Type"), "text/html"); got != page {
				t.Errorf("Accept %q: %s is a page: %v; want %v", accept, path, got, page)
			}
			if vary := strings.Join(a.Header["Vary"], ","); !strings.Contains(vary, "Accept") {
				t.Errorf("Accept %q: %s has Vary %q", accept, path, vary)
			}
		}
	}
}
