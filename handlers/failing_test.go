package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestADeadStoreIs503AndLosesNoSession(t *testing.T) {
	t.Parallel()
	for how, words := range map[string]string{"fails": "SQLite does not answer", "hangs": "SQLite took too long"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			s, store, _ := frailSite(t)
			l := s.learner()
			c := s.curl()
			c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			c.Post(l.app+"permanent", "on", "true").Want(200)
			cookie := sessionCookie(c, l.app)
			store.reads.set(how)
			store.writes.set(how)
			a := c.Get(l.app + "me")
			mustBeAskedInTime(t, &store.reads, &store.writes)
			if got := op(t, a, 503); codeOf(got) != "store_unavailable" || got.Session != nil || got.Step != 3 {
				t.Errorf("me = %+v; want store_unavailable, and no word of the session", got)
			}
			if a.Header["Set-Cookie"] != nil || a.Header.Get("Retry-After") == "" || strings.Contains(a.Body, "canary") {
				t.Errorf("me: Set-Cookie %q, Retry-After %q, %s", a.Header["Set-Cookie"], a.Header.Get("Retry-After"), a.Body)
			}
			page := c.With("Accept", "text/html").Post(l.app + "logout").Want(503)
			if !strings.Contains(page.Body, words) {
				t.Errorf("the page does not say what is wrong: %.300s", page.Body)
			}
			if !strings.Contains(page.Body, "Not known: the session could not be read") || strings.Contains(page.Body, "It is empty") {
				t.Error("the page says what the session is, which nobody knows")
			}
			if recorded := l.step(3); !hasKind(recorded, step.StoreFailed) || recorded.Error != "store_unavailable" {
				t.Errorf("step 3: %v, %q", kinds(recorded), recorded.Error)
			}
			l.With("Accept", "text/html").Get("/en/lab").Want(200) // what is known can be seen

			store.reads.set("")
			store.writes.set("")
			if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" || sessionCookie(c, l.app) != cookie {
				t.Errorf("when the store is back: %v", got.Result)
			}
		})
	}
}

func TestAStoreThatOnlyReadsRefusesWrites(t *testing.T) {
	s, store, _ := frailSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	store.writes.set("fails")
	for _, o := range [][]string{{"set", "key", "a", "value", "b"}, {"login", "uname", "alice", "pwd", "rabbit"}, {"logout"}, {"clear"}, {"permanent", "on", "true"}, {"pop", "key", "uname"}} {
		a := c.Post(l.app+o[0], o[1:]...)
		got := op(t, a, 503)
		if codeOf(got) != "store_unavailable" || a.Header["Set-Cookie"] != nil || got.Session["uname"] != "momo" || got.Session["a"] != nil {
			t.Errorf("%s = %q, cookies %q, session %v", o[0], codeOf(got), a.Header["Set-Cookie"], got.Session)
		}
	}
	if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" {
		t.Errorf("me = %v", got.Result)
	}
	steps := l.steps()
	for _, recorded := range steps[1:] {
		if recorded.Record != step.Unchanged || recorded.Cookie != step.Unchanged {
			t.Errorf("step %d changed cookie %q, record %q", recorded.N, recorded.Cookie, recorded.Record)
		}
	}
	store.writes.set("")
	c.Post(l.app + "logout").Want(200)
}

func TestADeadStateIs503(t *testing.T) {
	s, _, state := frailSite(t)
	l, fresh := s.learner(), s.learner()
	l.set("store", "memory")
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	state.set("fails")
	for _, path := range []string{"/en/lab", "/en/lab/steps/1", l.app + "me", fresh.app + "me"} {
		for _, accept := range []string{"application/json", "text/html"} {
			a := l.With("Accept", accept).Get(path).Want(503)
			if a.Header["Set-Cookie"] != nil || strings.Contains(a.Body, "canary") {
				t.Errorf("GET %s for %s: cookies %q, %.200s", path, accept, a.Header["Set-Cookie"], a.Body)
			}
			mustBeSafe(t, a)
		}
	}
	l.Post("/en/lab/settings", "lifetime", "10s").Want(503)
	s.curl().Get("/readyz").Want(503)
	s.curl().Get("/healthz").Want(200)
	state.set("")
	s.curl().Get("/readyz").Want(200)
	if got := op(t, l.Get(l.app+"get?key=a"), 200); got.Result != "b" {
		t.Errorf("when the state is back the session has %v", got.Session)
	}
	if got := settingsOf(t, l)["lifetime"]; got != "31d" {
		t.Errorf("the refused setting is %v", got)
	}
}

func TestAStepThatCannotBeStoredIsNotAnswered(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"fails", "hangs"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			s, _, state := frailSite(t)
			l := s.learner()
			c := s.curl()
			c.Post(l.app+"set", "key", "a", "value", "1").Want(200)
			state.steps.set(how)
			a := c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(503)
			mustBeAskedInTime(t, &state.steps)
			var got struct{ Error struct{ Code string } }
			if a.JSON(&got); got.Error.Code != "step_not_stored" || strings.Contains(a.Body, "momo") {
				t.Errorf("%s; want step_not_stored and nothing of the answer", a.Body)
			}
			mustBeSafe(t, a)
			state.steps.set("")
			// The store did what it did, and the client knows the id it gave.
			if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" {
				t.Errorf("me = %v", got.Result)
			}
			if n := len(l.steps()); n != 2 {
				t.Errorf("%d steps; want the two that were answered", n)
			}
		})
	}
}

func TestAPanicIsA500AndTheServerLives(t *testing.T) {
	s, store, state := frailSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	store.writes.set("panics")
	a := c.Post(l.app+"set", "key", "a", "value", "b").Want(500)
	var got struct {
		Error struct{ Code, Incident string }
	}
	if a.JSON(&got); got.Error.Code != "internal" || strings.Contains(a.Body, "out of order") || strings.Contains(a.Body, "goroutine") {
		t.Errorf("a panic is answered %s", a.Body)
	}
	mustBeFoundInLog(t, s, got.Error.Incident)
	page := c.With("Accept", "text/html").Post(l.app+"set", "key", "a", "value", "b").Want(500).Body
	_, rest, _ := strings.Cut(page, "<code>")
	incident, _, _ := strings.Cut(rest, "</code>")
	mustBeFoundInLog(t, s, incident)
	if incident == got.Error.Incident || strings.Contains(page, "goroutine") {
		t.Errorf("another panic is answered %.300s", page)
	}
	if recorded := l.step(2); recorded.Response.Status != 500 {
		t.Errorf("step 2 has status %d", recorded.Response.Status)
	}
	if log := s.log.Text(); !strings.Contains(log, "out of order") || !strings.Contains(log, "frail_test.go") {
		t.Error("the log does not say where the panic was")
	}
	store.writes.set("")
	store.reads.set("panics")
	c.Get(l.app + "me").Want(500)
	store.reads.set("")
	state.set("panics")
	for _, accept := range []string{"application/json", "text/html"} {
		mustBeSafe(t, l.With("Accept", accept).Get("/en/lab").Want(500))
	}
	state.set("")
	if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" {
		t.Errorf("afterwards me = %v", got.Result)
	}
	l.Get("/en/lab").Want(200)
}

// mustBeFoundInLog fails the test unless the log tells where the incident was.
func mustBeFoundInLog(t *testing.T, s *site, incident string) {
	t.Helper()
	if len(incident) != 8 {
		t.Fatalf("the incident is %q; want a short word", incident)
	}
	for line := range strings.Lines(s.log.Text()) {
		if strings.Contains(line, "incident="+incident) && strings.Contains(line, "frail_test.go") {
			return
		}
	}
	t.Errorf("the log has no stack with incident %s", incident)
}

func TestANewStoreCanBeChosenWhenTheOldOneIsDead(t *testing.T) {
	t.Parallel()
	s, store, _ := frailSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	for _, how := range []string{"fails", "hangs"} {
		store.reads.set(how)
		store.writes.set(how)
		l.set("store", "memory")
		c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
		store.reads.set("")
		store.writes.set("")
		l.set("store", "sqlite")
	}
}

func TestABenchIsLeftWhileItsStoreIsDead(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"fails", "hangs"} {
		for _, way := range []string{"/en/lab/new", "/en/lab/end"} {
			t.Run(way+" "+how, func(t *testing.T) {
				t.Parallel()
				s, store, _ := frailSite(t)
				l := s.learner()
				c := s.curl()
				c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
				store.reads.set(how)
				store.writes.set(how)
				l.Post(way).Want(303)
				mustBeAskedInTime(t, &store.reads, &store.writes)
				store.reads.set("")
				store.writes.set("")
				c.Get(l.app + "me").Want(404) // so it leads to no record that may be left
				var b benchJSON
				if l.Get("/en/lab").Want(200).JSON(&b); b.Bench == l.bench {
					t.Error("the learner still has the bench")
				}
			})
		}
	}
}

// A page shows what there is, whether or not it can be noted that it was looked at.
func TestWhoOnlyLooksNeedsNoWrite(t *testing.T) {
	for _, how := range []string{"fails", "full", "hangs"} {
		s, _, state := frailSite(t)
		l := s.learner()
		s.curl().Post(l.app+"set", "key", "colour", "value", "teal").Want(200)
		state.uses.set(how)
		s.clock.Advance(2 * time.Hour) // so that there is something to note
		if body := l.With("Accept", "text/html").Get("/en/lab").Want(200).Body; !strings.Contains(body, "teal") {
			t.Errorf("where noting %s, the page does not show the step", how)
		}
		l.Get("/en/lab/steps/1").Want(200)
	}
}
