package sqlbackend

import (
	"context"
	"io/fs"
)

// A DB is a database that a [Backend] works on. Its methods may be called
// concurrently.
//
// They return what f returns, or why it could not be run. Except by Scan, f may
// be run on another goroutine and more than once: it must set afresh whatever it
// sets. If a method returns an error of ctx, f may still be running or yet to
// run, so what it sets must not be looked at.
type DB interface {
	// Read runs f, which reads little: rows whose keys it knows.
	Read(ctx context.Context, f func(Conn) error) error

	// Scan runs f, which may read much.
	Scan(ctx context.Context, f func(Conn) error) error

	// Write runs f in a transaction, and returns nil once that is committed. If f
	// returns an error, what it wrote is undone.
	Write(ctx context.Context, f func(Conn) error) error

	// WriteOne is Write for an f that runs one statement only: where a statement is
	// a transaction of its own, it costs no more than that.
	WriteOne(ctx context.Context, f func(Conn) error) error

	// Migrate runs the migrations in files that the table called versions has not
	// noted, and creates that if need be. Of several processes that do so at once,
	// one runs each. Callers want the function [Migrate].
	Migrate(ctx context.Context, versions string, files fs.FS) error
}

// A Conn runs statements, one at a time, until the function it was given to
// returns. Arguments are strings, byte slices or int64s.
type Conn interface {
	// Exec runs a statement and returns how many rows it changed.
	Exec(text string, args ...any) (changed int64, err error)

	// Query runs a statement and calls each for its rows, until each returns an
	// error, which Query then returns.
	Query(each func(Row) error, text string, args ...any) error
}

// A Row is a row of a result, to be read before the next.
type Row interface {
	// Scan copies the columns into the values dest points at, as [sql.Rows.Scan]
	// does.
	Scan(dest ...any) error
}
