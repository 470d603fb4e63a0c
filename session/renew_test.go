package session_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

func login(s *sessions.Session) error {
	session.Renew(s)
	session.Set(s, "uname", "momo")
	return nil
}

func TestRenewMovesTheSessionToANewID(t *testing.T) {
	for name, adjust := range map[string]func(*session.Options){"unsigned": nil, "signed": signed} {
		t.Run(name, func(t *testing.T) { testRenew(t, newSite(t, adjust)) })
	}
}

func testRenew(t *testing.T, st *site) {
	st.update(set("cart", "book"))
	old, before := st.cookie(), st.records()
	st.clock.advance(time.Minute)
	st.update(login)
	if st.cookie() == old {
		t.Error("the id is the old one")
	}
	if got := st.values(); got["uname"] != "momo" || got["cart"] != "book" {
		t.Errorf("values = %v; want uname and cart", got)
	}
	if got := st.values(old); len(got) != 0 {
		t.Errorf("the old id opens %v; want nothing", got)
	}
	for key, rec := range st.records() {
		for oldKey, oldRec := range before {
			if key == oldKey || !rec.Created.Equal(oldRec.Created) {
				t.Errorf("record %q of %v; want another than %q, of %v", key, rec.Created, oldKey, oldRec.Created)
			}
		}
	}
}

func TestRenewAloneIsAChange(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	old := st.cookie()
	st.update(do(session.Renew))
	if st.cookie() == old || len(st.records()) != 1 {
		t.Errorf("cookie %q, %d records; want another than %q, and 1", st.cookie(), len(st.records()), old)
	}
}

func TestRenewOfANewSessionMakesOneID(t *testing.T) {
	st := newSite(t, nil)
	st.update(login)
	if len(st.records()) != 1 {
		t.Errorf("%d records; want 1", len(st.records()))
	}
	if line := setCookie(t, newSite(t, nil).update(do(session.Renew))); line != "" {
		t.Errorf("Renew of an empty session: Set-Cookie = %q; want none", line)
	}
}

func TestRenewTwiceInOneRequestLeavesOneRecord(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		for range 2 {
			if err := st.store.Update(w, r, "session", login); err != nil {
				t.Error(err)
			}
		}
	})
	setCookie(t, resp)
	if got := st.values()["uname"]; got != "momo" || len(st.records()) != 1 {
		t.Errorf("uname = %v, %d records; want momo, 1", got, len(st.records()))
	}
}

// late opens the session of a request, lets meanwhile happen, and saves.
func late(st *site, cookie string, change func(*sessions.Session) error, meanwhile func()) (http.Header, error) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", cookie)
	w := httptest.NewRecorder()
	s, err := st.store.Get(r, "session")
	if err != nil {
		return nil, err
	}
	meanwhile()
	if err := change(s); err != nil {
		return nil, err
	}
	err = s.Save(r, w)
	return w.Header(), err
}

func TestLateSaveRevivesNothing(t *testing.T) {
	for name, end := range map[string]func(*sessions.Session) error{
		"logged out":         do(session.Clear),
		"renewed":            do(session.Renew),
		"renewed and logged": login,
	} {
		for what, change := range map[string]func(*sessions.Session) error{
			"change": set("late", true), "renewal": do(session.Renew),
		} {
			t.Run(name+" before "+what, func(t *testing.T) {
				st := newSite(t, nil)
				st.update(set("n", 1))
				cookie := st.cookie()
				h, err := late(st, cookie, change, func() { st.update(end) })
				if !errors.Is(err, session.ErrConflict) {
					t.Errorf("late Save = %v; want ErrConflict", err)
				}
				if got := h.Get("Set-Cookie"); got != "" {
					t.Errorf("Set-Cookie = %q; want none", got)
				}
				if got := st.values(cookie); len(got) != 0 {
					t.Errorf("the old id opens %v; want nothing", got)
				}
				for key, rec := range st.records() {
					if key != st.store.Key(st.cookie()[len("session="):]) {
						t.Errorf("record %q of %q was left behind", key, rec.Values)
					}
				}
			})
		}
	}
}

func TestLateRefreshSendsNoCookie(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("_permanent", true))
	h, err := late(st, st.cookie(), read, func() { st.update(login) })
	if err != nil || h.Get("Set-Cookie") != "" {
		t.Errorf("late Save = %v, Set-Cookie %q; want neither", err, h.Get("Set-Cookie"))
	}
}

func TestLogOutWinsOverAConcurrentChange(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	_, err := late(st, st.cookie(), do(session.Clear), func() { st.update(set("n", 1)) })
	if err != nil || len(st.records()) != 0 {
		t.Errorf("Save = %v, records %v; want neither", err, st.records())
	}
}

func TestOfConcurrentRenewalsOneWins(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("uname", "momo"))
	cookie := st.cookie()
	var opened, done sync.WaitGroup
	var won atomic.Int32
	opened.Add(20)
	for range 20 {
		done.Go(func() {
			_, err := late(st, cookie, do(session.Renew), func() { opened.Done(); opened.Wait() })
			switch {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, session.ErrConflict):
				t.Errorf("Save = %v; want ErrConflict", err)
			}
		})
	}
	done.Wait()
	if n := len(st.records()); won.Load() != 1 || n != 1 {
		t.Errorf("%d won, %d records; want one", won.Load(), n)
	}
}
