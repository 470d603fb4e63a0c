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
	sessiontest.TestBackend(t, func(testing.TB) session.Backend {
		return Open("memory", "", session.NewMemory())
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
		return session.NewMemory(), nil
	}, e.ping)
}

func TestAStoreIsOpenedOnceItAnswers(t *testing.T) {
	far := farAway()
	s := far.store()
	if _, err := s.Load(t.Context(), "k", time.Now()); err == nil || errors.Is(err, session.ErrNotFound) {
		t.Errorf("Load before the store was asked = %v; want an error that is no lost session", err)
	}
	for range 2 {
		if err := s.Check(t.Context()); !errors.Is(err, errAway) || !errors.Is(s.State(), errAway) {
			t.Errorf("Check = %v, State = %v; want %v", err, s.State(), errAway)
		}
		if _, err := s.Usage(t.Context(), "", time.Now()); !errors.Is(err, errAway) {
			t.Errorf("Usage while the store is away = %v; want %v", err, errAway)
		}
	}
	far.away.Store(false)
	for range 2 {
		if err := s.Check(t.Context()); err != nil || s.State() != nil {
			t.Errorf("Check = %v, State = %v; want nil", err, s.State())
		}
	}
	if _, err := s.Load(t.Context(), "k", time.Now()); !errors.Is(err, session.ErrNotFound) {
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

// A server that came back empty has lost its tables: it is there, and must be
// opened anew.
func TestAStoreThatLostItsTableIsOpenedAgain(t *testing.T) {
	var lost atomic.Bool
	opened := 0
	s := New("far", "", func(context.Context) (Backend, error) {
		opened++
		lost.Store(false)
		return session.NewMemory(), nil
	}, func(context.Context) error {
		if lost.Load() {
			return session.FaultNoTable.Error("no table")
		}
		return nil
	})
	for want := range 3 {
		for range 2 {
			if err := s.Check(t.Context()); err != nil || opened != want+1 {
				t.Errorf("Check = %v, opened %d times; want %d", err, opened, want+1)
			}
		}
		lost.Store(true)
	}
}

// full is a store that takes no writes when it is full, and answers all the same.
type full struct {
	Backend
	full   atomic.Bool
	writes int
}

var errFull = session.FaultFull.Error("no space left")

func (f *full) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	f.writes++
	if f.full.Load() {
		return errFull
	}
	return f.Backend.Save(ctx, key, rec, now)
}

func TestAStoreThatTakesNoWritesIsNotThere(t *testing.T) {
	f := &full{Backend: session.NewMemory()}
	s := Open("near", "", f)
	check := func(want error) {
		t.Helper()
		if err := s.Check(t.Context()); !errors.Is(err, want) || !errors.Is(s.State(), want) {
			t.Errorf("Check = %v, State = %v; want %v", err, s.State(), want)
		}
	}
	rec := session.Record{Expires: time.Now().Add(time.Hour)}
	check(nil)
	if f.writes != 0 {
		t.Error("a store that nobody doubts is written to")
	}
	f.full.Store(true)
	check(nil) // nobody has met it yet
	if err := s.Save(t.Context(), "k", rec, time.Now()); !errors.Is(err, errFull) {
		t.Fatalf("Save = %v; want %v", err, errFull)
	}
	check(errFull)
	check(errFull)
	f.full.Store(false)
	check(nil)
	tried := f.writes
	check(nil)
	if usage, err := f.Usage(t.Context(), "", time.Now()); f.writes != tried || usage.Sessions != 0 || err != nil {
		t.Errorf("%d writes more, and %d records; want none of either", f.writes-tried, usage.Sessions)
	}

	if err := s.Save(t.Context(), "k", rec, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), "k", rec, time.Now()); !errors.Is(err, session.ErrConflict) {
		t.Fatalf("Save = %v; want %v", err, session.ErrConflict)
	}
	tried = f.writes
	if check(nil); f.writes != tried {
		t.Error("a conflict puts a store in doubt")
	}
	f.full.Store(true)
	s.Doubt() // for what others keep there
	check(errFull)
}

// indexed is a backend that believes what it noted.
type indexed struct{ *session.Memory }

func (indexed) Reckon(context.Context, string, time.Time) (session.Usage, error) {
	return session.Usage{Sessions: 7}, nil
}

func TestAStoreTellsOnceItWasAsked(t *testing.T) {
	was := func(s *Store) bool {
		select {
		case <-s.Asked():
			return true
		default:
			return false
		}
	}
	s := farAway().store()
	if was(s) {
		t.Error("a store was asked that nobody checked")
	}
	for range 2 {
		_ = s.Check(t.Context())
		if !was(s) {
			t.Error("a store that was checked says that it was not asked")
		}
	}
	if !was(Open("memory", "", session.NewMemory())) {
		t.Error("a store that is always there says that it was not asked")
	}
}

func TestAStoreReckonsAsItsBackendDoes(t *testing.T) {
	memory := session.NewMemory()
	rec := session.Record{Values: []byte("v"), Expires: time.Now().Add(time.Hour)}
	if err := memory.Save(t.Context(), "k", rec, time.Now()); err != nil {
		t.Fatal(err)
	}
	for want, b := range map[int]Backend{7: indexed{memory}, 1: memory} {
		if u, err := Open("some", "", b).Reckon(t.Context(), "", time.Now()); u.Sessions != want || err != nil {
			t.Errorf("Reckon = %+v, %v; want %d", u, err, want)
		}
	}
	if _, err := farAway().store().Reckon(t.Context(), "", time.Now()); err == nil {
		t.Error("Reckon of a store that was not asked = nil; want why there is none")
	}
}
