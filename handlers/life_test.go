package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// both runs a test over each store.
func both(t *testing.T, f func(*testing.T, *site, *learner)) {
	for _, store := range []string{"memory", "sqlite"} {
		t.Run(store, func(t *testing.T) {
			s := newSite(t)
			l := s.learner()
			l.set("store", store)
			f(t, s, l)
		})
	}
}

func TestReadingAnEmptySessionSetsNoCookieAndStoresNoSession(t *testing.T) {
	both(t, func(t *testing.T, s *site, l *learner) {
		c := s.curl()
		for _, path := range []string{"me", "get?key=a", "getSession/", "nowhere"} {
			a := c.Get(l.app + path)
			if got := a.Header["Set-Cookie"]; got != nil {
				t.Errorf("GET /%s: Set-Cookie = %q; want none", path, got)
			}
		}
		c.Post(l.app+"pop", "key", "a").Want(404)
		c.Post(l.app+"login", "uname", "momo", "pwd", "no").Want(401)
		if n := s.count("sessions"); n != 0 {
			t.Errorf("%d sessions are stored; want none", n)
		}
		for _, recorded := range l.steps() {
			if recorded.Cookie != step.Unchanged || recorded.Record != step.Unchanged {
				t.Errorf("step %d changed cookie %q, record %q", recorded.N, recorded.Cookie, recorded.Record)
			}
		}
	})
}

func TestPermanentSessionsHaveTheLifetimeAsExpires(t *testing.T) {
	for _, tt := range []struct {
		setting string
		want    time.Duration
	}{{"", 31 * 24 * time.Hour}, {"10s", 10 * time.Second}, {"2h", 2 * time.Hour}, {"1d12h", 36 * time.Hour}, {"400d", 400 * 24 * time.Hour}} {
		s := newSite(t)
		l := s.learner()
		if tt.setting != "" {
			l.set("lifetime", tt.setting)
		}
		c := s.curl()
		a := c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
		if line := a.SetCookie(step.CookieName); strings.Contains(line, "Expires") || strings.Contains(line, "Max-Age") {
			t.Errorf("lifetime %q: not permanent, yet %q", tt.setting, line)
		}
		a = c.Post(l.app+"permanent", "on", "true").Want(200)
		want := "; Expires=" + s.clock.Now().Add(tt.want).UTC().Format(http.TimeFormat) + "; "
		if line := a.SetCookie(step.CookieName); !strings.Contains(line, want) || strings.Contains(line, "Max-Age") {
			t.Errorf("lifetime %q: permanent is %q; want %q", tt.setting, line, want)
		}
		a = c.Post(l.app+"permanent", "on", "false").Want(200)
		if line := a.SetCookie(step.CookieName); line == "" || strings.Contains(line, "Expires") {
			t.Errorf("lifetime %q: permanent off is %q", tt.setting, line)
		}
	}
}

func TestTheServerRefusesACookiePastTheLifetime(t *testing.T) {
	both(t, func(t *testing.T, s *site, l *learner) {
		l.set("lifetime", "10s")
		for _, permanent := range []string{"true", "false"} {
			c := s.curl()
			c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			c.Post(l.app+"permanent", "on", permanent).Want(200)
			old := s.carrying("session=" + sessionCookie(c, l.app)) // a client that never lets go
			s.clock.Advance(10*time.Second - time.Millisecond)
			old.Get(l.app + "getSession/").Want(200)
			if permanent == "true" { // that was a refresh
				s.clock.Advance(10*time.Second - time.Millisecond)
				old.Get(l.app + "me").Want(200)
				s.clock.Advance(10 * time.Second)
			} else {
				s.clock.Advance(time.Millisecond)
			}
			a := old.Get(l.app + "me").Want(401)
			if got := a.Header["Set-Cookie"]; got != nil {
				t.Errorf("permanent %s, expired: Set-Cookie = %q; want none", permanent, got)
			}
			steps := l.steps()
			recorded := l.step(steps[len(steps)-1].N)
			if !hasKind(recorded, step.SessionExpired) {
				t.Errorf("permanent %s: events %v do not tell of the expiry", permanent, kinds(recorded))
			}
		}
	})
}

func hasKind(recorded *step.Step, kind step.Kind) bool {
	for _, k := range kinds(recorded) {
		if k == kind {
			return true
		}
	}
	return false
}

func TestLogInReplacesTheIDAndTheOldOneIsDead(t *testing.T) {
	both(t, func(t *testing.T, s *site, l *learner) {
		c := s.curl()
		c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
		old := sessionCookie(c, l.app)
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		renewed := sessionCookie(c, l.app)
		if renewed == old || renewed == "" {
			t.Fatalf("the cookie is %q after %q", renewed, old)
		}
		got := op(t, s.carrying("session="+old).Get(l.app+"get?key=a"), 200)
		if got.Result != nil || len(got.Session) != 0 {
			t.Errorf("the old cookie finds %v", got.Session)
		}
		if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" || got.Session["a"] != "b" {
			t.Errorf("the new cookie finds %v", got.Session)
		}
		// Nor can the dead id be revived by what is done with it.
		s.clock.Advance(lab.RenewGrace)
		a := s.carrying("session="+old).Post(l.app+"set", "key", "x", "value", "y").Want(200)
		if line := a.SetCookie(step.CookieName); line == "" || strings.HasPrefix(line, "session="+old) {
			t.Errorf("the dead id was adopted: %q", line)
		}
	})
}

func TestLogOutAndClearKillTheRecord(t *testing.T) {
	for _, path := range []string{"logout", "clear"} {
		both(t, func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			copied := s.carrying("session=" + sessionCookie(c, l.app))
			copied.Get(l.app + "me").Want(200)
			c.Post(l.app + path).Want(200)
			if sessionCookie(c, l.app) != "" {
				t.Errorf("%s left a cookie", path)
			}
			if got := op(t, copied.Get(l.app+"me"), 401); len(got.Session) != 0 {
				t.Errorf("after %s a copied cookie finds %v", path, got.Session)
			}
			if n := s.count("sessions"); n != 0 {
				t.Errorf("after %s there are %d records", path, n)
			}
		})
	}
}
