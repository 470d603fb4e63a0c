package sessiontest

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// A renewing is a [session.Store] over a backend, asked as browsers do.
type renewing struct {
	*try
	store *session.Store
}

func (t *try) renewing() renewing {
	opt := session.DefaultOptions()
	opt.Now, opt.RenewGrace = t.clock.Now, 10*time.Second
	return renewing{t, session.New(t.backend, opt)}
}

// update answers a request that brings a cookie, and returns the cookie that the
// client has then.
func (t renewing) update(cookie string, change func(*sessions.Session) error) (string, error) {
	r := httptest.NewRequestWithContext(t.ctx, "POST", "/", nil)
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: "session", Value: cookie})
	}
	w := httptest.NewRecorder()
	err := t.store.Update(w, r, "session", change)
	for _, c := range w.Result().Cookies() {
		cookie = c.Value
	}
	return cookie, err
}

func setting(key string) func(*sessions.Session) error {
	return func(s *sessions.Session) error { session.Set(s, key, key); return nil }
}

func loggingIn(s *sessions.Session) error {
	return session.LogIn(context.Background(), s, "user", "momo")
}

// holds checks which values a cookie leads to.
func (t renewing) holds(cookie string, keys ...string) {
	t.Helper()
	if _, err := t.update(cookie, func(s *sessions.Session) error {
		if len(s.Values) != len(keys) {
			t.Errorf("the session is %v; want the keys %q", s.Values, keys)
		}
		for _, key := range keys {
			if _, ok := s.Values[key]; !ok {
				t.Errorf("the session is %v; want the key %q in it", s.Values, key)
			}
		}
		return nil
	}); err != nil {
		t.Errorf("Update = %v; want nil", err)
	}
}

func lateRequests(t *try) {
	s := t.renewing()
	old, err := s.update("", setting("cart"))
	if err != nil {
		t.Fatalf("Update = %v; want nil", err)
	}
	renewed, err := s.update(old, loggingIn)
	if err != nil || renewed == old {
		t.Fatalf("a log-in = %v, with the id %q; want nil, and another than %q", err, renewed, old)
	}
	s.holds(old)
	if cookie, err := s.update(old, setting("late")); !errors.Is(err, session.ErrRenewed) || cookie != old {
		t.Errorf("a late change = %v, with the id %q; want %v, and no cookie", err, cookie, session.ErrRenewed)
	}
	if cookie, err := s.update(old, loggingIn); err != nil || cookie != renewed {
		t.Errorf("a late log-in = %v, with the id %q; want nil, and %q", err, cookie, renewed)
	}
	s.holds(renewed, "cart", "user")
	t.clock.Advance(10 * time.Second)
	s.holds(old)
	if cookie, err := s.update(old, loggingIn); err != nil || cookie == old || cookie == renewed {
		t.Errorf("a log-in after the grace = %v, with the id %q; want nil, and a new one", err, cookie)
	}
	s.holds(renewed, "cart", "user")
}

func concurrentLogIns(t *try) {
	s := t.renewing()
	old, err := s.update("", setting("cart"))
	if err != nil {
		t.Fatalf("Update = %v; want nil", err)
	}
	var opened sync.WaitGroup // by each request, before any is saved
	opened.Add(20)
	got := make([]string, 20)
	t.together(len(got), func(i int) {
		first := true
		cookie, err := s.update(old, func(s *sessions.Session) error {
			if first {
				first = false
				opened.Done()
				opened.Wait()
			}
			return loggingIn(s)
		})
		if err != nil {
			t.Errorf("a log-in = %v; want nil", err)
		}
		got[i] = cookie
	})
	for _, cookie := range got {
		if cookie != got[0] || cookie == old {
			t.Fatalf("log-ins at once end with the ids %q; want one, and not %q", got, old)
		}
	}
	s.holds(got[0], "cart", "user")
	s.holds(old)
}
