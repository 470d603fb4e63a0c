package session_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

func logIn(user string) func(*sessions.Session) error {
	return func(s *sessions.Session) error { return session.LogIn(context.Background(), s, "uname", user) }
}

// renewedSite is a site on which momo, who had a cart, has logged in: so the cookie
// that is returned is a moment old.
func renewedSite(t *testing.T, adjust func(*session.Options)) (st *site, old string) {
	t.Helper()
	st = newSite(t, adjust)
	st.update(set("cart", "book"))
	old = st.cookie()
	st.update(logIn("momo"))
	if st.cookie() == old {
		t.Fatal("the log-in did not renew the id")
	}
	return st, old
}

// mustHold fails the test unless the cookie that the browser has opens the session.
func (st *site) mustHold(cookie string) {
	st.t.Helper()
	if got := st.values(cookie); got["cart"] != "book" || got["uname"] != "momo" {
		st.t.Errorf("%s opens %v; want momo's cart", cookie, got)
	}
}

// sent is the cookie that the header sets, as name=value.
func sent(h http.Header) string {
	cookie, _, _ := strings.Cut(h.Get("Set-Cookie"), ";")
	return cookie
}

var kindsOfOptions = map[string]func(*session.Options){
	"plain": nil, "signed": signed, "hashed": func(o *session.Options) { o.HashID = true }, "idle": func(o *session.Options) { o.Idle = time.Hour },
}

func TestALateLogInOfTheSameUserFindsTheSession(t *testing.T) {
	for name, adjust := range kindsOfOptions {
		t.Run(name, func(t *testing.T) {
			st, old := renewedSite(t, adjust)
			st.clock.advance(9 * time.Second)
			resp := st.update(logIn("momo"), old)
			if got := sent(resp.Header); got != st.cookie() {
				t.Errorf("the late log-in got %q; want %q, as the first", got, st.cookie())
			}
			st.mustHold(st.cookie())
			if got := st.values(old); len(got) != 0 {
				t.Errorf("the old id opens %v", got)
			}
		})
	}
}

// Both have opened the session before either is saved.
func TestOfTwoLogInsUnderWayBothFindTheSession(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("cart", "book"))
	old, runs := st.cookie(), 0
	resp := st.update(func(s *sessions.Session) error {
		if runs++; runs == 1 {
			if h, err := late(st, old, logIn("momo"), func() {}); err != nil || sent(h) == old {
				t.Errorf("the first log-in = %v, %q", err, sent(h))
			}
		}
		return logIn("momo")(s)
	})
	if runs != 2 || sent(resp.Header) == old {
		t.Errorf("%d runs, Set-Cookie %q; want 2, and a new id", runs, sent(resp.Header))
	}
	st.mustHold(st.cookie())
	if n := len(st.records()); n != 1 {
		t.Errorf("%d sessions; want the one", n)
	}
}

func TestALateLogInFollowsARenewalOfARenewal(t *testing.T) {
	st, old := renewedSite(t, nil)
	st.update(logIn("momo"))
	if got := sent(st.update(logIn("momo"), old).Header); got != st.cookie() {
		t.Errorf("the late log-in got %q; want %q, which is the latest", got, st.cookie())
	}
	st.mustHold(st.cookie())
}

// A late log-in that another request overtakes once more keeps the id that the
// browser has, and loses nothing.
func TestALateLogInThatIsOvertakenRenewsNothing(t *testing.T) {
	st, old := renewedSite(t, nil)
	first := true
	resp := st.update(func(s *sessions.Session) error {
		err := logIn("momo")(s)
		if first {
			first = false
			if _, err := late(st, st.cookie(), set("colour", "teal"), func() {}); err != nil {
				t.Error(err)
			}
		}
		return err
	}, old)
	if got := sent(resp.Header); got != st.cookie() {
		t.Errorf("the late log-in got %q; want %q", got, st.cookie())
	}
	if got := st.values()["colour"]; got != "teal" {
		t.Errorf("colour = %v; want teal, which was acknowledged", got)
	}
	st.mustHold(st.cookie())
}

func TestALateLogInKeepsWhatItsRequestAdded(t *testing.T) {
	st, old := renewedSite(t, nil)
	st.update(func(s *sessions.Session) error {
		session.Set(s, "from", "the form")
		return logIn("momo")(s)
	}, old)
	if got := st.values()["from"]; got != "the form" {
		t.Errorf("from = %v; want what was set before LogIn", got)
	}
	st.mustHold(st.cookie())
}

// Whoever merely knows the old id, as who planted it does, learns nothing, changes
// nothing and gets no cookie; nor does the browser whose request was late.
func TestALateRequestFindsNothingAndSavesNothing(t *testing.T) {
	for what, change := range map[string]func(*sessions.Session) error{
		"set": set("n", 1), "permanent": set("_permanent", true), "log-out": do(session.Clear), "renewal": do(session.Renew),
		"delete":                do(func(s *sessions.Session) { s.Options.MaxAge = -1 }),
		"log-in of another":     logIn("mallory"),
		"log-in of nobody":      logIn(""),
		"renewal without LogIn": login,
		"clear and set":         func(s *sessions.Session) error { session.Clear(s); return set("n", 1)(s) },
		"assignment":            func(s *sessions.Session) error { s.Values["n"] = 1; return nil },
	} {
		for name, adjust := range kindsOfOptions {
			t.Run(what+", "+name, func(t *testing.T) {
				st, old := renewedSite(t, adjust)
				before := st.records()
				resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
					seen := 0
					err := st.store.Update(w, r, "session", func(s *sessions.Session) error {
						seen = len(s.Values)
						err := change(s)
						if _, leaked := s.Values["cart"]; leaked {
							t.Error("the session that LogIn looked at is in the request's")
						}
						return err
					})
					if seen != 0 || what == "renewal" && err != nil || what != "renewal" && !errors.Is(err, session.ErrRenewed) {
						t.Errorf("Update = %v, of a session with %d values; want ErrRenewed, of an empty one", err, seen)
					}
				}, old)
				if line := setCookie(t, resp); line != "" {
					t.Errorf("Set-Cookie = %q; want none", line)
				}
				for key, rec := range before {
					if now := st.records(); len(now) != 1 || now[key].Version != rec.Version || string(now[key].Values) != string(rec.Values) {
						t.Errorf("records %v; want %v", now, before)
					}
				}
			})
		}
	}
}

func TestALateReadSetsNoCookie(t *testing.T) {
	st, old := renewedSite(t, nil)
	for what, change := range map[string]func(*sessions.Session) error{"read": read, "nothing": nil} {
		if line := setCookie(t, st.update(change, old)); line != "" {
			t.Errorf("%s: Set-Cookie = %q; want none", what, line)
		}
	}
}

func TestAfterTheGraceTheOldIDIsLikeAnyOther(t *testing.T) {
	for what, change := range map[string]func(*sessions.Session) error{"log-in": logIn("momo"), "set": set("n", 1)} {
		st, old := renewedSite(t, nil)
		st.clock.advance(10 * time.Second)
		resp := st.update(change, old)
		if got := sent(resp.Header); got == "" || got == old || got == st.cookie() {
			t.Errorf("%s got %q; want a new id", what, got)
		}
		if got := st.values(sent(resp.Header)); got["cart"] != nil {
			t.Errorf("%s found %v", what, got)
		}
		if removed, err := st.memory.Sweep(t.Context(), st.clock.Now()); removed != 1 || err != nil {
			t.Errorf("%s: Sweep = %d, %v; want 1, what stood for the grace", what, removed, err)
		}
		st.mustHold(st.cookie())
	}
}

// What began before the renewal, and saves when the grace is over.
func TestAVeryLateSaveRevivesNothing(t *testing.T) {
	for what, change := range map[string]func(*sessions.Session) error{"set": set("n", 1), "log-in": logIn("momo"), "renewal": do(session.Renew)} {
		st := newSite(t, nil)
		st.update(set("cart", "book"))
		old := st.cookie()
		h, err := late(st, old, change, func() {
			st.update(logIn("momo"))
			st.clock.advance(time.Minute)
		})
		if !errors.Is(err, session.ErrConflict) || h.Get("Set-Cookie") != "" || len(st.values(old)) != 0 || len(st.records()) != 1 {
			t.Errorf("%s: Save = %v, cookie %q, the old id opens %v", what, err, h.Get("Set-Cookie"), st.values(old))
		}
	}
}

func TestALateLogInAfterTheLogOutStartsAnew(t *testing.T) {
	st, old := renewedSite(t, nil)
	st.update(do(session.Clear))
	resp := st.update(logIn("momo"), old)
	if got := st.values(sent(resp.Header)); len(got) != 1 || got["uname"] != "momo" {
		t.Errorf("the late log-in has %v; want momo alone", got)
	}
}

func TestAStoreThatCannotTellFailsTheLateLogIn(t *testing.T) {
	st, old := renewedSite(t, nil)
	backend := &flaky{Backend: st.memory}
	st.store = session.New(backend, st.options)
	resp := st.handle(func(w http.ResponseWriter, r *http.Request) {
		err := st.store.Update(w, r, "session", func(s *sessions.Session) error {
			backend.down = "load"
			return logIn("momo")(s)
		})
		if failed := (*session.Error)(nil); !errors.As(err, &failed) || !errors.Is(err, errDown) {
			t.Errorf("Update = %v; want an *Error of %v", err, errDown)
		}
	}, old)
	if line := setCookie(t, resp); line != "" {
		t.Errorf("Set-Cookie = %q; want none", line)
	}
}

func TestWithoutGraceTheRecordIsDeletedAtOnce(t *testing.T) {
	st, old := renewedSite(t, func(o *session.Options) { o.RenewGrace = 0 })
	if usage, err := st.memory.Usage(t.Context(), "", st.clock.Now()); usage.Sessions != 1 || err != nil {
		t.Errorf("Usage = %+v, %v; want 1 record", usage, err)
	}
	if got := sent(st.update(logIn("momo"), old).Header); got == "" || got == st.cookie() {
		t.Errorf("a late log-in got %q; want a session of its own", got)
	}
}

// Whoever steals a store with hashed ids has no cookie: neither the old nor the new.
func TestWhatStandsForTheGraceTellsNoID(t *testing.T) {
	st, old := renewedSite(t, func(o *session.Options) { o.HashID = true })
	forwards := 0
	err := st.memory.Range(t.Context(), "", st.clock.Now(), func(key string, rec session.Record) bool {
		if rec.Forwards() {
			forwards++
		}
		for _, cookie := range []string{old, st.cookie()} {
			if _, id, _ := strings.Cut(cookie, "="); strings.Contains(key+string(rec.Values), id) {
				t.Errorf("%s = %s tells the id %s", key, rec.Values, id)
			}
		}
		return true
	})
	if forwards != 1 || err != nil {
		t.Errorf("%d forwards, %v; want 1", forwards, err)
	}
}

func TestATraceIsToldThatTheIDWasRenewed(t *testing.T) {
	st, old := renewedSite(t, nil)
	var loaded error
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		trace := &session.Trace{LoadDone: func(i session.LoadInfo) { loaded = i.Err }}
		if _, err := st.store.Get(r.WithContext(session.WithTrace(r.Context(), trace)), "session"); err != nil {
			t.Error(err)
		}
	}, old)
	if !errors.Is(loaded, session.ErrRenewed) || !errors.Is(loaded, session.ErrNotFound) {
		t.Errorf("LoadDone told of %v; want what is both ErrRenewed and ErrNotFound", loaded)
	}
}
