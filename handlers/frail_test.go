package handlers_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// ails is how something fails, from now on.
type ails struct {
	how atomic.Value

	mu           sync.Mutex
	asked, until time.Time // when it first hung, and the last of the deadlines it was given
}

func (a *ails) set(how string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked, a.until = time.Time{}, time.Time{}
	a.how.Store(how)
}

// hang does nothing until ctx ends, and notes when that is to be.
func (a *ails) hang(ctx context.Context) error {
	end, ok := ctx.Deadline()
	if !ok {
		return errors.New("asked without a deadline")
	}
	a.mu.Lock()
	if a.asked.IsZero() {
		a.asked = time.Now()
	}
	if end.After(a.until) {
		a.until = end
	}
	a.mu.Unlock()
	<-ctx.Done()
	return ctx.Err()
}

// mustBeAskedInTime fails the test unless those that hang were given up within the
// time that a request has for them. It goes by the deadlines they were given: a
// slow machine does not move them.
func mustBeAskedInTime(t *testing.T, all ...*ails) {
	t.Helper()
	var asked, until time.Time
	for _, a := range all {
		a.mu.Lock()
		if asked.IsZero() || !a.asked.IsZero() && a.asked.Before(asked) {
			asked = a.asked
		}
		if a.until.After(until) {
			until = a.until
		}
		a.asked, a.until = time.Time{}, time.Time{}
		a.mu.Unlock()
	}
	if patience := until.Sub(asked); patience > 2500*time.Millisecond {
		t.Errorf("what hangs is waited for %v", patience)
	}
}

// fail does what ails: nothing, an error, a panic, or silence until ctx ends.
func (a *ails) fail(ctx context.Context) error {
	switch how, _ := a.how.Load().(string); how {
	case "fails":
		return errors.New("canary: the disk is on fire")
	case "hangs":
		return a.hang(ctx)
	case "panics":
		panic("out of order")
	case "":
		return nil
	default: // the name of a fault
		return session.Fault(how).Error("canary: user@10.0.0.7")
	}
}

// frail is a store that fails at will, at all or at writing only.
type frail struct {
	session.Backend
	reads, writes ails
}

func (f *frail) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	if err := f.reads.fail(ctx); err != nil {
		return session.Record{}, err
	}
	return f.Backend.Load(ctx, key, now)
}

func (f *frail) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	if err := f.writes.fail(ctx); err != nil {
		return err
	}
	return f.Backend.Save(ctx, key, rec, now)
}

func (f *frail) Delete(ctx context.Context, key string, version int64) error {
	if err := f.writes.fail(ctx); err != nil {
		return err
	}
	return f.Backend.Delete(ctx, key, version)
}

func (f *frail) Range(ctx context.Context, prefix string, now time.Time, each func(string, session.Record) bool) error {
	if err := f.reads.fail(ctx); err != nil {
		return err
	}
	return f.Backend.(session.Ranger).Range(ctx, prefix, now, each)
}

func (f *frail) Usage(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	if err := f.reads.fail(ctx); err != nil {
		return session.Usage{}, err
	}
	return f.Backend.(session.Ranger).Usage(ctx, prefix, now)
}

// savedState stores benches and seats.
type savedState interface {
	lab.State
	seat.State
}

// frailState is a state that fails at will.
type frailState struct {
	savedState
	ails
	steps ails // at adding steps only
	uses  ails // at noting what is in use only
}

func (f *frailState) SaveSeat(ctx context.Context, row seat.Row) error {
	if err := errors.Join(f.fail(ctx), f.uses.fail(ctx)); err != nil {
		return err
	}
	return f.savedState.SaveSeat(ctx, row)
}

func (f *frailState) SeatRow(ctx context.Context, hash string) (seat.Row, error) {
	if err := f.fail(ctx); err != nil {
		return seat.Row{}, err
	}
	return f.savedState.SeatRow(ctx, hash)
}

func (f *frailState) BenchRow(ctx context.Context, id string) (lab.BenchRow, error) {
	if err := f.fail(ctx); err != nil {
		return lab.BenchRow{}, err
	}
	return f.savedState.BenchRow(ctx, id)
}

func (f *frailState) SaveBench(ctx context.Context, row lab.BenchRow) error {
	if err := errors.Join(f.fail(ctx), f.uses.fail(ctx)); err != nil {
		return err
	}
	return f.savedState.SaveBench(ctx, row)
}

func (f *frailState) AddStep(ctx context.Context, bench string, s *step.Step, line step.Summary, jar []byte) (int, error) {
	if err := errors.Join(f.fail(ctx), f.steps.fail(ctx)); err != nil {
		return 0, err
	}
	return f.savedState.AddStep(ctx, bench, s, line, jar)
}

// frailSite is a site whose store "sqlite" and whose state fail at will.
func frailSite(t *testing.T) (*site, *frail, *frailState) {
	store, state := new(frail), new(frailState)
	s := newSite(t, func(h *handlers.Options, o *lab.Options) {
		store.Backend = o.Stores["sqlite"]
		state.savedState = o.State.(savedState)
		o.Stores["sqlite"], o.State = store, state
		h.Patience = 0 // what the product has
		ready := h.Ready
		h.Ready = func(ctx context.Context) error { return errors.Join(state.fail(ctx), ready(ctx)) }
	})
	return s, store, state
}
