package lab

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

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
		store := new(slow)
		l, _, _ := newLab(func(o *Options) {
			store.Memory = session.NewMemory()
			o.Stores["sqlite"] = store
		})
		s, _ := l.NewSitting()
		b := enter(t, l, l.BenchID(s))

		store.takes = silence - time.Millisecond
		ctx, cancel := context.WithTimeout(t.Context(), 5*silence)
		defer cancel()
		made, err := l.Fill(ctx, b)
		if usage, _ := b.Usage(t.Context()); err != nil || made.Made == 0 || made.Made != usage.Sessions {
			t.Errorf("Fill = %+v, %v; want the %d sessions there are", made, err, usage.Sessions)
		}
		store.takes = silence + time.Millisecond
		start := time.Now()
		if made, err := l.Fill(t.Context(), b); err == nil || made.Made != 0 || time.Since(start) > silence {
			t.Errorf("Fill of a store that says nothing = %+v, %v after %v", made, err, time.Since(start))
		}
		start = time.Now()
		if err := l.Unfill(t.Context(), b); err == nil || time.Since(start) > silence {
			t.Errorf("Unfill of a store that says nothing = %v after %v", err, time.Since(start))
		}
		store.takes = silence - time.Millisecond
		if err := l.Unfill(t.Context(), b); err != nil {
			t.Errorf("Unfill of a slow store = %v", err)
		}
	})
}
