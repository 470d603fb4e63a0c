package lab

import (
	"errors"
	"net/url"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// moveClock moves a bench's clock.
func moveClock(t *testing.T, l *Lab, id, by string) {
	t.Helper()
	if _, _, err := l.MoveClock(t.Context(), enter(t, l, id), must(ParseMove(by))); err != nil {
		t.Fatal(err)
	}
}

func TestAClockThatOneProcessMovesIsMovedForTheOther(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	enter(t, other, id) // it holds the unused bench
	moveClock(t, one, id, "2h")
	moveClock(t, other, id, "31d")
	for _, l := range []*Lab{one, other} {
		if got := enter(t, l, id).Clock(); got.Ahead.String() != "31d2h" {
			t.Errorf("the clock is %s ahead; want 31d2h", got.Ahead)
		}
	}
}

// A clock can be moved at once by as many as like: no move is lost.
func TestMovesAtOnceAddUp(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	done := make(chan error)
	for i := range 20 {
		l := []*Lab{one, other}[i%2]
		go func() {
			b, err := l.Enter(t.Context(), id)
			if err == nil {
				_, _, err = l.MoveClock(t.Context(), b, must(ParseMove("1h")))
			}
			done <- err
		}()
	}
	for range 20 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if got := enter(t, one, id).Clock(); got.Ahead.String() != "20h" {
		t.Errorf("the clock is %s ahead; want 20h", got.Ahead)
	}
}

func TestALabFindsABenchsClockAgain(t *testing.T) {
	l, state, clock := newLab()
	id := l.BenchID(owner(), 0)
	moveClock(t, l, id, "31d")
	again, _, _ := newLab(func(o *Options) { o.State, o.Now = state, clock.Now })
	if got := enter(t, again, id).Clock(); got.Ahead != step.Ahead(31*day) || !got.Now.Equal(clock.Now().Add(31*day)) {
		t.Errorf("the clock shows %+v; want 31 days after %v", got, clock.Now())
	}
}

// A bench's life goes by real time.
func TestABenchLastsNoLessForAMovedClock(t *testing.T) {
	l, _, clock := newLab()
	id := l.BenchID(owner(), 0)
	moveClock(t, l, id, "36500d")
	if err := l.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := enter(t, l, id)
	if got := b.Ends(); !got.Equal(clock.Now().Add(l.timeouts.Idle)) {
		t.Errorf("the bench ends at %v; want an idle timeout from now", got)
	}
	if _, _, err := l.MoveClock(t.Context(), b, Move{by: time.Second}); !errors.Is(err, ErrTooFar) {
		t.Errorf("a second beyond a century = %v; want %v", err, ErrTooFar)
	}
}

// Whichever process serves a request, the workers take turns.
func TestWorkersTakeTurnsAcrossProcesses(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	if _, err := one.Configure(t.Context(), enter(t, one, id), url.Values{"workers": {"2"}}); err != nil {
		t.Fatal(err)
	}
	for n := 1; n <= 6; n++ {
		l := []*Lab{one, one, other}[n%3]
		recorded, err := visit(t, enter(t, l, id), "")
		if err != nil {
			t.Fatal(err)
		}
		if want := (n-1)%2 + 1; recorded.N != n || recorded.Worker != want || recorded.Workers != 2 {
			t.Errorf("step %d is by worker %d of %d; want %d of 2", recorded.N, recorded.Worker, recorded.Workers, want)
		}
	}
}

func TestAWorkersOwnKeyIsOfNoOther(t *testing.T) {
	s := DefaultSettings("k")
	s.Workers, s.WorkerKeys, s.FallbackKeys = "2", workersOwn, []string{"old"}
	first, second := s.of(1).allKeys(), s.of(2).allKeys()
	if string(first[0]) != "k" || string(first[1]) != "old" {
		t.Errorf("the first worker has %q; want the settings' keys", first)
	}
	seen := map[string]bool{}
	for _, k := range append(first, second...) {
		seen[string(k)] = true
	}
	if len(seen) != 4 || len(second[0]) != 32 {
		t.Errorf("the workers have %q and %q; want four keys", first, second)
	}
	s.WorkerKeys = workersShare
	if got := s.of(2).allKeys(); string(got[0]) != "k" {
		t.Errorf("sharing, the second worker has %q", got)
	}
}
