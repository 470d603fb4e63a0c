package handlers_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

var (
	homeForm = regexp.MustCompile(`action="(/app/\w+/)login"`)
	sideID   = regexp.MustCompile(`<span class="seg seg-id">(\w+)</span>`)
)

// sidesOf returns the ids that the two panes of a first page show.
func sidesOf(t *testing.T, html string) (browser, store string) {
	t.Helper()
	left, right, ok := strings.Cut(html, `id="duo-store"`)
	if !ok {
		t.Fatalf("the page has no pane for the store: %.300s", html)
	}
	id := func(part string) string {
		if m := sideID.FindStringSubmatch(part); m != nil {
			return m[1]
		}
		return ""
	}
	return id(left), id(right)
}

func homeApp(t *testing.T, b *webtest.Client) string {
	t.Helper()
	m := homeForm.FindStringSubmatch(b.Get("/en/").Want(200).Body)
	if m == nil {
		t.Fatal("the first page has no form that logs in")
	}
	return m[1]
}

func TestLoggingInOnTheFirstPageShowsTheIDOnBothSides(t *testing.T) {
	s := newSite(t)
	b := s.Browser(t)
	app := homeApp(t, b)
	if left, right := sidesOf(t, b.Get("/en/").Body); left != "" || right != "" {
		t.Errorf("before any request the first page shows the ids %q and %q", left, right)
	}
	if n := s.count("seats") + s.count("benches"); n != 0 {
		t.Errorf("visits of the first page stored %d rows; want none", n)
	}

	a := b.Post(app+"login", "uname", "momo", "pwd", "123", "back", "/en/").Want(303)
	if got := a.Header.Get("Location"); got != "/en/?step=1" {
		t.Fatalf("the log-in leads to %q; want /en/?step=1", got)
	}
	page := b.Get("/en/?step=1").Want(200).Body
	left, right := sidesOf(t, page)
	sent, _, _ := strings.Cut(sessionCookie(b, app), ".")
	if left != sent || right != sent || sent == "" {
		t.Errorf("the page shows the ids %q and %q; the cookie that the browser got has %q", left, right, sent)
	}
	recorded := new(step.Step)
	b.With("Accept", "application/json").Get("/en/lab/steps/1").Want(200).JSON(recorded)
	if recorded.After.Record == nil || recorded.After.Record.ID != sent {
		t.Errorf("the record of the step is %+v; want that of %q", recorded.After.Record, sent)
	}
	if !strings.Contains(page, `href="/en/lab?step=1"`) {
		t.Error("the page does not lead to the step on the bench")
	}
	if s.count("benches") != 1 {
		t.Error("the first step did not store the bench")
	}
	if got := b.Get("/zh/").Want(200).Body; strings.Contains(got, sent) {
		t.Error("the first page without a step shows one")
	}
}

func TestTheFirstPageShowsNobodyElsesSteps(t *testing.T) {
	s := newSite(t)
	b := s.Browser(t)
	b.Post(homeApp(t, b)+"login", "uname", "momo", "pwd", "123", "back", "/en/").Want(303)
	for _, query := range []string{"?step=1", "?step=x", "?step=-1"} {
		if left, right := sidesOf(t, s.Browser(t).Get("/en/"+query).Want(200).Body); left != "" || right != "" {
			t.Errorf("%s shows a stranger the ids %q and %q", query, left, right)
		}
	}
}

func TestAFailedLogInIsShownToo(t *testing.T) {
	s := newSite(t)
	b := s.Browser(t)
	b.Post(homeApp(t, b)+"login", "uname", "momo", "pwd", "no", "back", "/en/").Want(303)
	page := b.Get("/en/?step=1").Want(200).Body
	if left, right := sidesOf(t, page); left != "" || right != "" || !strings.Contains(page, `class="say-n"`) {
		t.Errorf("after a wrong password the page shows the ids %q and %q; want none, and a sentence", left, right)
	}
}

// A form may name only pages of this product as where its answer leads.
func TestAnAnswerLeadsBackToOurPagesOnly(t *testing.T) {
	s := newSite(t)
	b := s.Browser(t)
	app := homeApp(t, b)
	b = b.With("Referer", s.URL+"/zh/lab")
	for back, want := range map[string]string{
		"/en/":      "/en/?step=",
		"/zh/":      "/zh/?step=",
		"/en/lab":   "/en/lab?step=",
		"/en/note/": "/en/note/?step=",

		"/en/course/login?present&screen=2&act=1": "/en/course/login?present&screen=2&act=1&step=",
		"/en/course/login?present&screen=2&x=1":   "/zh/lab?step=",
		"/en/course/login?present&screen=//x":     "/zh/lab?step=",
		"/en/course/login?screen=2":               "/zh/lab?step=",

		"":                               "/zh/lab?step=",
		"en/":                            "/zh/lab?step=",
		"/":                              "/zh/lab?step=",
		"//elsewhere.test/en/":           "/zh/lab?step=",
		"/\\elsewhere.test/en/":          "/zh/lab?step=",
		"/en/\\elsewhere.test":           "/zh/lab?step=",
		"https://elsewhere.test":         "/zh/lab?step=",
		"javascript:alert(1)":            "/zh/lab?step=",
		"/en/../app/x/":                  "/zh/lab?step=",
		"/en/%2e%2e/app/x/":              "/zh/lab?step=",
		"/en//elsewhere.test":            "/zh/lab?step=",
		"/english":                       "/zh/lab?step=",
		app + "deleteSession/":           "/zh/lab?step=",
		"/en/?step=7":                    "/zh/lab?step=",
		"/en/#lab":                       "/zh/lab?step=",
		"/en/\r\nX: y":                   "/zh/lab?step=",
		strings.Repeat("/en", 200) + "/": "/zh/lab?step=",
	} {
		got := b.Post(app+"set", "key", "colour", "value", "teal", "back", back).Want(303).Header.Get("Location")
		if !strings.HasPrefix(got, want) {
			t.Errorf("back = %q leads to %q; want %s…", back, got, want)
		}
	}
}
