// Package sqlite opens SQLite files for many concurrent readers and writers of
// one process: writes that wait for each other are committed together, which
// makes them several times cheaper than one transaction each.
//
// The file may be used by other processes at the same time.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// Options says how a file is used. The zero value is good for most.
type Options struct {
	// BusyTimeout is how long a write waits while another process has the file
	// locked, until it fails with [ErrBusy]. 0 means 1.5 seconds.
	BusyTimeout time.Duration

	// Readers is how many connections there are for Scan, and for reads while the
	// file is written. 0 means 4.
	Readers int
}

// A DB is an open file. Its methods may be called concurrently.
//
// The journal is a write-ahead log with synchronous=NORMAL. What Write has
// returned for survives the end of the process, however sudden. When the power
// fails, the last commits may be lost, but the file is never corrupt.
type DB struct {
	pool    *sql.DB
	shared  *group     // writes and small reads
	readers chan *conn // for other reads

	unerased atomic.Bool // see Erase
}

var _ sqlbackend.DB = (*DB)(nil)

// Open opens the SQLite file at path, and creates it and its folder if need be,
// readable to their owner only. The caller must Close it.
func Open(path string, o Options) (*DB, error) {
	db, err := open(path, o)
	if err != nil {
		return nil, fmt.Errorf("sqlite: open %s: %w", path, explain(err))
	}
	return db, nil
}

func open(path string, o Options) (*DB, error) {
	if o.BusyTimeout == 0 {
		o.BusyTimeout = 1500 * time.Millisecond
	}
	if o.Readers == 0 {
		o.Readers = 4
	}
	source, err := create(path)
	if err != nil {
		return nil, err
	}
	pool, err := sql.Open("sqlite", source+"?"+pragmas(o))
	if err != nil {
		return nil, err
	}
	db := &DB{pool: pool, readers: make(chan *conn, o.Readers)}
	first, err := connect(pool)
	if err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	db.shared = &group{conn: first, timeout: o.BusyTimeout}
	if _, err := first.Exec("PRAGMA busy_timeout = 0"); err != nil { // see begin
		return nil, errors.Join(err, db.Close())
	}
	for range o.Readers {
		c, err := connect(pool)
		if err != nil {
			return nil, errors.Join(err, db.Close())
		}
		db.readers <- c
	}
	return db, nil
}

// create makes the file and its folder unless they are there, and returns the
// file's name as a URI: only there can SQLite be told every name.
func create(path string) (uri string, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // #nosec G304 -- the caller says which file
	if err != nil {
		return "", err
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") { // a drive letter
		slashed = "/" + slashed
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String(), file.Close()
}

// pragmas returns the settings each connection is opened with, as a query.
func pragmas(o Options) string {
	return url.Values{
		"_pragma": {
			fmt.Sprintf("busy_timeout(%d)", o.BusyTimeout.Milliseconds()),
			"journal_mode(WAL)",
			"synchronous(NORMAL)",
			"foreign_keys(ON)",
			"secure_delete(ON)",         // see Erase
			"wal_autocheckpoint(16000)", // 64 MB, for when nobody calls Checkpoint
		},
		"_txlock": {"immediate"},
	}.Encode()
}

// Pool returns the database for other uses, such as migrations. Its connections
// are set up like those of db, and are not counted in Options.Readers.
func (db *DB) Pool() *sql.DB { return db.pool }

// Checkpoint copies what it can of the write-ahead log into the file proper,
// without holding up reads or writes. Called now and then, it keeps the log small
// and spares writers the wait for the disk that a full log costs one of them.
func (db *DB) Checkpoint(ctx context.Context) error {
	if db.unerased.Load() {
		return db.Erase(ctx)
	}
	if _, err := db.pool.ExecContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)"); err != nil {
		return explain(err)
	}
	return nil
}

// Erase makes what was deleted unreadable: in the file proper it is overwritten with
// zeros when it is deleted, and here the log, where it still stands, is cut off.
// While others read an older state of the file that cannot be; then the next
// Checkpoint tries again.
func (db *DB) Erase(ctx context.Context) error {
	db.unerased.Store(true)
	var busy, frames, copied int
	if err := db.pool.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &copied); err != nil {
		return explain(err)
	}
	db.unerased.Store(busy != 0)
	return nil
}

// Close closes the file. No other method may be called during it or after.
func (db *DB) Close() error {
	err := db.shared.conn.close()
	for len(db.readers) > 0 {
		err = errors.Join(err, (<-db.readers).close())
	}
	return errors.Join(err, db.pool.Close())
}

// Read implements [sqlbackend.DB]. Reads that wait for each other share one
// transaction; reads do not wait for writes. See Write for how f is run.
func (db *DB) Read(ctx context.Context, f func(sqlbackend.Conn) error) error {
	err := db.shared.do(ctx, false, f)
	if err == errWriting || busy(err) {
		return db.Scan(ctx, f)
	}
	return explain(err)
}

// Scan implements [sqlbackend.DB]. Each statement of f sees all that was
// committed before it began. It is not interrupted when ctx ends.
func (db *DB) Scan(ctx context.Context, f func(sqlbackend.Conn) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case c := <-db.readers:
		defer func() { db.readers <- c }()
		return explain(f(c))
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Write implements [sqlbackend.DB].
//
// It commits f together with the functions of other calls that are waiting, so
// f must leave the transaction itself alone, and its goroutine too, which may be
// another call's. If one of the functions fails, each is run again in a
// transaction of its own. A call whose ctx ends while it waits, be it for others
// or for a locked file, returns at once; if it waited for others, its function
// may still be run and committed.
func (db *DB) Write(ctx context.Context, f func(sqlbackend.Conn) error) error {
	return explain(db.shared.do(ctx, true, f))
}

// WriteOne implements [sqlbackend.DB]: it is Write.
func (db *DB) WriteOne(ctx context.Context, f func(sqlbackend.Conn) error) error {
	return db.Write(ctx, f)
}
