package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// A numbers is a file with a table n of numbers x, for tests of writing.
type numbers struct {
	*sqlite.DB
	t    *testing.T
	path string
}

func newNumbers(t *testing.T) numbers {
	t.Helper()
	path := filepath.Join(t.TempDir(), "n.db")
	n := numbers{openAt(t, path), t, path}
	err := n.Write(t.Context(), func(c sqlbackend.Conn) error {
		_, err := c.Exec(`CREATE TABLE n (
			x INTEGER PRIMARY KEY, pad TEXT, base INTEGER REFERENCES n (x) DEFERRABLE INITIALLY DEFERRED)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// insert returns a function for Write that inserts x.
func insert(x int) func(sqlbackend.Conn) error {
	return func(c sqlbackend.Conn) error {
		_, err := c.Exec(`INSERT INTO n (x) VALUES (?)`, int64(x))
		return err
	}
}

// seen returns how many numbers c sees.
func seen(c sqlbackend.Conn) (n int, err error) {
	err = c.Query(func(row sqlbackend.Row) error { return row.Scan(&n) }, `SELECT count(*) FROM n`)
	return n, err
}

// committed checks how many numbers a reader sees.
func (n numbers) committed(want int) {
	n.t.Helper()
	err := n.Read(n.t.Context(), func(c sqlbackend.Conn) error {
		got, err := seen(c)
		if got != want {
			n.t.Errorf("a reader sees %d numbers; want %d", got, want)
		}
		return err
	})
	if err != nil {
		n.t.Fatal(err)
	}
}

// hold begins a read or write that goes on until release is called.
func (n numbers) hold(run func(context.Context, func(sqlbackend.Conn) error) error) (release func()) {
	running, end := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := run(n.t.Context(), func(sqlbackend.Conn) error {
			close(running)
			<-end
			return nil
		})
		if err != nil {
			n.t.Error(err)
		}
	})
	<-running
	return func() { close(end); wg.Wait() }
}

// gather makes writes of fs that wait for each other, and returns what they
// return once all have.
func (n numbers) gather(ctx context.Context, fs ...func(sqlbackend.Conn) error) []error {
	release := n.hold(n.Write)
	errs := make([]error, len(fs))
	var wg sync.WaitGroup
	for i, f := range fs {
		wg.Go(func() { errs[i] = n.Write(ctx, f) })
		for n.Waiting() <= i {
			runtime.Gosched()
		}
	}
	release()
	wg.Wait()
	return errs
}

// lock locks the file as another process does, until unlock is called.
func (n numbers) lock() (unlock func()) {
	n.t.Helper()
	pool, err := sql.Open("sqlite", n.path)
	if err != nil {
		n.t.Fatal(err)
	}
	c, err := pool.Conn(n.t.Context())
	if err != nil {
		n.t.Fatal(err)
	}
	if _, err := c.ExecContext(n.t.Context(), "BEGIN EXCLUSIVE"); err != nil {
		n.t.Fatal(err)
	}
	return sync.OnceFunc(func() {
		c.Close()
		if err := pool.Close(); err != nil {
			n.t.Error(err)
		}
	})
}
