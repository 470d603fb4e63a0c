package experiment_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/stall"
	"github.com/sessionlab/sessionlab/session"
)

// slow is a store that takes its time for each answer.
type slow struct {
	*session.Memory
	takes time.Duration
}

func (s *slow) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(s.takes):
		return nil
	}
}

func (s *slow) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	return s.Memory.Save(ctx, key, rec, now)
}

func (s *slow) Delete(ctx context.Context, key string, version int64) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	return s.Memory.Delete(ctx, key, version)
}

func TestASlowStoreIsFilledAsFarAsTimeAllows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &slow{Memory: session.NewMemory()}
		b := enter(t, newLab(empty{}, store))

		store.takes = stall.Timeout - time.Millisecond
		ctx, cancel := context.WithTimeout(t.Context(), 5*stall.Timeout)
		defer cancel()
		made, err := experiment.Fill(ctx, b)
		if usage, _ := b.Usage(t.Context()); err != nil || made.Made == 0 || made.Made != usage.Sessions {
			t.Errorf("Fill = %+v, %v; want the %d sessions there are", made, err, usage.Sessions)
		}
		store.takes = stall.Timeout + time.Millisecond
		start := time.Now()
		if made, err := experiment.Fill(t.Context(), b); err == nil || made.Made != 0 || time.Since(start) > stall.Timeout {
			t.Errorf("Fill of a store that says nothing = %+v, %v after %v", made, err, time.Since(start))
		}
		start = time.Now()
		if err := experiment.Unfill(t.Context(), b); err == nil || time.Since(start) > stall.Timeout {
			t.Errorf("Unfill of a store that says nothing = %v after %v", err, time.Since(start))
		}
		store.takes = stall.Timeout - time.Millisecond
		if err := experiment.Unfill(t.Context(), b); err != nil {
			t.Errorf("Unfill of a slow store = %v", err)
		}
	})
}
