package stores

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
)

func TestAStoreThatIsThereIsItsBackend(t *testing.T) {
	sessiontest.TestBackend(t, func(_ testing.TB, now func() time.Time) session.Backend {
		return Open("memory", "", session.NewMemory(now))
	})
}

var errAway = errors.New("connection refused")

// elsewhere is a store whose server can be taken away.
type elsewhere struct {
	away   atomic.Bool
	opened int
}

func (e *elsewhere) ping(context.Context) error {
	if e.away.Load() {
		return errAway
	}
	return nil
}

func farAway() *elsewhere {
	e := new(elsewhere)
	e.away.Store(true)
	return e
}

func (e *elsewhere) store() *Store {
	return New("far", "far:1", func(ctx context.Context) (Backend, error) {
		if err := e.ping(ctx); err != nil {
			return nil, err
		}
		e.opened++
		return session.NewMemory(time.Now), nil
	}, e.ping)
}

func TestAStoreIsOpenedOnceItAnswers(t *testing.T) {
	far := farAway()
	s := far.store()
	if _, err := s.Load(t.Context(), "k"); err == nil || errors.Is(err, session.ErrNotFound) {
		t.Errorf("Load before the store was asked = %v; want an error that is no lost session", err)
	}
	for range 2 {
		if err := s.Check(t.Context()); !errors.Is(err, errAway) || !errors.Is(s.State(), errAway) {
			t.Errorf("Check = %v, State = %v; want %v", err, s.State(), errAway)
		}
		if _, err := s.Usage(t.Context(), ""); !errors.Is(err, errAway) {
			t.Errorf("Usage while the store is away = %v; want %v", err, errAway)
		}
	}
	far.away.Store(false)
	for range 2 {
		if err := s.Check(t.Context()); err != nil || s.State() != nil {
			t.Errorf("Check = %v, State = %v; want nil", err, s.State())
		}
	}
	if _, err := s.Load(t.Context(), "k"); !errors.Is(err, session.ErrNotFound) {
		t.Errorf("Load = %v; want %v", err, session.ErrNotFound)
	}
	if far.opened != 1 {
		t.Errorf("opened %d times; want once", far.opened)
	}
}

func TestWatchTellsWhatChanges(t *testing.T) {
	far := farAway()
	s := far.store()
	ctx, cancel := context.WithCancel(t.Context())
	tick, told, done := make(chan time.Time), make(chan error, 10), make(chan error)
	go func() { done <- s.Watch(ctx, tick, func(err error) { told <- err }) }()
	tick <- time.Time{} // the first check is over: away, as it was
	far.away.Store(false)
	tick <- time.Time{}
	tick <- time.Time{}
	far.away.Store(true)
	tick <- time.Time{}
	tick <- time.Time{}
	cancel()
	if err := <-done; err != nil {
		t.Errorf("Watch = %v; want nil", err)
	}
	close(told)
	var all []error
	for err := range told {
		all = append(all, err)
	}
	if len(all) != 3 || !errors.Is(all[0], errAway) || all[1] != nil || !errors.Is(all[2], errAway) {
		t.Errorf("told %v; want that the store is away, comes, and goes", all)
	}
}

func TestAStoreThatIsAwayHasNothingToSweep(t *testing.T) {
	s := farAway().store()
	if n, err := s.Sweep(t.Context(), time.Now()); n != 0 || err != nil {
		t.Errorf("Sweep = %d, %v; want none", n, err)
	}
}
