package session_test

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// plain answers a request as programs written for gorilla's own stores do.
func (st *site) plain(change func(*sessions.Session)) *http.Response {
	st.t.Helper()
	return st.handle(func(w http.ResponseWriter, r *http.Request) {
		s, err := st.store.Get(r, "session")
		if err != nil {
			st.t.Errorf("Get = %v", err)
		}
		change(s)
		if err := sessions.Save(r, w); err != nil {
			st.t.Errorf("Save = %v", err)
		}
	})
}

func TestGetTwiceIsTheSameSession(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	before := st.cookie()
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		first, _ := st.store.Get(r, "session")
		session.Set(first, "m", 2)
		second, err := st.store.Get(r, "session")
		if first != second || err != nil || second.IsNew || second.ID == "" {
			t.Errorf("second Get = %+v, %v; want the first, %+v", second, err, first)
		}
		if err := second.Save(r, w); err != nil {
			t.Error(err)
		}
		if third, _ := st.store.Get(r.Clone(r.Context()), "session"); third != first {
			t.Error("Get with a clone of the request gives another session")
		}
	})
	if got := st.values(); len(got) != 2 || st.cookie() != before || len(st.records()) != 1 {
		t.Errorf("values = %v, cookie = %q; want n and m under %q", got, st.cookie(), before)
	}
}

func TestPlainAssignmentIsAChangeIfItMakesOne(t *testing.T) {
	st := newSite(t, nil)
	if line := setCookie(t, st.plain(func(s *sessions.Session) { s.Values["n"] = 1 })); line == "" {
		t.Error("first value: no Set-Cookie")
	}
	if line := setCookie(t, st.plain(func(s *sessions.Session) { s.Values["n"] = 1 })); line != "" {
		t.Errorf("equal value: Set-Cookie = %q; want none", line)
	}
	st.plain(func(s *sessions.Session) { s.Values["n"] = 2 })
	if got := st.values()["n"]; got != int64(2) {
		t.Errorf("n = %v; want 2", got)
	}
}

func TestReadingWhatAStructWroteIsNoChange(t *testing.T) {
	st := newSite(t, nil)
	st.plain(func(s *sessions.Session) { s.Values["user"] = struct{ Name, Aim string }{"momo", "read"} })
	if line := setCookie(t, st.plain(func(*sessions.Session) {})); line != "" {
		t.Errorf("Set-Cookie = %q; want none", line)
	}
}

func TestMaxAge(t *testing.T) {
	st := newSite(t, nil)
	line := setCookie(t, st.plain(func(s *sessions.Session) { s.Values["n"] = 1; s.Options.MaxAge = 0 }))
	if strings.Contains(line, "Expires") || len(st.records()) != 1 {
		t.Errorf("0: Set-Cookie = %q, %d records; want a browser-session cookie and a record", line, len(st.records()))
	}
	line = setCookie(t, st.plain(func(s *sessions.Session) {
		s.Values["n"] = 2
		s.Options = &sessions.Options{Path: "/", MaxAge: 60}
	}))
	if want := "; Expires=Sun, 06 May 2091 07:09:09 GMT; Path=/"; !strings.HasSuffix(line, want) {
		t.Errorf("60: Set-Cookie = %q; want %q at its end", line, want)
	}
	cookie := st.cookie()
	st.clock.advance(time.Minute - time.Millisecond)
	if got := st.values(cookie)["n"]; got != int64(2) {
		t.Errorf("before MaxAge: n = %v; want 2", got)
	}
	st.clock.advance(time.Millisecond)
	if got := st.values(cookie); len(got) != 0 {
		t.Errorf("the server takes the cookie after its MaxAge: %v", got)
	}

	st.update(set("n", 3))
	cookie = st.cookie()
	line = setCookie(t, st.plain(func(s *sessions.Session) { s.Options.MaxAge = -1 }))
	if !strings.HasPrefix(line, "session=; Expires=Thu, 01 Jan 1970") || len(st.values(cookie)) != 0 {
		t.Errorf("-1: Set-Cookie = %q, values %v; want neither cookie nor record", line, st.values(cookie))
	}
}

func TestMaxAgeEqualToTheLifetimeCounts(t *testing.T) {
	st := newSite(t, func(o *session.Options) { o.Lifetime = time.Hour; o.Cookie.MaxAge = 5 })
	line := setCookie(t, st.plain(func(s *sessions.Session) {
		if s.Options.MaxAge != 0 {
			t.Errorf("MaxAge = %d at first; want 0", s.Options.MaxAge)
		}
		s.Values["n"] = 1
		s.Options.MaxAge = 3600
	}))
	if !strings.Contains(line, "Expires=Sun, 06 May 2091 08:08:09 GMT") {
		t.Errorf("Set-Cookie = %q; want it to expire in an hour", line)
	}
	line = setCookie(t, st.plain(func(s *sessions.Session) { s.Values["n"] = 2; s.Options.MaxAge = 1 << 60 }))
	if !strings.Contains(line, "Expires=Mon, 09 Jun 2092") { // 400 days, as browsers have it
		t.Errorf("Set-Cookie = %q; want it to expire in 400 days", line)
	}
}

func TestFlashesOfStringsWork(t *testing.T) {
	st := newSite(t, nil)
	st.plain(func(s *sessions.Session) { s.AddFlash("saved"); s.AddFlash("twice", "info") })
	st.plain(func(s *sessions.Session) { s.AddFlash("again") })
	var got []any
	line := setCookie(t, st.plain(func(s *sessions.Session) { got = append(s.Flashes(), s.Flashes("info")...) }))
	if want := []any{"saved", "again", "twice"}; !reflect.DeepEqual(got, want) {
		t.Errorf("Flashes = %q; want %q", got, want)
	}
	if !strings.HasPrefix(line, "session=;") || len(st.records()) != 0 {
		t.Errorf("with the last flash read: Set-Cookie = %q, %d records; want the session to end", line, len(st.records()))
	}
}

func TestRegistryMayBeAskedForAnOpenedSession(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	before := st.cookie()
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		s, _ := st.store.Get(r, "session")
		if fresh, err := s.Store().New(r, "session"); fresh == s || err != nil {
			t.Errorf("New = %p, %v; want another than %p", fresh, err, s)
		}
		if second, err := st.store.Get(r, "session"); second != s || err != nil {
			t.Errorf("Get after New = %p, %v; want %p", second, err, s)
		}
		again, err := sessions.GetRegistry(r).Get(st.store, "session")
		if again != s || err != nil {
			t.Errorf("the registry has %p, %v; want %p", again, err, s)
		}
		s.Values["n"] = 2
		session.Renew(s)
		if err := s.Save(r, w); err != nil {
			t.Error(err)
		}
	})
	if got := st.values()["n"]; got != int64(2) || st.cookie() == before || len(st.records()) != 1 {
		t.Errorf("n = %v, cookie %q, %d records; want 2, another than %q, 1", got, st.cookie(), len(st.records()), before)
	}
}

func TestSessionOpenedPastTheStoreIsNotSavedAgain(t *testing.T) {
	st := newSite(t, nil)
	st.update(set("n", 1))
	st.handle(func(w http.ResponseWriter, r *http.Request) {
		s, err := sessions.GetRegistry(r).Get(st.store, "session")
		if err != nil || s.Values["n"] != int64(1) {
			t.Errorf("the registry has %v, %v; want n", s, err)
		}
		if err := s.Save(r, w); err == nil {
			t.Error("Save = nil; want an error")
		}
		if s, err := st.store.Get(r, "session"); s == nil || err == nil {
			t.Errorf("Get = %v, %v; want a session and an error", s, err)
		}
	})
	if len(st.records()) != 1 {
		t.Errorf("%d records; want 1", len(st.records()))
	}
}

func TestSessionThatNobodyOpenedIsStoredAsNew(t *testing.T) {
	st := newSite(t, nil)
	s := sessions.NewSession(st.store, "session")
	session.Set(s, "n", 1)
	session.Renew(s)
	w := httptest.NewRecorder()
	if err := st.store.Save(httptest.NewRequest("GET", "/", nil), w, s); err != nil {
		t.Fatal(err)
	}
	if got := st.values(strings.Split(w.Header().Get("Set-Cookie"), ";")[0])["n"]; got != int64(1) {
		t.Errorf("n = %v; want 1", got)
	}
}

func TestSessionOfAnotherStoreIsRefused(t *testing.T) {
	st := newSite(t, nil)
	for name, other := range map[string]sessions.Store{
		"ours":      session.New(st.memory, st.options),
		"gorilla's": sessions.NewCookieStore(oldKey),
	} {
		r := httptest.NewRequest("GET", "/", nil)
		if _, err := other.Get(r, "session"); err != nil {
			t.Fatal(err)
		}
		s, err := st.store.Get(r, "session")
		if s == nil || err == nil || st.store.Save(r, httptest.NewRecorder(), s) == nil {
			t.Errorf("Get of a name that is %s = %v, %v; want an error", name, s, err)
		}
	}
	if s, err := st.store.Get(httptest.NewRequest("GET", "/", nil), "no name"); s == nil || err == nil {
		t.Errorf("Get of an impossible name = %v, %v; want a session and an error", s, err)
	}
}

func TestNewPanicsWithoutWhatItNeeds(t *testing.T) {
	for name, spoil := range map[string]func(*session.Options){
		"clock":      func(o *session.Options) { o.Now = nil },
		"randomness": func(o *session.Options) { o.Rand = nil },
		"lifetime":   func(o *session.Options) { o.Lifetime = 0 },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("New did not panic")
				}
			}()
			opt := session.DefaultOptions()
			spoil(&opt)
			session.New(nil, opt)
		})
	}
}
