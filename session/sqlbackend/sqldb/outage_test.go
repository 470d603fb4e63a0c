package sqldb_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// methods calls each method of b once, on a record of its own called key, and
// returns the errors by name.
func methods(ctx context.Context, b *sqlbackend.Backend, key string) map[string]error {
	errs := map[string]error{"Save": b.Save(ctx, key, record("v", 0), time.Now())}
	_, errs["Load"] = b.Load(ctx, key, time.Now())
	_, errs["Usage"] = b.Usage(ctx, key, time.Now())
	errs["Range"] = b.Range(ctx, key, time.Now(), func(string, session.Record) bool { return true })
	_, errs["Sweep"] = b.Sweep(ctx, time.Unix(0, 0))
	errs["Delete"] = b.Delete(ctx, key, 0)
	errs["Ping"] = b.Ping(ctx)
	return errs
}

// all checks that each method returns want.
func all(t *testing.T, errs map[string]error, when string, want error) {
	t.Helper()
	for method, err := range errs {
		if !errors.Is(err, want) {
			t.Errorf("%s %s = %v; want %v", method, when, err, want)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAServerThatDiesAndComesBack(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		server := s.server(t)
		db := s.connect(t, s.place(t), sqldb.Options{})
		b := s.backend(t, db)
		check(t, b.Save(t.Context(), "acknowledged", record("v", 0), time.Now()))
		newcomer := s.connect(t, s.place(t), sqldb.Options{})

		check(t, server.Kill())
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		all(t, methods(ctx, b, "k"), "without a server", sqldb.ErrUnreachable) // and not ErrSlow
		if _, err := sqlbackend.New(ctx, newcomer, s.dialect); !errors.Is(err, sqldb.ErrUnreachable) {
			t.Errorf("New without a server = %v; want %v", err, sqldb.ErrUnreachable)
		}

		check(t, server.Start())
		all(t, methods(t.Context(), b, "k"), "with the server back", nil)
		all(t, methods(t.Context(), s.backend(t, newcomer), "k"), "with a server at last", nil)
		if rec, err := b.Load(t.Context(), "acknowledged", time.Now()); err != nil || string(rec.Values) != "v" {
			t.Errorf("what was saved before = %q, %v; want it", rec.Values, err)
		}
	})
}

func TestARestartThatNobodyNoticed(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		server := s.server(t)
		b := s.backend(t, nil)
		for range 2 {
			if _, err := b.Load(t.Context(), "k", time.Now()); !errors.Is(err, session.ErrNotFound) {
				t.Errorf("Load = %v; want %v", err, session.ErrNotFound)
			}
			check(t, server.Kill())
			check(t, server.Start())
		}
		all(t, methods(t.Context(), b, "k"), "after a restart", nil)
	})
}

func TestAServerThatDoesNotAnswer(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		const patience, calls, conns = 300 * time.Millisecond, 40, 5
		server, place := s.server(t), s.place(t)
		s.backend(t, s.connect(t, place, sqldb.Options{})) // which waits until the table is made
		before := goleak.IgnoreCurrent()
		db, err := s.open(place, sqldb.Options{Conns: conns, Timeout: patience})
		check(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var b *sqlbackend.Backend
		for err := errors.New("not tried"); err != nil; b, err = sqlbackend.New(ctx, db, s.dialect) {
			check(t, ctx.Err())
		}

		check(t, server.Pause())
		start := time.Now()
		if err := b.Ping(t.Context()); !errors.Is(err, sqldb.ErrSlow) {
			t.Errorf("Ping = %v; want %v", err, sqldb.ErrSlow)
		}
		one := time.Since(start)
		start = time.Now()
		var wg sync.WaitGroup
		for i := range calls {
			wg.Go(func() {
				ctx, want := t.Context(), sqldb.ErrSlow
				if i%2 == 0 {
					var cancel func()
					ctx, cancel = context.WithTimeout(ctx, patience)
					defer cancel()
					want = context.DeadlineExceeded
				}
				var err error
				if i%4 < 2 {
					err = b.Save(ctx, fmt.Sprint(i), record("v", 0), time.Now())
				} else {
					_, err = b.Load(ctx, fmt.Sprint(i), time.Now())
				}
				if !errors.Is(err, want) {
					t.Errorf("call %d = %v; want %v", i, err, want)
				}
			})
		}
		wg.Wait()
		if many := time.Since(start); many > calls/conns/2*one {
			t.Errorf("one call takes %v, %d at once %v; want none to wait for another", one, calls, many)
		}
		if n := db.Pool().Stats().OpenConnections; n > conns {
			t.Errorf("there are %d connections; want %d at most", n, conns)
		}
		check(t, server.Resume())
		for b.Ping(ctx) != nil {
			check(t, ctx.Err())
		}
		all(t, methods(t.Context(), b, "new"), "after", nil)
		check(t, db.Close())
		goleak.VerifyNone(t, before)
	})
}

func TestAWaitForALockEndsWithItsContext(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		db := s.connect(t, s.place(t), sqldb.Options{})
		b := s.backend(t, db)
		check(t, b.Save(t.Context(), "k", record("v", 0), time.Now()))
		tx, err := db.Pool().BeginTx(t.Context(), nil)
		check(t, err)
		defer tx.Rollback()
		_, err = tx.ExecContext(t.Context(), `UPDATE sessions SET data = 'w'`)
		check(t, err)

		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := b.Save(ctx, "k", record("x", 1), time.Now()); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Save of a locked row = %v; want %v", err, context.DeadlineExceeded)
		}
		check(t, tx.Rollback())
		err = b.Save(t.Context(), "k", record("y", 1), time.Now())
		if err != nil && !errors.Is(err, session.ErrConflict) { // with the abandoned Save, which MySQL may still run
			t.Errorf("Save after the lock = %v; want nil or %v", err, session.ErrConflict)
		}
	})
}
