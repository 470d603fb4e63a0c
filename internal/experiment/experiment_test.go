package experiment_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
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

// empty is a state that holds nothing.
type empty struct{ lab.State }

func (empty) BenchRow(context.Context, string) (lab.BenchRow, error) {
	return lab.BenchRow{}, lab.ErrUnknown
}
