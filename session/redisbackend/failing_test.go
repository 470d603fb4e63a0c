package redisbackend_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
)

// methods are all that ask the server.
var methods = map[string]func(context.Context, *redisbackend.Backend) error{
	"Load": func(ctx context.Context, b *redisbackend.Backend) error {
		_, err := b.Load(ctx, "session:k", epoch)
		return err
	},
	"Save": func(ctx context.Context, b *redisbackend.Backend) error {
		return b.Save(ctx, "session:k", hour("v", 7), epoch)
	},
	"Delete": func(ctx context.Context, b *redisbackend.Backend) error { return b.Delete(ctx, "session:k", 7) },
	"TTL": func(ctx context.Context, b *redisbackend.Backend) error {
		_, err := b.TTL(ctx, "session:k")
		return err
	},
	"Ping": func(ctx context.Context, b *redisbackend.Backend) error { return b.Ping(ctx) },
	"Usage": func(ctx context.Context, b *redisbackend.Backend) error {
		_, err := b.Usage(ctx, "session:", epoch)
		return err
	},
	"Range": func(ctx context.Context, b *redisbackend.Backend) error {
		return b.Range(ctx, "session:", epoch, func(string, session.Record) bool { return true })
	},
}

// late measures how long after the end of its context a call comes back, less the
// time that this machine takes to run anything then.
func late(ctx context.Context, call func()) time.Duration {
	ended := make(chan time.Time, 1)
	stop := context.AfterFunc(ctx, func() { ended <- time.Now() })
	call()
	back := time.Now()
	if stop() {
		return 0
	}
	end := <-ended
	if deadline, ok := ctx.Deadline(); ok && end.After(deadline) {
		end = end.Add(10 * end.Sub(deadline)) // a call takes a few turns, and not one
	}
	return back.Sub(end)
}

// refuses checks that each method fails, soon, with an error that says why.
func refuses(t *testing.T, b *redisbackend.Backend, why string) {
	t.Helper()
	for name, method := range methods {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		var err error
		after := late(ctx, func() { err = method(ctx, b) })
		cancel()
		if err == nil || errors.Is(err, session.ErrNotFound) || errors.Is(err, session.ErrConflict) || !strings.Contains(err.Error(), why) {
			t.Errorf("%s = %v; want an error with %q", name, err, why)
		}
		if after > 600*time.Millisecond {
			t.Errorf("%s takes %v after its context is done", name, after)
		}
	}
}

// recovers waits until b works again.
func recovers(t *testing.T, b *redisbackend.Backend, key string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		_, err := b.Load(ctx, key, epoch)
		if err == nil || errors.Is(err, session.ErrNotFound) {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("after a minute, Load = %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func TestWhatWasAcknowledgedOutlivesACrash(t *testing.T) {
	s := servers.Redis(t)
	b := open(t, s.URL)
	for range 2 {
		var acknowledged [8]int64
		var enough sync.WaitGroup
		enough.Add(len(acknowledged))
		var writers sync.WaitGroup
		round := time.Now().UnixNano()
		key := func(i int) string { return fmt.Sprintf("session:%d:%d", round, i) }
		for i := range acknowledged {
			writers.Go(func() {
				for b.Save(t.Context(), key(i), hour("v", acknowledged[i]), epoch) == nil {
					if acknowledged[i]++; acknowledged[i] == 20 {
						enough.Done()
					}
				}
			})
		}
		enough.Wait()
		must(t, s.Kill())
		writers.Wait()
		refuses(t, b, "refused")
		must(t, s.Start())
		recovers(t, b, key(0))
		for i, n := range acknowledged {
			rec, err := b.Load(t.Context(), key(i), epoch)
			if err != nil || rec.Version < n || rec.Version > n+1 {
				t.Errorf("Load(%d) = version %d, %v; want %d, or the one under way", i, rec.Version, err, n)
			}
		}
	}
}

func TestAServerMayStartLater(t *testing.T) {
	s := servers.Redis(t)
	must(t, s.Stop())
	b := open(t, s.URL)
	refuses(t, b, "refused")
	must(t, s.Start())
	recovers(t, b, "session:k")
	must(t, b.Save(t.Context(), "session:k", hour("v", 0), epoch))
}

func TestAPausedServerHoldsNobodyUp(t *testing.T) {
	before := goleak.IgnoreCurrent()
	s := servers.Redis(t)
	for _, connected := range []bool{true, false} {
		b, err := redisbackend.Open(s.URL)
		must(t, err)
		if connected {
			must(t, b.Ping(t.Context()))
		}
		must(t, s.Pause())
		for name, method := range methods {
			for _, want := range []error{context.DeadlineExceeded, context.Canceled} {
				ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
				if want == context.Canceled {
					ctx, cancel = context.WithTimeout(t.Context(), time.Minute)
					time.AfterFunc(50*time.Millisecond, cancel)
				}
				var err error
				after := late(ctx, func() { err = method(ctx, b) })
				if !errors.Is(err, want) {
					t.Errorf("connected %v: %s = %v; want %v", connected, name, err, want)
				}
				// A tenth of a second is what is wanted; to give the server up takes
				// more than one.
				if after > 600*time.Millisecond {
					t.Errorf("connected %v: %s takes %v after its context is done", connected, name, after)
				}
				cancel()
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		var many sync.WaitGroup
		var wrong atomic.Int64
		for range 3000 { // more than are let in
			many.Go(func() {
				if _, err := b.Load(ctx, "session:k", epoch); err == nil {
					wrong.Add(1)
				}
			})
		}
		many.Wait()
		cancel()
		if n := wrong.Load(); n > 0 {
			t.Errorf("%d Loads are answered by a paused server", n)
		}
		must(t, s.Resume())
		recovers(t, b, "session:k")
		must(t, b.Close())
	}
	must(t, s.Close())
	goleak.VerifyNone(t, before)
}

func TestCloseEndsWhatIsUnderWay(t *testing.T) {
	s := servers.Redis(t)
	for _, connected := range []bool{true, false} {
		before := goleak.IgnoreCurrent()
		b, err := redisbackend.Open(s.URL)
		must(t, err)
		if connected {
			must(t, b.Ping(t.Context()))
		}
		must(t, s.Pause())
		errs := make(chan error, 1)
		go func() { errs <- b.Ping(context.Background()) }()
		must(t, b.Close()) // while the server is paused, whoever waits for it
		if err := <-errs; err == nil {
			t.Errorf("connected %v: Ping of a paused server = nil", connected)
		}
		must(t, b.Close())
		must(t, s.Resume())
		refuses(t, b, "closed")
		goleak.VerifyNone(t, before)
	}
}
