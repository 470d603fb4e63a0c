// Package sqldb uses databases of a server, by database/sql, as a
// [sqlbackend.Backend] needs them. Packages mysql and postgres open them.
package sqldb

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"sync"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// Options says how a database is used. The zero value is good for most.
type Options struct {
	// Conns is how many connections there are at most. Who finds them all busy
	// waits. 0 means 16; there are 2 at least.
	Conns int

	// Timeout is how long a call lasts at most, whatever its context allows, until
	// it fails with [ErrSlow]. 0 means 10 seconds.
	Timeout time.Duration
}

// A System is what a database system needs beyond a driver.
type System struct {
	// Goose is the system's name in goose.
	Goose goose.Dialect

	// Lock is a query that waits for a lock of this database, by its own means, and
	// returns 1 once the connection has it.
	Lock string

	// Explain returns one of this package's errors for what the driver says, made
	// by [Fault], or else err itself.
	Explain func(err error) error

	// Again reports whether a transaction that failed so may succeed the next
	// time, because it was only in the way of another.
	Again func(err error) bool
}

// A DB is a database of a server. It connects when it has to, and connects again
// after the server has gone and come back. Its methods may be called
// concurrently.
type DB struct {
	pool    *sql.DB
	system  System
	conns   int
	timeout time.Duration

	mu         sync.Mutex
	statements map[string]*sql.Stmt // by text
}

var _ sqlbackend.DB = (*DB)(nil)

// New returns a DB that connects by means of connector, but not yet. The caller
// must Close it.
func New(connector driver.Connector, system System, o Options) *DB {
	if o.Conns == 0 {
		o.Conns = 16
	}
	o.Conns = max(o.Conns, 2) // see Migrate
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	pool := sql.OpenDB(limited{connector})
	pool.SetMaxOpenConns(o.Conns)
	pool.SetMaxIdleConns(o.Conns)
	pool.SetConnMaxIdleTime(5 * time.Minute)
	return &DB{pool: pool, system: system, conns: o.Conns, timeout: o.Timeout, statements: map[string]*sql.Stmt{}}
}

// connectTimeout is how long it may take to connect to a server and to be let in.
const connectTimeout = 2 * time.Second

// limited is a connector that gives up in time. A pool makes connections for those
// who wait for one, one after another and without a limit: if one that is being
// made when the network dies could wait for ever, so would all who come later.
type limited struct{ driver.Connector }

// Connect implements [driver.Connector].
func (l limited) Connect(ctx context.Context) (driver.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	return l.Connector.Connect(ctx)
}

// Pool returns the database for other uses. What they return is not explained.
func (db *DB) Pool() *sql.DB { return db.pool }

// Close closes all connections. No other method may be called during it or
// after.
func (db *DB) Close() error {
	var errs []error
	for _, stmt := range db.statements {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, db.pool.Close())...)
}

// Read implements [sqlbackend.DB].
func (db *DB) Read(ctx context.Context, f func(sqlbackend.Conn) error) error {
	err := db.do(ctx, f)
	if errors.Is(err, ErrUnreachable) { // perhaps by this connection only
		err = db.do(ctx, f)
	}
	return err
}

// Scan implements [sqlbackend.DB]: it is Read.
func (db *DB) Scan(ctx context.Context, f func(sqlbackend.Conn) error) error {
	return db.Read(ctx, f)
}

// WriteOne implements [sqlbackend.DB]. If it fails with an error of ctx, with
// ErrSlow or with ErrUnreachable, the server may still have run f's statement, or
// be about to.
func (db *DB) WriteOne(ctx context.Context, f func(sqlbackend.Conn) error) error {
	return db.do(ctx, f)
}

// do runs f, each statement of which is a transaction of its own.
func (db *DB) do(ctx context.Context, f func(sqlbackend.Conn) error) error {
	return db.try(ctx, func(ctx context.Context) error {
		return f(&conn{ctx, func(text string) (*sql.Stmt, error) { return db.prepare(ctx, text) }})
	})
}

// Write implements [sqlbackend.DB].
func (db *DB) Write(ctx context.Context, f func(sqlbackend.Conn) error) error {
	return db.try(ctx, func(ctx context.Context) error {
		tx, err := db.pool.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback() // after Commit, it does nothing
		if err := f(&conn{ctx, preparer(ctx, tx)}); err != nil {
			return err
		}
		return tx.Commit()
	})
}

// attempts is how often a transaction is run that is in the way of others.
const attempts = 10

// try runs f within the time there is, and explains its error.
func (db *DB) try(ctx context.Context, f func(context.Context) error) error {
	limited, cancel := context.WithTimeout(ctx, db.timeout)
	defer cancel()
	err := f(limited)
	for n := 1; n < attempts && err != nil && db.system.Again(err); n++ {
		err = f(limited)
	}
	return db.explain(ctx, err)
}
