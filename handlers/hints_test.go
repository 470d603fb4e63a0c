package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// pressed is what the bench says is to be pressed next, "" for nothing.
func pressed(page *webtest.Client) string {
	_, rest, found := strings.Cut(page.Get("/en/lab").Want(200).Body, `data-press="`)
	if !found {
		return "none"
	}
	act, _, _ := strings.Cut(rest, `"`)
	return act
}

// Each hint of each path is followed for real, and the next one comes.
func TestTheBenchLeadsANewcomerWhereverSessionsAre(t *testing.T) {
	for mechanism, want := range map[string]string{
		step.MechanismServer:  "login set get pop permanent me elsewhere logout clear lifetime mechanism",
		step.MechanismFlask:   "login set get pop permanent me clear lifetime mechanism logout copy",
		step.MechanismGorilla: "login set pop permanent me logout clear lifetime key mechanism",
	} {
		t.Run(mechanism, func(t *testing.T) {
			s := newSite(t)
			l := s.learner()
			page := l.With("Accept", "text/html")
			browser := l.With("User-Agent", "Mozilla/5.0 Firefox/153.0")
			l.set("mechanism", mechanism)
			login := func() { browser.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200) }
			copied := ""
			acts := map[string]func(){
				"login":     login,
				"set":       func() { browser.Post(l.app+"set", "key", "colour", "value", "teal").Want(200) },
				"get":       func() { browser.Get(l.app + "get?key=colour").Want(200) },
				"pop":       func() { browser.Post(l.app+"pop", "key", "colour").Want(200) },
				"permanent": func() { browser.Post(l.app+"permanent", "on", "true").Want(200) },
				"me":        func() { browser.Get(l.app + "me").Want(200) },
				"elsewhere": func() { s.Browser(t).With("User-Agent", "Mozilla/5.0 Chrome/152.0").Get(l.app + "me").Want(401) },
				"logout":    func() { login(); copied = sessionCookie(l.Client, l.app); browser.Post(l.app + "logout").Want(200) },
				"clear":     func() { login(); browser.Post(l.app + "clear").Want(200) },
				"lifetime": func() {
					l.set("lifetime", "10s")
					login()
					s.clock.Advance(12 * time.Second)
					browser.Get(l.app + "me").Want(401)
					l.set("lifetime", "31d")
				},
				"key":  func() { login(); l.set("secret_key", "random"); browser.Get(l.app + "me").Want(401) },
				"copy": func() { s.curl().With("Cookie", "session="+copied).Get(l.app + "me") },
				"mechanism": func() {
					for _, m := range step.Mechanisms {
						l.set("mechanism", m)
						login()
					}
					l.set("mechanism", mechanism)
					login() // the news of the change makes way
				},
			}
			acts["login"]()
			got := "login"
			for range 20 {
				act := pressed(page)
				if act == "" {
					break
				}
				got += " " + act
				do, ok := acts[act]
				if !ok {
					t.Fatalf("after %s, the bench suggests %q", got, act)
				}
				if do(); pressed(page) == act {
					t.Fatalf("after %s, %s is still suggested", got, act)
				}
			}
			if got != want {
				t.Errorf("the path is\n%s; want\n%s", got, want)
			}
		})
	}
}

func TestHintsArePutAwayAndBroughtBackWithoutScripts(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	page := l.With("Accept", "text/html")
	for _, tt := range []struct{ show, want string }{{"false", "none"}, {"true", "login"}} {
		a := page.Post("/en/lab/hints", "show", tt.show, "back", "/en/lab?step=1").Want(303)
		if got := a.Header.Get("Location"); got != "/en/lab?step=1" || a.Header.Get("Set-Cookie") != "" {
			t.Errorf("show=%s leads to %q and sets %q; want the step, and no cookie", tt.show, got, a.Header.Get("Set-Cookie"))
		}

		if got := pressed(page); got != tt.want {
			t.Errorf("after show=%s the bench suggests %q; want %q", tt.show, got, tt.want)
		}
	}
	page.Post("/en/lab/hints", "show", "perhaps").Want(400)
}
