package lab

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func TestASeatInUseStaysWhateverItsTimeout(t *testing.T) {
	for _, idle := range []time.Duration{time.Minute, 30 * time.Minute, 5 * time.Hour, 7 * day} {
		l, state, clock := newLab(func(o *Options) { o.Timeouts = Timeouts{Idle: idle, Absolute: 1000 * idle} })
		s, cookie := l.NewSitting()
		b := enter(t, l, l.BenchID(s))
		if _, err := visit(t, b, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := l.BenchOf(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		for i := range 20 {
			clock.Advance(idle * 3 / 4)
			now, ok, err := l.Sit(t.Context(), cookie)
			if err != nil || !ok {
				t.Fatalf("idle timeout %v: after %d visits the seat is %v, %v", idle, i, ok, err)
			}
			if _, err := l.BenchOf(t.Context(), now); err != nil {
				t.Fatal(err)
			}
			if err := l.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if len(state.benches) != 1 {
			t.Errorf("idle timeout %v: a bench that was looked at all the time is gone", idle)
		}
		clock.Advance(idle)
		if _, ok, _ := l.Sit(t.Context(), cookie); ok {
			t.Errorf("idle timeout %v: the seat is still good", idle)
		}
	}
}

func TestSweepTakesAllThatNobodyUses(t *testing.T) {
	l, state, clock := newLab()
	var ids []string
	for range 7 {
		s, _ := l.NewSitting()
		b := enter(t, l, l.BenchID(s))
		if _, err := visit(t, b, ""); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, b.ID())
	}
	clock.Advance(7*day + time.Second)
	s, _ := l.NewSitting()
	kept := enter(t, l, l.BenchID(s))
	if _, err := visit(t, kept, ""); err != nil {
		t.Fatal(err)
	}
	if err := l.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(state.benches) != 1 || state.benches[kept.ID()].ID == "" || len(l.open) != 1 {
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
		s, _ := l.NewSitting()
		b := enter(t, l, l.BenchID(s))
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

func TestTheStateIsNotAskedForEachRequest(t *testing.T) {
	l, state, clock := newLab()
	s, cookie := l.NewSitting()
	b := enter(t, l, l.BenchID(s))
	for range 50 {
		if _, err := visit(t, b, ""); err != nil {
			t.Fatal(err)
		}
		now, _, err := l.Sit(t.Context(), cookie)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.BenchOf(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		clock.Advance(time.Minute)
	}
	for name, most := range map[string]int{"SaveBench": 1, "SaveSeat": 1, "BenchRow": 1, "Summaries": 1} {
		if got := state.calls[name]; got > most {
			t.Errorf("%d calls of %s; want at most %d", got, name, most)
		}
	}
}
