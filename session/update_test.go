package session_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

func TestConcurrentUpdatesLoseNothing(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 0))
	const visitors, visits = 100, 100
	var wg sync.WaitGroup
	for range visitors {
		wg.Go(func() {
			for range visits {
				r := httptest.NewRequest("GET", "/", nil)
				r.Header.Set("Cookie", st.cookie())
				if err := st.store.Update(httptest.NewRecorder(), r, "session", count); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := st.values()["n"]; got != int64(visitors*visits) {
		t.Errorf("n = %v; want %d", got, visitors*visits)
	}
}

func TestUpdateStartsFromWhatIsThereNow(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	first := true
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		err := st.store.Update(w, r, "session", func(s *sessions.Session) error {
			if first {
				first = false
				s.Values = map[any]any{"lost": true}
				s.Options = nil
				other := httptest.NewRequest("GET", "/", nil)
				other.Header = r.Header.Clone()
				if err := st.store.Update(httptest.NewRecorder(), other, "session", count); err != nil {
					t.Error(err)
				}
				s.Options = &sessions.Options{MaxAge: 60}
				return nil
			}
			return count(s)
		})
		if err != nil {
			t.Errorf("Update = %v", err)
		}
	})
	if got := st.values(); len(got) != 1 || got["n"] != int64(3) {
		t.Errorf("values = %v; want n 3 alone", got)
	}
}

func TestUpdateAfterLogOutStartsAnew(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo", "n", 5))
	first := true
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		err := st.store.Update(w, r, "session", func(s *sessions.Session) error {
			if first {
				first = false
				other := httptest.NewRequest("GET", "/", nil)
				other.Header = r.Header.Clone()
				if err := st.store.Update(httptest.NewRecorder(), other, "session", do(session.Clear)); err != nil {
					t.Error(err)
				}
			}
			return count(s)
		})
		if err != nil {
			t.Errorf("Update = %v", err)
		}
	})
	setCookie(t, resp)
	if got := st.values(); len(got) != 1 || got["n"] != int64(1) {
		t.Errorf("values = %v; want n 1 alone", got)
	}
}

func TestErrorOfAChangeIsReturnedAndNothingSaved(t *testing.T) {
	errWrong := errors.New("wrong password")
	for _, wrong := range []error{errWrong, session.ErrConflict} {
		st := newSite(t, nil)
		st.update(set("cart", "book", "_permanent", true))
		before := st.cookie()
		resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
			err := st.store.Update(w, r, "session", func(s *sessions.Session) error {
				session.Renew(s)
				session.Clear(s)
				session.Set(s, "uname", "mallory")
				s.Options.MaxAge = -1
				return wrong
			})
			if err != wrong {
				t.Errorf("Update = %v; want %v", err, wrong)
			}
		})
		if line := setCookie(t, resp); line == "" || st.cookie() != before {
			t.Errorf("Set-Cookie = %q; want %q refreshed", line, before)
		}
		if got := st.values(); len(got) != 2 || got["cart"] != "book" {
			t.Errorf("values = %v; want those before", got)
		}
	}
}

func TestErrorOfAChangeCreatesNothing(t *testing.T) {
	st := newSite(t, nil)
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		_ = st.store.Update(w, r, "session", func(s *sessions.Session) error {
			session.Set(s, "uname", "mallory")
			return errors.New("wrong password")
		})
	})
	if line := setCookie(t, resp); line != "" || len(st.records()) != 0 {
		t.Errorf("Set-Cookie = %q, records %v; want neither", line, st.records())
	}
}

func TestUpdateGivesUpWhenTheContextIsDone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		store := session.New(contested{}, session.DefaultOptions())
		r := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
		attempts := 0
		err := store.Update(httptest.NewRecorder(), r, "session", func(s *sessions.Session) error {
			if attempts++; attempts == 50 {
				cancel()
			}
			return count(s)
		})
		var failed *session.Error
		if !errors.As(err, &failed) || !errors.Is(err, context.Canceled) || attempts != 50 {
			t.Errorf("Update = %v after %d attempts; want an *Error of context.Canceled after 50", err, attempts)
		}
	})
}

// A contested backend lets every other request win.
type contested struct{ session.Backend }

func (contested) Save(context.Context, string, session.Record, time.Time) error {
	return session.ErrConflict
}
