package lab

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// scripted is a store that answers some calls as it is told.
type scripted struct {
	session.Backend
	before func(call string) error // what a call fails with
}

func (s *scripted) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	if err := s.before("load"); err != nil {
		return session.Record{}, err
	}
	return s.Backend.Load(ctx, key, now)
}

func (s *scripted) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	call := "save"
	if rec.Forwards() { // in place of a delete
		call = "delete"
	}
	if err := s.before(call); err != nil {
		return err
	}
	return s.Backend.Save(ctx, key, rec, now)
}

func (s *scripted) Delete(ctx context.Context, key string, version int64) error {
	if err := s.before("delete"); err != nil {
		return err
	}
	return s.Backend.Delete(ctx, key, version)
}

// record runs an operation on a bench whose store is scripted, and returns the
// step.
func record(t *testing.T, l *Lab, b *Bench, cookie string, run func(*Recording, *sessions.Session) error) *step.Step {
	t.Helper()
	r := httptest.NewRequest("POST", b.Path()+"set", nil)
	if cookie != "" {
		r.Header.Set("Cookie", "session="+cookie)
	}
	g := b.Begin(Arrival{Request: r, Headers: [][2]string{{"Host", r.Host}}, Private: func(string) bool { return false }})
	r = g.Request(r)
	w := httptest.NewRecorder()
	status := http.StatusOK
	err := g.Sessions().Update(w, r, step.CookieName, func(s *sessions.Session) error {
		g.Ran(step.OpSet, "session['a'] = 'b'")
		return run(g, s)
	})
	if err != nil {
		status = http.StatusServiceUnavailable
	}
	n := g.Number()
	if err := g.Finish(step.Response{Status: status}, w.Header()["Set-Cookie"]); err != nil {
		t.Fatal(err)
	}
	recorded, err := b.Step(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return recorded
}

func TestEventsAreInTheOrderOfWhatHappened(t *testing.T) {
	set := func(_ *Recording, s *sessions.Session) error { session.Set(s, "a", "b"); return nil }
	renew := func(_ *Recording, s *sessions.Session) error {
		session.Renew(s)
		session.Set(s, "uname", "momo")
		return nil
	}
	once := func(call string, err error) func(string) error {
		done := false
		return func(c string) error {
			if c != call || done {
				return nil
			}
			done = true
			return err
		}
	}
	always := func(call string, err error) func(string) error {
		return func(c string) error {
			if c == call {
				return err
			}
			return nil
		}
	}
	broken := errors.New("disk on fire")
	tests := []struct {
		name   string
		cookie string // "": none, "good", "bad"
		before func(string) error
		run    func(*Recording, *sessions.Session) error
		want   string
	}{
		{"a new session", "", always("", nil), set,
			"request.sent cookie.absent session.opened code.ran id.made save.asked save.done set-cookie.built response.sent cookie.stored"},
		{"a known one", "good", always("", nil), set,
			"request.sent cookie.read signature.valid load.asked load.found session.opened code.ran save.asked save.done set-cookie.built response.sent cookie.replaced"},
		{"a forged one", "bad", always("", nil), set,
			"request.sent cookie.read signature.invalid session.opened code.ran id.made save.asked save.done set-cookie.built response.sent cookie.replaced"},
		{"a conflict, and again", "good", once("save", session.ErrConflict), set,
			"request.sent cookie.read signature.valid load.asked load.found session.opened code.ran save.asked save.conflict " +
				"load.asked load.found session.opened code.ran save.asked save.done set-cookie.built response.sent cookie.replaced"},
		{"a new id", "good", always("", nil), renew,
			"request.sent cookie.read signature.valid load.asked load.found session.opened code.ran id.renewed save.asked save.done " +
				"delete.asked delete.done set-cookie.built response.sent cookie.replaced"},
		{"a store that cannot load", "good", always("load", broken), set,
			"request.sent cookie.read signature.valid load.asked store.failed response.sent cookie.kept"},
		{"a store that cannot save", "good", always("save", broken), set,
			"request.sent cookie.read signature.valid load.asked load.found session.opened code.ran save.asked store.failed response.sent cookie.kept"},
		{"a store that cannot delete", "good", always("delete", broken), renew,
			"request.sent cookie.read signature.valid load.asked load.found session.opened code.ran id.renewed save.asked save.done delete.asked store.failed " +
				"response.sent cookie.kept"},
	}
	for _, tt := range tests {
		store := &scripted{before: always("", nil)}
		l, _, _ := newLab(func(o *Options) { store.Backend = o.Stores["sqlite"]; o.Stores["sqlite"] = store })
		s := owner()
		b := enter(t, l, l.BenchID(s, 0))
		cookie := ""
		if tt.cookie != "" {
			cookie = record(t, l, b, "", set).After.Cookie.Raw
		}
		if tt.cookie == "bad" {
			cookie += "x"
		}
		store.before = tt.before
		recorded := record(t, l, b, cookie, tt.run)
		var got []string
		for _, e := range recorded.Events {
			got = append(got, string(e.Kind))
		}
		if !slices.Equal(got, strings.Fields(tt.want)) {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, strings.Join(got, " "), tt.want)
		}
		for _, e := range recorded.Events {
			if e.Kind == step.StoreFailed && e.Detail != "disk on fire" {
				t.Errorf("%s: the store said %q", tt.name, e.Detail)
			}
		}
		if failed := slices.Contains(got, "store.failed"); failed {
			if c, r := step.Changes(recorded.Before, recorded.After); c != step.Unchanged || r != step.Unchanged && tt.name != "a store that cannot delete" {
				t.Errorf("%s: changes are %q, %q", tt.name, c, r)
			}
		}
	}
}
