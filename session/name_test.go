package session_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/flask"
)

func TestANameThatNoCookieCanHaveIsAnErrorThatTellsIt(t *testing.T) {
	type store interface {
		sessions.Store
		Update(http.ResponseWriter, *http.Request, string, func(*sessions.Session) error) error
	}
	for kind, st := range map[string]store{
		"Store":       session.New(session.NewMemory(), session.DefaultOptions()),
		"CookieStore": flask.NewStore([][]byte{secret}, session.DefaultCookieOptions()),
	} {
		for _, name := range []string{"", " ", "no name", "a;b", "a=b", "会话", "a\r\nSet-Cookie: b"} {
			t.Run(kind+" "+name, func(t *testing.T) {
				wrong := func(call string, err error) {
					t.Helper()
					var failed *session.Error
					if !errors.As(err, &failed) || !strings.Contains(err.Error(), strconv.Quote(name)+" ") {
						t.Errorf("%s = %v; want an *Error that tells %q", call, err, name)
					}
				}
				for call, open := range map[string]func(*http.Request, string) (*sessions.Session, error){"Get": st.Get, "New": st.New} {
					r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
					s, err := open(r, name)
					wrong(call, err)
					if s == nil {
						t.Fatalf("%s returns no session; want one that cannot be saved", call)
					}
					s.Values["k"] = "v"
					wrong("Save after "+call, st.Save(r, w, s))
					if line := w.Header().Get("Set-Cookie"); line != "" {
						t.Errorf("Save sets the cookie %q", line)
					}
				}
				w := httptest.NewRecorder()
				wrong("Update", st.Update(w, httptest.NewRequest("GET", "/", nil), name, set("k", "v")))
				made := sessions.NewSession(st, name)
				made.Values["k"] = "v"
				wrong("Save of a session made by hand", st.Save(httptest.NewRequest("GET", "/", nil), w, made))
				if line := w.Header().Get("Set-Cookie"); line != "" {
					t.Errorf("a cookie is set: %q", line)
				}
			})
		}
	}
}
