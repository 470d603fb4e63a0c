package sqlite_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

func TestWaitingWritesShareATransaction(t *testing.T) {
	n := newNumbers(t)
	var sees, runs int
	errs := n.gather(t.Context(), insert(1), insert(2), func(c sqlbackend.Conn) (err error) {
		n.committed(0)
		runs++
		sees, err = seen(c)
		return err
	})
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	if sees != 2 || runs != 1 {
		t.Errorf("the third function sees %d numbers in %d runs; want 2 that are not committed yet, in 1", sees, runs)
	}
	n.committed(2)
}

func TestAFailedFunctionIsUndoneAlone(t *testing.T) {
	n := newNumbers(t)
	sorry := errors.New("sorry")
	errs := n.gather(t.Context(), insert(1), func(c sqlbackend.Conn) error {
		return errors.Join(insert(2)(c), sorry)
	}, insert(3), insert(1))
	for i, want := range []bool{false, true, false, true} {
		if (errs[i] != nil) != want {
			t.Errorf("write %d returns %v; want an error: %v", i, errs[i], want)
		}
	}
	if !errors.Is(errs[1], sorry) {
		t.Errorf("a write returns %v; want what its function returns", errs[1])
	}
	n.committed(2)
}

func TestAFailedCommitIsUndoneAlone(t *testing.T) {
	n := newNumbers(t)
	errs := n.gather(t.Context(), insert(1), func(c sqlbackend.Conn) error {
		_, err := c.Exec(`INSERT INTO n (x, base) VALUES (2, 99)`) // checked at the end
		return err
	}, insert(3))
	if errs[0] != nil || errs[1] == nil || errs[2] != nil {
		t.Errorf("writes return %v; want an error of the second only", errs)
	}
	n.committed(2)
}

func TestAFunctionThatEndsTheTransactionFails(t *testing.T) {
	n := newNumbers(t)
	err := n.Write(t.Context(), func(c sqlbackend.Conn) error {
		_, err := c.Exec("ROLLBACK")
		return err
	})
	if err == nil {
		t.Error("Write returns nil; want an error")
	}
	if err := n.Write(t.Context(), insert(1)); err != nil {
		t.Error(err)
	}
	n.committed(1)
}

func TestAPanicIsTheCallersOwn(t *testing.T) {
	n := newNumbers(t)
	release := n.hold(n.Write)
	var wg sync.WaitGroup
	var caught any
	wg.Go(func() {
		defer func() { caught = recover() }()
		n.Write(t.Context(), func(sqlbackend.Conn) error { panic("mine") })
	})
	for n.Waiting() < 1 {
		runtime.Gosched()
	}
	wg.Go(func() {
		if err := n.Write(t.Context(), insert(1)); err != nil {
			t.Error(err)
		}
	})
	release()
	wg.Wait()
	if caught != "mine" {
		t.Errorf("the caller whose function panics recovers %v; want %q", caught, "mine")
	}
	n.committed(1)
}

func TestAWaitingWriteEndsWithItsContext(t *testing.T) {
	n := newNumbers(t)
	release := n.hold(n.Write)
	ctx, cancel := context.WithCancel(t.Context())
	cancelled, stays := make(chan error), make(chan error)
	for x, to := range []chan error{cancelled, stays, cancelled} {
		go func() {
			if to == stays {
				to <- n.Write(t.Context(), insert(x))
			} else {
				to <- n.Write(ctx, insert(x))
			}
		}()
		for n.Waiting() <= x {
			runtime.Gosched()
		}
	}
	cancel()
	for range 2 { // though the write they wait for goes on
		if err := <-cancelled; err != context.Canceled {
			t.Errorf("a waiting write that is cancelled returns %v; want %v", err, context.Canceled)
		}
	}
	release()
	if err := <-stays; err != nil {
		t.Error(err)
	}
	n.committed(1)
}

func TestManyWritersWhoseContextsEnd(t *testing.T) {
	n := newNumbers(t)
	const writers, each = 16, 24
	var wg sync.WaitGroup
	var mu sync.Mutex
	sure := 0
	for w := range writers {
		wg.Go(func() {
			for i := range each {
				ctx, cancel := context.WithCancel(t.Context())
				if i%2 == 0 { // the others must succeed
					go cancel()
				}
				err := n.Write(ctx, insert(w*each+i))
				switch {
				case err == nil:
					mu.Lock()
					sure++
					mu.Unlock()
				case !errors.Is(err, context.Canceled):
					t.Error(err)
				}
				cancel()
			}
		})
	}
	wg.Wait()
	err := n.Write(t.Context(), func(c sqlbackend.Conn) error {
		got, err := seen(c)
		if got < sure || sure < writers*each/2 {
			t.Errorf("%d writes have returned nil, and %d numbers are there; want at least %d", sure, got, writers*each/2)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
