package lab

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func TestSweepTakesAllThatNobodyUses(t *testing.T) {
	l, state, clock := newLab()
	var ids []string
	for range 7 {
		s := owner()
		b := enter(t, l, l.BenchID(s, 0))
		if _, err := visit(t, b, ""); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, b.ID())
	}
	clock.Advance(7*day + time.Second)
	s := owner()
	used := enter(t, l, l.BenchID(s, 0))
	if _, err := visit(t, used, ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(state.benches) != 1 || state.benches[used.ID()].ID == "" || len(l.open) != 1 {
		t.Errorf("%d benches are stored, %d held; want the one in use", len(state.benches), len(l.open))
	}
	for _, id := range ids {
		if usage, err := l.usage(t.Context(), "sqlite", keys(id), l.now()); err != nil || usage.Sessions != 0 {
			t.Errorf("bench %s left %d sessions, %v", id, usage.Sessions, err)
		}
	}
}

// away is a store that does not answer.
type away struct{ *session.Memory }

func (away) Range(context.Context, string, time.Time, func(string, session.Record) bool) error {
	return errors.New("connection refused")
}

func TestAStoreThatIsAwayHoldsUpNoSweepOfOthers(t *testing.T) {
	l, state, clock := newLab(func(o *Options) {
		for _, name := range []string{"mysql", "postgres", "redis"} { // so that one comes before sqlite
			o.Stores[name] = away{session.NewMemory()}
		}
	})
	var ids []string
	for range 5 {
		s := owner()
		b := enter(t, l, l.BenchID(s, 0))
		if _, err := visit(t, b, ""); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, b.ID())
	}
	clock.Advance(7*day + time.Second)
	if err := l.Sweep(t.Context()); err == nil {
		t.Error("Sweep = nil; want an error for the store that is away")
	}
	for _, id := range ids {
		usage, err := l.usage(t.Context(), "sqlite", keys(id), l.now())
		if _, left := state.benches[id]; !left && (err != nil || usage.Sessions != 0) {
			t.Errorf("bench %s left %d sessions, %v", id, usage.Sessions, err)
		}
	}
}
