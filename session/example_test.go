package session_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// serve answers one request and returns the answer.
func serve(h http.HandlerFunc, cookies ...*http.Cookie) *http.Response {
	r := httptest.NewRequest("GET", "/", nil)
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h(w, r)
	return w.Result()
}

// A Store is used as any other of gorilla's: Get, change the values, Save before
// the body is written.
func Example() {
	store := session.New(session.NewMemory(), session.DefaultOptions())

	handler := func(w http.ResponseWriter, r *http.Request) {
		s, err := store.Get(r, "session")
		if err != nil { // the backend cannot answer: nobody is logged out
			http.Error(w, "sessions are unavailable", http.StatusServiceUnavailable)
			return
		}
		visits, _ := s.Values["visits"].(int64)
		s.Values["visits"] = visits + 1
		if err := s.Save(r, w); err != nil {
			http.Error(w, "not saved", http.StatusServiceUnavailable)
			return
		}
		fmt.Println("visit", visits+1)
	}

	first := serve(handler)
	serve(handler, first.Cookies()...)
	// Output:
	// visit 1
	// visit 2
}

// Update opens, changes and saves a session, and tries again if another request
// was faster. A log-in renews the id.
func ExampleStore_Update() {
	store := session.New(session.NewMemory(), session.DefaultOptions())

	login := func(w http.ResponseWriter, r *http.Request) {
		err := store.Update(w, r, "session", func(s *sessions.Session) error {
			session.Renew(s)
			session.Set(s, "uname", "momo")
			session.SetPermanent(s, true)
			return nil
		})
		fmt.Println("login:", err)
	}
	logout := func(w http.ResponseWriter, r *http.Request) {
		err := store.Update(w, r, "session", func(s *sessions.Session) error {
			session.Clear(s)
			return nil
		})
		fmt.Println("logout:", err)
	}

	cookies := serve(login).Cookies()
	fmt.Println("permanent:", !cookies[0].Expires.IsZero())
	cookies = serve(logout, cookies...).Cookies()
	fmt.Println("deleted:", cookies[0].MaxAge < 0)
	// Output:
	// login: <nil>
	// permanent: true
	// logout: <nil>
	// deleted: true
}

// A trace is put into the request's context before the session is first used.
func ExampleWithTrace() {
	store := session.New(session.NewMemory(), session.DefaultOptions())
	trace := &session.Trace{
		CookieRead: func(c session.CookieInfo) { fmt.Println("cookie found:", c.Found) },
		IDMade:     func(id string) { fmt.Println("id made:", len(id), "characters") },
		SaveDone:   func(s session.SaveInfo) { fmt.Printf("saved: %s, version %d\n", s.Record.Values, s.Record.Version) },
	}

	serve(func(w http.ResponseWriter, r *http.Request) {
		r = r.WithContext(session.WithTrace(r.Context(), trace))
		err := store.Update(w, r, "session", func(s *sessions.Session) error {
			session.Set(s, "uname", "momo")
			return nil
		})
		if err != nil {
			fmt.Println(err)
		}
	})
	// Output:
	// cookie found: false
	// id made: 32 characters
	// saved: {"uname":"momo"}, version 1
}
