package session_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/session"
)

// No Cookie header makes a panic, an error, or a session that was not stored.
func FuzzCookie(f *testing.F) {
	opt := session.DefaultOptions()
	plain := session.New(session.NewMemory(), opt)
	opt.Keys = [][]byte{newKey, oldKey}
	signed := session.New(session.NewMemory(), opt)
	own := []string{firstCookie(f, plain), firstCookie(f, signed)}

	for _, cookie := range own {
		f.Add(cookie)
		f.Add("session=; " + cookie)
		f.Add(cookie + "; session=x")
		f.Add(cookie[:len(cookie)-1])
		f.Add(`session="` + strings.TrimPrefix(cookie, "session=") + `"`)
	}
	for _, cookie := range []string{"", "=", "session", "session=.", "session=..", "a=b;;session=\x00", "session=" + strings.Repeat("A", 32) + "."} {
		f.Add(cookie)
	}
	f.Fuzz(func(t *testing.T, cookie string) {
		for i, store := range []*session.Store{plain, signed} {
			r := httptest.NewRequest("GET", "/", nil)
			r.Header = http.Header{"Cookie": {cookie}}
			var loaded session.Record
			trace := &session.Trace{LoadDone: func(l session.LoadInfo) { loaded = l.Record }}
			r = r.WithContext(session.WithTrace(context.Background(), trace))
			s, err := store.Get(r, "session")
			if err != nil {
				t.Fatalf("Get with %q = %v", cookie, err)
			}
			value := strings.TrimPrefix(own[i], "session=")
			if len(s.Values) > 0 && (!strings.Contains(cookie, value) || loaded.Version == 0) {
				t.Fatalf("cookie %q opened %v; only %q is stored", cookie, s.Values, own[i])
			}
			w := httptest.NewRecorder()
			if err := s.Save(r, w); err != nil || len(w.Header()["Set-Cookie"]) > 0 {
				t.Fatalf("Save of what was read = %v, %v", err, w.Header())
			}
		}
	})
}
