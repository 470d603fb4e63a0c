package sessiontest

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorilla/sessions"
)

// A visit is a browser under way in a check: it keeps the cookies it is sent.
type visit struct {
	testing.TB
	store   sessions.Store
	traits  StoreTraits
	cookies map[string]string
}

// request returns the browser's next request.
func (v *visit) request() *http.Request {
	r := httptest.NewRequest(http.MethodGet, "https://example.com/", nil)
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	return r
}

// open gets a session, which must not fail.
func (v *visit) open(r *http.Request, name string) *sessions.Session {
	v.Helper()
	s, err := v.store.Get(r, name)
	if s == nil || err != nil {
		v.Fatalf("Get(%q) = %v, %v; want a session", name, s, err)
	}
	if s.Options == nil {
		v.Fatalf("Get(%q) returns a session without options", name)
	}
	return s
}

// save saves s, and keeps the cookies of the answer. It returns that of s.
func (v *visit) save(r *http.Request, s *sessions.Session) *http.Cookie {
	v.Helper()
	w := httptest.NewRecorder()
	if err := v.store.Save(r, w, s); err != nil {
		v.Fatalf("Save(%q) = %v; want nil", s.Name(), err)
	}
	return v.receive(w)[s.Name()]
}

// receive keeps the cookies of an answer, and returns them.
func (v *visit) receive(w *httptest.ResponseRecorder) map[string]*http.Cookie {
	if v.cookies == nil {
		v.cookies = map[string]string{}
	}
	got := map[string]*http.Cookie{}
	for _, c := range w.Result().Cookies() {
		got[c.Name] = c
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		} else {
			v.cookies[c.Name] = c.Value
		}
	}
	return got
}

// set opens a session in a request of its own, sets a value and saves it.
func (v *visit) set(name, key, value string) *http.Cookie {
	v.Helper()
	r := v.request()
	s := v.open(r, name)
	s.Values[key] = value
	c := v.save(r, s)
	if c == nil {
		v.Fatalf("Save of a new session %q sets no cookie", name)
	}
	return c
}

// has checks a value of a session in a request of its own; nil means none.
func (v *visit) has(name, key string, want any) {
	v.Helper()
	s := v.open(v.request(), name)
	if got := s.Values[key]; got != want {
		v.Fatalf("the next request sees %v under %q of %q; want %v", got, key, name, want)
	}
}

// fresh checks that a request with this cookie gets a new session without values.
// An error beside it is allowed: gorilla's stores tell so of a bad cookie.
func (v *visit) fresh(name, cookie string) {
	v.Helper()
	r := httptest.NewRequest(http.MethodGet, "https://example.com/", nil)
	r.Header.Set("Cookie", name+"="+cookie)
	for _, get := range []func(*http.Request, string) (*sessions.Session, error){v.store.New, v.store.Get} {
		s, _ := get(r, name)
		if s == nil {
			v.Fatalf("the cookie %.60q gets a nil session", cookie)
		}
		if !s.IsNew || len(s.Values) != 0 || s.Values == nil || s.Options == nil {
			v.Fatalf("the cookie %.60q gets a session with IsNew = %v, values %v, options %v; want a new, empty one",
				cookie, s.IsNew, s.Values, s.Options)
		}
	}
}
