package sessiontest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func cancelled(t *try) {
	t.save("k", "v", 0)
	cancelled, cancel := context.WithCancel(t.ctx)
	cancel()
	late, cancel := context.WithDeadline(t.ctx, time.Now().Add(-time.Second))
	defer cancel()
	for _, c := range []struct {
		ctx  context.Context
		want error
	}{{cancelled, context.Canceled}, {late, context.DeadlineExceeded}} {
		_, err := t.backend.Load(c.ctx, "k", t.clock.Now())
		errs := map[string]error{
			"Load":   err,
			"Save":   t.backend.Save(c.ctx, "k", t.record("changed", 1), t.clock.Now()),
			"Delete": t.backend.Delete(c.ctx, "k", 0),
		}
		if s, ok := t.backend.(session.Sweeper); ok {
			_, errs["Sweep"] = s.Sweep(c.ctx, t.clock.Now().Add(24*time.Hour))
		}
		if r, ok := t.backend.(session.Ranger); ok {
			errs["Range"] = r.Range(c.ctx, "", t.clock.Now(), func(string, session.Record) bool { return true })
			_, errs["Usage"] = r.Usage(c.ctx, "", t.clock.Now())
		}
		for method, err := range errs {
			if !errors.Is(err, c.want) {
				t.Errorf("%s with a context that is done = %v; want %v", method, err, c.want)
			}
		}
	}
	t.found("k", "v", 1)
}

func concurrentInserts(t *try) {
	for round := range 10 {
		key := fmt.Sprint("k", round)
		var won atomic.Int64
		t.together(20, func(i int) {
			switch err := t.backend.Save(t.ctx, key, t.record(fmt.Sprint(i), 0), t.clock.Now()); {
			case err == nil:
				won.Add(1)
			case !errors.Is(err, session.ErrConflict):
				t.Errorf("Save(%q, version 0) = %v; want nil or %v", key, err, session.ErrConflict)
			}
		})
		if n := won.Load(); n != 1 {
			t.Fatalf("of 20 first saves of one key %d succeeded; want 1", n)
		}
	}
}

func concurrentUpdates(t *try) {
	const workers, each = 100, 4
	t.save("k", "0", 0)
	t.together(workers, func(int) {
		for range each {
			if !t.increment("k") {
				return
			}
		}
	})
	t.found("k", strconv.Itoa(workers*each), workers*each+1)
}

// increment adds one to the number stored under key, and tries again until it
// did not meet another. It reports whether it could.
func (t *try) increment(key string) bool {
	for {
		rec, err := t.backend.Load(t.ctx, key, t.clock.Now())
		if err != nil {
			t.Errorf("Load(%q) = %v; want a record", key, err)
			return false
		}
		n, err := strconv.Atoi(string(rec.Values))
		if err != nil {
			t.Error(err)
			return false
		}
		rec.Values = strconv.AppendInt(nil, int64(n+1), 10)
		err = t.backend.Save(t.ctx, key, rec, t.clock.Now())
		if err == nil {
			return true
		}
		if !errors.Is(err, session.ErrConflict) {
			t.Errorf("Save(%q, version %d) = %v; want nil or %v", key, rec.Version, err, session.ErrConflict)
			return false
		}
	}
}

func concurrentKeys(t *try) {
	t.together(20, func(i int) {
		key := fmt.Sprint("k", i)
		if err := t.backend.Save(t.ctx, key, t.record("0", 0), t.clock.Now()); err != nil {
			t.Errorf("Save(%q) = %v; want nil", key, err)
			return
		}
		for range 10 {
			if !t.increment(key) {
				return
			}
		}
		rec, err := t.backend.Load(t.ctx, key, t.clock.Now())
		if string(rec.Values) != "10" || rec.Version != 11 || err != nil {
			t.Errorf("Load(%q) = %q, version %d, %v; want 10, 11", key, rec.Values, rec.Version, err)
		}
		if i%2 == 0 {
			if err := t.backend.Delete(t.ctx, key, rec.Version); err != nil {
				t.Errorf("Delete(%q, version %d) = %v; want nil", key, rec.Version, err)
			}
		}
	})
	for i := range 20 {
		if key := fmt.Sprint("k", i); i%2 == 0 {
			t.missing(key)
		} else {
			t.found(key, "10", 11)
		}
	}
}

// together runs n calls of f at a time.
func (t *try) together(n int, f func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { f(i) })
	}
	wg.Wait()
}
