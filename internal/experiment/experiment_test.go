package experiment_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

func newLab(state lab.State, store session.Backend) *lab.Lab {
	return lab.New(lab.Options{
		Key: bytes.Repeat([]byte{7}, 32), State: state, Stores: map[string]session.Backend{"sqlite": store},
		Limits: lab.DefaultLimits(), Timeouts: lab.DefaultTimeouts(), Now: time.Now,
	})
}

// enter returns the bench of l.
func enter(t *testing.T, l *lab.Lab) *lab.Bench {
	t.Helper()
	b, err := l.Enter(t.Context(), l.BenchID("owner", 0))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// visit sends a request to the app of a bench, which sets a value.
func visit(t *testing.T, b *lab.Bench) {
	t.Helper()
	r := httptest.NewRequest("POST", b.Path()+"set", nil)
	g := b.Begin(lab.Arrival{Request: r, Private: func(string) bool { return false }})
	r = g.Request(r)
	w := httptest.NewRecorder()
	err := g.Sessions().Update(w, r, step.CookieName, func(s *sessions.Session) error {
		session.Set(s, "a", "b")
		return nil
	})
	if err == nil {
		err = g.Finish(step.Response{Status: http.StatusOK}, w.Header()["Set-Cookie"])
	}
	if err != nil {
		t.Fatal(err)
	}
}

// empty is a state that holds nothing.
type empty struct{ lab.State }

func (empty) BenchRow(context.Context, string) (lab.BenchRow, error) {
	return lab.BenchRow{}, lab.ErrUnknown
}
