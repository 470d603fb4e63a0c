package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

func TestALockedFileIsBusy(t *testing.T) {
	n := newNumbers(t)
	unlock := n.lock()
	defer unlock()
	write := func(count int) time.Duration {
		start := time.Now()
		var wg sync.WaitGroup
		for x := range count {
			wg.Go(func() {
				if err := n.Write(t.Context(), insert(x)); !errors.Is(err, sqlite.ErrBusy) {
					t.Errorf("Write to a locked file = %v; want %v", err, sqlite.ErrBusy)
				}
			})
		}
		wg.Wait()
		return time.Since(start)
	}
	one, all := write(1), write(20)
	if one < 50*time.Millisecond || all > 10*one {
		t.Errorf("1 write to a locked file takes %v, 20 at once %v; want the busy timeout of 50ms, and no more for 20", one, all)
	}
	n.committed(0) // reads go on
	unlock()
	if err := n.Write(t.Context(), insert(1)); err != nil {
		t.Errorf("Write after the lock = %v; want nil", err)
	}
	n.committed(1)
}

func TestALockedFileIsWaitedForNoLongerThanTheContext(t *testing.T) {
	n := newNumbers(t)
	unlock := n.lock()
	defer unlock()
	ctx, cancel := context.WithCancel(t.Context())
	errs := make(chan error)
	go func() { errs <- n.Write(ctx, insert(1)) }()
	for n.Waiting() < 1 {
		runtime.Gosched()
	}
	go func() { errs <- n.Write(t.Context(), insert(2)) }()
	for n.Waiting() < 2 {
		runtime.Gosched()
	}
	cancel()
	if err := <-errs; !errors.Is(err, context.Canceled) || session.FaultOf(err) != session.FaultLocked {
		t.Errorf("Write with a cancelled context = %v; want %v, and what it waited for", err, context.Canceled)
	}
	unlock()
	if err := <-errs; err != nil {
		t.Errorf("Write that waited behind it = %v; want nil", err)
	}
	n.committed(1)
}

func TestAFullDiskRefusesWritesOnly(t *testing.T) {
	n := newNumbers(t)
	limit := func(pragma string) {
		t.Helper()
		err := n.Write(t.Context(), func(c sqlbackend.Conn) error {
			return c.Query(func(sqlbackend.Row) error { return nil }, pragma)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	fill := func(c sqlbackend.Conn) error {
		_, err := c.Exec(`INSERT INTO n (pad) VALUES (?)`, strings.Repeat("x", 100_000))
		return err
	}
	limit("PRAGMA max_page_count = 8")
	if err := n.Write(t.Context(), insert(1)); err != nil {
		t.Fatal(err)
	}
	if err := n.Write(t.Context(), fill); !errors.Is(err, sqlite.ErrFull) {
		t.Errorf("Write of more than there is space for = %v; want %v", err, sqlite.ErrFull)
	}
	errs := n.gather(t.Context(), insert(2), fill, insert(3))
	if errs[0] != nil || !errors.Is(errs[1], sqlite.ErrFull) || errs[2] != nil {
		t.Errorf("writes return %v; want %v of the second only", errs, sqlite.ErrFull)
	}
	n.committed(3)
	limit("PRAGMA max_page_count = 800")
	if err := n.Write(t.Context(), fill); err != nil {
		t.Errorf("Write with space again = %v; want nil", err)
	}
	n.committed(4)
}

func TestFaultsAreToldApart(t *testing.T) {
	n := newNumbers(t)
	run := func(statement string) error {
		return n.Write(t.Context(), func(c sqlbackend.Conn) error {
			_, err := c.Exec(statement)
			return err
		})
	}
	for fault, err := range map[session.Fault]error{
		session.FaultNoTable: run(`DELETE FROM nowhere`),
		session.FaultUnknown: run(`DELETE FROM n WHERE nothing = 1`),
		session.FaultFull:    fmt.Errorf("save: %w", sqlite.ErrFull),
		session.FaultLocked:  fmt.Errorf("save: %w", sqlite.ErrBusy),
		session.FaultSlow:    fmt.Errorf("save: %w", context.DeadlineExceeded),
		"":                   nil,
	} {
		if got := session.FaultOf(err); got != fault {
			t.Errorf("%v is the fault %q; want %q", err, got, fault)
		}
	}
}
