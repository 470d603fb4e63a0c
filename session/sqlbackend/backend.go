package sqlbackend

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A Backend is a [session.Backend] that keeps its records in the table sessions
// of an SQL database. It is also a [session.Sweeper] and a [session.Ranger].
//
// Whether a record is live is judged by the caller's time, not by that of the
// database, and in the same statement that changes it: a Save is one statement,
// and needs no lock held between reading and writing.
type Backend struct {
	db      DB
	dialect Dialect
}

var (
	_ session.Backend = (*Backend)(nil)
	_ session.Sweeper = (*Backend)(nil)
	_ session.Ranger  = (*Backend)(nil)
)

// New returns a Backend on db, whose table it makes or brings up to date, also
// where it was made before and is gone.
func New(ctx context.Context, db DB, dialect Dialect) (*Backend, error) {
	b := &Backend{db: db, dialect: dialect}
	err := dialect.migrate(ctx, db)
	if err == nil {
		err = b.Ping(ctx)
	}
	if session.FaultOf(err) == session.FaultNoTable {
		err = dialect.migrateAgain(ctx, db)
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Ping returns nil if the database answers and has the table, or else why not.
func (b *Backend) Ping(ctx context.Context) error {
	if _, err := b.Load(ctx, "", time.Time{}); !errors.Is(err, session.ErrNotFound) {
		return err
	}
	return nil
}

// Load implements [session.Backend].
func (b *Backend) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	var rec session.Record
	var found bool
	err := b.read(ctx, func(c Conn) error {
		found = false
		return c.Query(func(row Row) error {
			found = true
			var err error
			rec, err = b.record(row)
			return err
		}, b.dialect.Load, b.key(key))
	})
	switch {
	case errors.Is(err, session.ErrUnreadable):
		return session.Record{Values: rec.Values}, err
	case err != nil:
		return session.Record{}, err
	case !found:
		return session.Record{}, session.ErrNotFound
	case !rec.Live(now):
		return session.Record{}, session.Expired(rec)
	}
	return rec, nil
}

// Save implements [session.Backend].
func (b *Backend) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	id, data := b.key(key), b.data(rec.Values)
	created, renewed, expires := rec.Created.UnixMilli(), rec.Renewed.UnixMilli(), rec.Expires.UnixMilli()
	at := now.UnixMilli()
	var changed int64
	err := b.writeOne(ctx, func(c Conn) (err error) {
		if rec.Version == 0 {
			changed, err = c.Exec(b.dialect.Insert, id, data, created, renewed, expires, at)
		} else {
			changed, err = c.Exec(b.dialect.Update, data, created, renewed, expires, id, rec.Version, at)
		}
		return err
	})
	if err == nil && changed == 0 {
		err = session.ErrConflict
	}
	return err
}

// Delete implements [session.Backend].
func (b *Backend) Delete(ctx context.Context, key string, version int64) error {
	id := b.key(key)
	var conflict bool
	err := b.writeOne(ctx, func(c Conn) error {
		conflict = false
		if version == 0 {
			_, err := c.Exec(b.dialect.Remove, id)
			return err
		}
		changed, err := c.Exec(b.dialect.Delete, id, version)
		conflict = changed == 0
		return err
	})
	if err == nil && conflict {
		err = session.ErrConflict
	}
	return err
}

// record reads a record from the columns of Dialect.Load, which more may precede.
// SQLite takes words for numbers.
func (b *Backend) record(row Row, more ...any) (session.Record, error) {
	var rec session.Record
	var created, renewed, expires int64
	err := row.Scan(append(more, &rec.Values, &created, &renewed, &expires, &rec.Version)...)
	if err != nil {
		err = fmt.Errorf("%w: %w", session.ErrUnreadable, err)
	}
	if b.dialect.TextData {
		rec.Values = textData(rec.Values)
	}
	rec.Created = time.UnixMilli(created).UTC()
	rec.Renewed = time.UnixMilli(renewed).UTC()
	rec.Expires = time.UnixMilli(expires).UTC()
	return rec, err
}
