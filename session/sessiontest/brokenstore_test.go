package sessiontest

import (
	"net/http"
	"testing"

	"github.com/gorilla/sessions"
)

// A brokenStore does what the functions that are set say, and otherwise what the
// sound store in it does.
type brokenStore struct {
	sessions.Store
	get  func(s sessions.Store, r *http.Request, name string) (*sessions.Session, error)
	new  func(s sessions.Store, r *http.Request, name string) (*sessions.Session, error)
	save func(s sessions.Store, r *http.Request, w http.ResponseWriter, session *sessions.Session) error
}

func (b *brokenStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	if b.get != nil {
		return b.get(b.Store, r, name)
	}
	return sessions.GetRegistry(r).Get(b, name)
}

func (b *brokenStore) New(r *http.Request, name string) (*sessions.Session, error) {
	if b.new != nil {
		return b.new(b.Store, r, name)
	}
	return b.Store.New(r, name)
}

func (b *brokenStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if b.save != nil {
		return b.save(b.Store, r, w, session)
	}
	return b.Store.Save(r, w, session)
}

// storeDefects are ways to disappoint handlers, and a check that must notice each.
var storeDefects = []struct {
	name    string
	noticed string
	broken  brokenStore
}{
	{"Get is New", "Get returns the same session throughout a request", brokenStore{
		get: sessions.Store.New,
	}},
	{"New is Get", "New does not return a registered session", brokenStore{
		get: sessions.Store.Get, new: sessions.Store.Get,
	}},
	{"New returns nil with an error", "a garbage cookie makes a new session", brokenStore{
		new: func(s sessions.Store, r *http.Request, name string) (*sessions.Session, error) {
			session, err := s.New(r, name)
			if err != nil {
				session = nil
			}
			return session, err
		},
	}},
	{"sessions are never new", "a saved session is found by the next request", brokenStore{
		new: func(s sessions.Store, r *http.Request, name string) (*sessions.Session, error) {
			session, err := s.New(r, name)
			session.IsNew = false
			return session, err
		},
	}},
	{"Save saves nothing", "a saved session is found by the next request", brokenStore{
		save: func(s sessions.Store, r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
			session.Values = nil
			return s.Save(r, w, session)
		},
	}},
	{"every name has one session", "two names are independent", brokenStore{
		new: func(s sessions.Store, r *http.Request, _ string) (*sessions.Session, error) { return s.New(r, "a") },
	}},
	{"options are shared", "options of one session are its own", brokenStore{
		new: func(s sessions.Store, r *http.Request, name string) (*sessions.Session, error) {
			session, err := s.New(r, name)
			session.Options = s.(*sessions.CookieStore).Options
			return session, err
		},
	}},
	{"a negative MaxAge is ignored", "a negative MaxAge deletes session and cookie", brokenStore{
		save: func(s sessions.Store, r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
			session.Options.MaxAge = max(session.Options.MaxAge, 0)
			return s.Save(r, w, session)
		},
	}},
	{"only the cookie is deleted", "a negative MaxAge deletes session and cookie", brokenStore{}},
	{"a zero MaxAge is ignored", "a zero MaxAge keeps the session until the browser is closed", brokenStore{
		save: func(s sessions.Store, r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
			session.Options.MaxAge = 3600
			return s.Save(r, w, session)
		},
	}},
	{"MaxAge is ignored", "a positive MaxAge is the cookie's", brokenStore{
		save: func(s sessions.Store, r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
			session.Options.MaxAge = 60
			return s.Save(r, w, session)
		},
	}},
}

func TestStoreSuiteNoticesDefects(t *testing.T) {
	for _, d := range storeDefects {
		t.Run(d.name, func(t *testing.T) {
			for _, check := range storeChecks {
				if check.name != d.noticed {
					continue
				}
				r := record(t, func(t testing.TB) {
					d.broken.Store = sessions.NewCookieStore([]byte("0123456789abcdef0123456789abcdef"))
					check.run(&visit{TB: t, store: &d.broken})
				})
				if !r.Failed() {
					t.Errorf("the check %q passes", d.noticed)
				}
				t.Log(r.message()) // should tell the defect
				return
			}
			t.Fatalf("there is no check %q", d.noticed)
		})
	}
}
