package sqlite_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

func TestReadsDoNotWaitForAWrite(t *testing.T) {
	n := newNumbers(t)
	if err := n.Write(t.Context(), insert(1)); err != nil {
		t.Fatal(err)
	}
	release := n.hold(n.Write)
	n.committed(1)
	release()
}

func TestReadsThatWaitKeepTheirErrors(t *testing.T) {
	n := newNumbers(t)
	release := n.hold(n.Read)
	sorry := errors.New("sorry")
	var sees int
	results := make([]chan any, 4)
	for i, f := range []func(sqlbackend.Conn) error{
		func(sqlbackend.Conn) error { return sorry },
		func(sqlbackend.Conn) error { panic("mine") },
		func(c sqlbackend.Conn) error { return c.Query(nil, "SELECT nonsense") },
		func(c sqlbackend.Conn) (err error) { sees, err = seen(c); return err },
	} {
		results[i] = make(chan any)
		go func() {
			var err error
			defer func() {
				if v := recover(); v != nil {
					results[i] <- v
				} else {
					results[i] <- err
				}
			}()
			err = n.Read(t.Context(), f)
		}()
		for n.Waiting() <= i {
			runtime.Gosched()
		}
	}
	written := make(chan error)
	go func() { written <- n.Write(t.Context(), insert(1)) }()
	for n.Waiting() < 5 {
		runtime.Gosched()
	}
	release()
	if got := <-results[0]; got != sorry {
		t.Errorf("a read whose function fails returns %v; want its error", got)
	}
	if got := <-results[1]; got != "mine" {
		t.Errorf("a read whose function panics recovers %v; want its panic", got)
	}
	if err, _ := (<-results[2]).(error); err == nil {
		t.Error("a read with a wrong statement returns nil; want an error")
	}
	if got := <-results[3]; got != nil || sees != 0 {
		t.Errorf("a read beside them returns %v and sees %d; want nil and 0", got, sees)
	}
	if err := <-written; err != nil {
		t.Errorf("a write after them returns %v; want nil", err)
	}
	n.committed(1)
}

func TestAWaitingReadEndsWithItsContext(t *testing.T) {
	n := newNumbers(t)
	release := n.hold(n.Read)
	ctx, cancel := context.WithCancel(t.Context())
	read := make(chan error)
	go func() {
		read <- n.Read(ctx, func(sqlbackend.Conn) error {
			t.Error("an abandoned read is run")
			return nil
		})
	}()
	for n.Waiting() < 1 {
		runtime.Gosched()
	}
	cancel()
	if err := <-read; err != context.Canceled {
		t.Errorf("a waiting read that is cancelled returns %v; want %v", err, context.Canceled)
	}
	release()
	n.committed(0)
}

func TestAScanWaitsForAReaderNoLongerThanItsContext(t *testing.T) {
	db, err := sqlite.Open(t.TempDir()+"/x.db", sqlite.Options{Readers: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Scan(t.Context(), func(sqlbackend.Conn) error {
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		return db.Scan(ctx, func(sqlbackend.Conn) error { return nil })
	})
	if err != context.DeadlineExceeded {
		t.Errorf("Scan while the one reader is busy = %v; want %v", err, context.DeadlineExceeded)
	}
}
