// Package state stores seats, benches, steps, entries and jars in SQL tables: in the same file
// as the sessions under study, and written in the same commits.
package state

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

//go:embed migrations
var migrations embed.FS

// A State implements lab.State and seat.State over a database. It is safe for concurrent use.
type State struct {
	db    sqlbackend.DB
	key   []byte
	seats seatCache
}

var (
	_ lab.State  = (*State)(nil)
	_ seat.State = (*State)(nil)
	_ lab.Eraser = (*State)(nil)
)

// Open returns a State over db, whose tables it makes or brings up to date.
func Open(ctx context.Context, db sqlbackend.DB) (*State, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("state: open: %w", err)
	}
	if err := sqlbackend.Migrate(ctx, db, "goose_state", files); err != nil {
		return nil, fmt.Errorf("state: open: %w", err)
	}
	s := &State{db: db}
	err = db.Write(ctx, func(c sqlbackend.Conn) error {
		fresh := make([]byte, 32)
		rand.Read(fresh)
		if _, err := c.Exec(`INSERT INTO meta (name, value) VALUES ('seat key', ?) ON CONFLICT (name) DO NOTHING`, fresh); err != nil {
			return err
		}
		return one(c, []any{&s.key}, `SELECT value FROM meta WHERE name = 'seat key'`)
	})
	if err != nil {
		return nil, fmt.Errorf("state: open: %w", err)
	}
	return s, nil
}

// Key returns 32 random bytes that were made when the database was.
func (s *State) Key() []byte { return s.key }

// Erase implements lab.Eraser, if the database can.
func (s *State) Erase(ctx context.Context) error {
	if e, ok := s.db.(lab.Eraser); ok {
		return e.Erase(ctx)
	}
	return nil
}

// Ping reports whether the database answers, and has all tables that requests need.
func (s *State) Ping(ctx context.Context) error {
	return s.db.Read(ctx, func(c sqlbackend.Conn) error {
		var n int64
		return one(c, []any{&n}, `SELECT (SELECT count(*) FROM meta)
			+ EXISTS (SELECT 1 FROM seats) + EXISTS (SELECT 1 FROM benches) + EXISTS (SELECT 1 FROM steps)
			+ EXISTS (SELECT 1 FROM gone) + EXISTS (SELECT 1 FROM jars) + EXISTS (SELECT 1 FROM entries)`)
	})
}

// BenchRow implements lab.State.
func (s *State) BenchRow(ctx context.Context, id string) (lab.BenchRow, error) {
	row := lab.BenchRow{ID: id}
	var settings string
	var created, used int64
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		err := one(c, []any{&settings, &created, &used}, `SELECT settings, created, used FROM benches WHERE id = ?`, id)
		if errors.Is(err, lab.ErrUnknown) {
			return gone(c, id)
		}
		return err
	})
	if err != nil {
		return row, err
	}
	row.Created, row.Used = time.UnixMilli(created), time.UnixMilli(used)
	if err := lab.DecodeBench(&row, []byte(settings)); err != nil {
		return row, fmt.Errorf("state: settings of a bench: %w", err)
	}
	return row, nil
}

// gone tells a bench that was removed from one that never was.
func gone(c sqlbackend.Conn, id string) error {
	var at int64
	err := one(c, []any{&at}, `SELECT at FROM gone WHERE bench = ?`, id)
	if err == nil {
		err = lab.ErrGone
	}
	return err
}

// SaveBench implements lab.State.
func (s *State) SaveBench(ctx context.Context, bench lab.BenchRow) error {
	settings, err := lab.EncodeBench(bench)
	if err != nil {
		return fmt.Errorf("state: settings of a bench: %w", err)
	}
	return s.db.Write(ctx, func(c sqlbackend.Conn) error {
		n, err := c.Exec(`INSERT INTO benches (id, settings, created, used)
			SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM gone WHERE bench = ?)
			ON CONFLICT (id) DO UPDATE SET settings = excluded.settings, used = excluded.used`,
			bench.ID, settings, bench.Created.UnixMilli(), bench.Used.UnixMilli(), bench.ID)
		if err == nil && n == 0 {
			err = lab.ErrGone
		}
		return err
	})
}

// DeleteBench implements lab.State.
func (s *State) DeleteBench(ctx context.Context, id string, at time.Time) error {
	return s.db.Write(ctx, func(c sqlbackend.Conn) error {
		if err := remove(c, id); err != nil {
			return err
		}
		_, err := c.Exec(`INSERT INTO gone (bench, at) VALUES (?, ?) ON CONFLICT (bench) DO NOTHING`, id, at.UnixMilli())
		return err
	})
}

func remove(c sqlbackend.Conn, bench string) error {
	for _, text := range []string{`DELETE FROM steps WHERE bench = ?`, `DELETE FROM jars WHERE bench = ?`, `DELETE FROM entries WHERE bench = ?`} {
		if _, err := c.Exec(text, bench); err != nil {
			return err
		}
	}
	_, err := c.Exec(`DELETE FROM benches WHERE id = ?`, bench)
	return err
}

// batch is how many benches are removed at a time, which may have thousands of steps
// each.
const batch = 20

// Sweep implements lab.State.
func (s *State) Sweep(ctx context.Context, removed, used time.Time) (benches []string, err error) {
	benches, err = s.Evict(ctx, used, batch)
	if err != nil {
		return nil, err
	}
	return benches, s.exec(ctx, `DELETE FROM gone WHERE at < ?`, removed.UnixMilli())
}

// Evict implements lab.State.
func (s *State) Evict(ctx context.Context, used time.Time, most int) (benches []string, err error) {
	var old []string
	err = s.db.Read(ctx, func(c sqlbackend.Conn) error {
		old = nil
		return c.Query(func(r sqlbackend.Row) error {
			var id string
			err := r.Scan(&id)
			old = append(old, id)
			return err
		}, `SELECT id FROM benches WHERE used < ? ORDER BY used LIMIT ?`, used.UnixMilli(), int64(min(most, batch)))
	})
	if err != nil {
		return nil, err
	}
	for _, id := range old {
		err := s.db.Write(ctx, func(c sqlbackend.Conn) error { return remove(c, id) })
		if err != nil {
			return nil, err
		}
		benches = append(benches, id)
	}
	return benches, nil
}

// Totals implements lab.State. The bytes are those of the file that are in use, with
// the sessions that are stored there: the database knows them without reading it.
func (s *State) Totals(ctx context.Context) (t lab.Totals, err error) {
	var benches int64
	err = s.db.Read(ctx, func(c sqlbackend.Conn) error {
		return one(c, []any{&benches, &t.Bytes}, `SELECT (SELECT count(*) FROM benches), (page_count - freelist_count) * page_size
			FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()`)
	})
	t.Benches = int(benches)
	return t, err
}

func (s *State) exec(ctx context.Context, text string, args ...any) error {
	return s.db.Write(ctx, func(c sqlbackend.Conn) error {
		_, err := c.Exec(text, args...)
		return err
	})
}

// one reads the only row of a query, or is ErrUnknown.
func one(c sqlbackend.Conn, dest []any, text string, args ...any) error {
	found := false
	err := c.Query(func(r sqlbackend.Row) error {
		found = true
		return r.Scan(dest...)
	}, text, args...)
	if err == nil && !found {
		return lab.ErrUnknown
	}
	return err
}
