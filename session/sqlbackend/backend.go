package sqlbackend

import (
	"context"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A Backend is a [session.Backend] that keeps its records in the table sessions
// of an SQL database. It is also a [session.Sweeper] and a [session.Ranger].
//
// Whether a record is live is judged by the clock of New, not by that of the
// database, and in the same statement that changes it: a Save is one statement,
// and needs no lock held between reading and writing.
type Backend struct {
	db      DB
	dialect Dialect
	now     func() time.Time
}

var (
	_ session.Backend = (*Backend)(nil)
	_ session.Sweeper = (*Backend)(nil)
	_ session.Ranger  = (*Backend)(nil)
)

// New returns a Backend on db, whose table it creates unless it is there. The
// clock now says what has expired; nil stands for [time.Now].
func New(ctx context.Context, db DB, dialect Dialect, now func() time.Time) (*Backend, error) {
	if now == nil {
		now = time.Now
	}
	err := db.Write(ctx, func(c Conn) error {
		_, err := c.Exec(dialect.Schema)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sqlbackend: create the table: %w", err)
	}
	return &Backend{db: db, dialect: dialect, now: now}, nil
}

// Load implements [session.Backend].
func (b *Backend) Load(ctx context.Context, key string) (session.Record, error) {
	var rec session.Record
	var found bool
	err := b.read(ctx, func(c Conn) error {
		found = false
		return c.Query(func(row Row) error {
			found = true
			var err error
			rec, err = record(row)
			return err
		}, b.dialect.Load, key)
	})
	switch {
	case err != nil:
		return session.Record{}, err
	case !found:
		return session.Record{}, session.ErrNotFound
	case !rec.Live(b.now()):
		rec.Values = nil
		return session.Record{}, &session.ExpiredError{Record: rec}
	}
	return rec, nil
}

// Save implements [session.Backend].
func (b *Backend) Save(ctx context.Context, key string, rec session.Record) error {
	data := string(rec.Values)
	created, renewed, expires := rec.Created.UnixMilli(), rec.Renewed.UnixMilli(), rec.Expires.UnixMilli()
	var changed int64
	err := b.write(ctx, func(c Conn) (err error) {
		now := b.now().UnixMilli()
		if rec.Version == 0 {
			changed, err = c.Exec(b.dialect.Insert, key, data, created, renewed, expires, now)
		} else {
			changed, err = c.Exec(b.dialect.Update, data, created, renewed, expires, key, rec.Version, now)
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
	var conflict bool
	err := b.write(ctx, func(c Conn) error {
		conflict = false
		if version == 0 {
			_, err := c.Exec(b.dialect.Remove, key)
			return err
		}
		changed, err := c.Exec(b.dialect.Delete, key, version)
		conflict = changed == 0
		return err
	})
	if err == nil && conflict {
		err = session.ErrConflict
	}
	return err
}

// record reads a record from the columns of Dialect.Load, which more may precede.
func record(row Row, more ...any) (session.Record, error) {
	var rec session.Record
	var created, renewed, expires int64
	err := row.Scan(append(more, &rec.Values, &created, &renewed, &expires, &rec.Version)...)
	rec.Created = time.UnixMilli(created).UTC()
	rec.Renewed = time.UnixMilli(renewed).UTC()
	rec.Expires = time.UnixMilli(expires).UTC()
	return rec, err
}
