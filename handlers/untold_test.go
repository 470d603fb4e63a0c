package handlers_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// everyPage are the pages and files that show step 2.
var everyPage = []string{
	"/lab", "/lab?step=2", "/lab?step=2&event=1", "/lab?step=2&present", "/lab?step=1", "/lab/steps/2/raw", "/lab/steps/2/code", "/lab/print",
	"/lab/compare?a=1&b=2", "/lab/compare?a=2&b=3", "/lab/side-by-side", "/lab/export.json", "/lab/export.har",
}

// A cookie that a client was not seen to get has attributes that nobody knows.
func TestACookieFromElsewhereTakesNoPageDown(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		t.Run(mechanism, func(t *testing.T) {
			s := newSite(t)
			l := s.learner()
			if mechanism != step.MechanismServer {
				l.set("mechanism", mechanism)
			}
			stranger := s.curl()
			stranger.Post(l.app+"set", "key", "colour", "value", "teal").Want(200)
			s.carrying("session="+sessionCookie(stranger, l.app)).With("User-Agent", "another").Post(l.app+"permanent", "on", "true").Want(200)
			s.curl().Get(l.app + "me").Want(401)
			browser := l.With("Accept", "text/html")
			for _, lang := range []string{"/en", "/zh"} {
				for _, path := range everyPage {
					browser.Get(lang + path).Want(200)
				}
			}
			if before := l.step(2).Before.Cookie; before == nil || before.Attributes != nil {
				t.Fatalf("the cookie is %+v; want one of unknown attributes", before)
			}
			if page := browser.Get("/en/lab?step=2").Body; strings.Contains(page, "cannot be described") || !strings.Contains(page, "session.permanent is on") {
				t.Error("step 2 is not told")
			}
			mustBeWell(t, s, l)
		})
	}
}

// breakStep overwrites what is stored of a step.
func (s *site) breakStep(n int, data string) {
	s.t.Helper()
	done, err := s.open().Exec(`UPDATE steps SET step = ? WHERE n = ?`, data, n)
	if err != nil {
		s.t.Fatal(err)
	}
	if rows, _ := done.RowsAffected(); rows != 1 {
		s.t.Fatalf("%d rows were changed; want 1", rows)
	}
}

func TestAStepThatCannotBeReadIsShownAsItIsStored(t *testing.T) {
	s := newSite(t)
	l, _ := began(s)
	const junk = `{"n":2,"canary":"<b>&","events":{"a":`
	s.breakStep(2, junk)
	browser := l.With("Accept", "text/html")
	for lang, says := range map[string]string{"/en": "cannot be described", "/zh": "无法解读"} {
		for _, path := range everyPage {
			if path == "/lab?step=2&event=1" { // there is none
				browser.Get(lang + path).Want(404)
				continue
			}
			page := browser.Get(lang + path).Want(200)
			about := strings.Contains(path, "step=2") || strings.Contains(path, "steps/2") || strings.Contains(path, "print") || strings.Contains(path, "compare")
			if !about {
				continue
			}
			if !strings.Contains(page.Body, says) || !strings.Contains(page.Body, "canary&#34;:&#34;&lt;b&gt;&amp;") {
				t.Errorf("%s%s does not show the step as it is stored, or does not say so", lang, path)
			}
			mustBeSafe(t, page)
		}
		if page := browser.Get(lang + "/lab/print").Body; strings.Count(page, `class="sheet-dia"`) != 2 || strings.Count(page, `class="untold"`) != 1 {
			t.Errorf("%s: the handout does not show the other steps as ever", lang)
		}
	}
	if all := l.Get("/en/lab/export.json").Body; !strings.Contains(all, "canary") || !strings.Contains(all, l.app+"get?key=colour") {
		t.Error("the export lacks the broken step, or another")
	}
	if got := l.step(2); got.N != 2 || got.Op != step.OpSet || got.Broken != junk {
		t.Errorf("step 2 as JSON is %+v", got)
	}
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200) // and the bench goes on
}

// What reads as a step, and is none that the recorder makes, is told as well as it
// goes.
func TestOddStepsTakeNoPageDown(t *testing.T) {
	s := newSite(t)
	l, _ := began(s)
	browser := l.With("Accept", "text/html")
	for _, odd := range []string{
		`{"n":2}`, `{"n":2,"events":[{}]}`, `{"n":2,"op":"x","mechanism":"x","store":"x","events":[{"lane":"x","kind":"x"},{"kind":"code.ran"}]}`,
		`{"n":2,"mechanism":"flask","op":"permanent","before":{"cookie":{"raw":"a"}},"after":{"cookie":{"raw":"b","attributes":{}}},"events":[{"kind":"set-cookie.built"}]}`,
		`{"n":2,"before":{"record":{}},"after":{"record":{"raw":"x"}},"expected":{"record":{}}}`,
		`{"n":2,"before":{"cookie":{}},"after":{"cookie":{"parts":[{}]}},"expected":{"cookie":{}}}`,
	} {
		s.breakStep(2, odd)
		for _, path := range everyPage {
			if a := browser.Get("/en" + path); a.Status != 200 && !(a.Status == 404 && strings.Contains(path, "event=")) {
				t.Errorf("%s: GET %s = %d", odd, path, a.Status)
			}
		}
		l.Get("/en/lab/steps/2").Want(200)
	}
	s.log.MustLack(t, "panic", "level=ERROR")
}

// A browser that no longer sends its cookie had one a moment ago.
func TestABrowserThatLostItsCookieIsToldSo(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.With("User-Agent", "Mozilla/5.0").Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	lost := s.carrying("seat="+l.Cookie("seat", "/")).With("User-Agent", "Mozilla/5.0")
	lost.Get(l.app + "me").Want(401)
	for lang, wants := range map[string][2]string{
		"/en": {"The browser no longer sends the cookie", "still in the store until"}, "/zh": {"浏览器不再发送先前收到的 Cookie", "还在存储里"},
	} {
		page := l.With("Accept", "text/html").Get(lang + "/lab?step=2").Want(200).Body
		for _, want := range wants {
			if strings.Count(page, want) < 2 { // the result, and the store's pane
				t.Errorf("%s: the page has %d of %q; want 2", lang, strings.Count(page, want), want)
			}
		}
		for _, bad := range []string{"still no cookie", "Still no cookie", "仍然没有 Cookie"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: the page says %q", lang, bad)
			}
		}
	}
	mustBeWell(t, s, l)
}
