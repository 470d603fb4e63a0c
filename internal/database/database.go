// Package database opens what the program stores its own data in: benches, steps
// and seats live in a file of this process or in a Redis that several share, and
// some of the session stores live in the same place.
package database

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/chore"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/internal/state/redisstate"
	"github.com/sessionlab/sessionlab/internal/stores"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// A State stores benches and steps, and whose they are.
type State interface {
	lab.State
	seat.State
}

// A Database is an open [State], and what follows from where it lives.
type Database struct {
	State
	Key          []byte                      // signs what the server hands out
	Ping         func(context.Context) error // returns nil if it answers
	Stores       []*stores.Store             // live in the same place, or in this process
	DefaultStore string                      // holds the sessions of benches that chose none
	Memory       *session.Memory             // is one of the stores, or nil

	chore   func(context.Context) error
	closers []io.Closer
}

// OpenFile opens the SQLite file in a folder, and offers this process's memory as
// a store of at most that many sessions. A process that has seen a bench does not
// look whether another one changes it, so only one at a time opens a folder.
func OpenFile(ctx context.Context, folder string, sessions int) (*Database, error) {
	lock, err := lockFolder(folder)
	if err != nil {
		return nil, err
	}
	d, err := openFile(ctx, folder, sessions)
	if err != nil {
		lock.Close()
		return nil, err
	}
	d.closers = append(d.closers, lock)
	return d, nil
}

func openFile(ctx context.Context, folder string, sessions int) (d *Database, err error) {
	file := filepath.Join(folder, "sessionlab.db")
	db, err := sqlite.Open(file, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			db.Close()
		}
	}()
	saved, err := state.Open(ctx, db)
	if err != nil {
		return nil, err
	}
	records := stores.Table(db, "sqlite", filepath.Base(file), sqlbackend.SQLite)
	if err := records.Check(ctx); err != nil {
		return nil, err
	}
	memory := session.NewMemory()
	memory.Max = sessions
	return &Database{
		State: saved, Key: saved.Key(), Ping: saved.Ping, Memory: memory,
		Stores: []*stores.Store{
			stores.Open("memory", "", memory),
			records,
		},
		DefaultStore: "sqlite", chore: db.Checkpoint, closers: []io.Closer{db},
	}, nil
}

// OpenRedis opens a Redis server that any number of processes share. It offers no
// store that only this process has: another may answer the next request, and would
// not find the session.
func OpenRedis(ctx context.Context, address string) (*Database, error) {
	const patience = time.Second // for a server to answer for the first time
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	saved, err := redisstate.Open(ctx, address)
	if err != nil {
		return nil, err
	}
	return &Database{State: saved, Key: saved.Key(), Ping: saved.Ping, DefaultStore: "redis", closers: []io.Closer{saved}}, nil
}

// Run has g keep the database in order, and b in step with other processes, until
// ctx is done.
func (d *Database) Run(ctx context.Context, g *errgroup.Group, b *lab.Lab, seats *seat.Registry, log *slog.Logger) {
	if d.chore != nil {
		g.Go(func() error { return chore.Every(ctx, time.Second, log, "checkpointing", d.chore) })
	}
	g.Go(func() error { return chore.Every(ctx, 10*time.Minute, log, "sweeping benches", b.Sweep) })
	g.Go(func() error {
		if err := b.MakeRoom(ctx); err != nil && ctx.Err() == nil { // which also counts what there is
			log.Error("making room", "error", err)
		}
		return chore.Every(ctx, time.Minute, log, "making room", b.MakeRoom)
	})
	g.Go(func() error { return chore.Every(ctx, 10*time.Minute, log, "sweeping seats", seats.Sweep) })
	g.Go(func() error {
		return b.Follow(ctx, func(err error) {
			log.Warn("lost the notification channel to other processes", "error", err)
		})
	})
}

// Close closes the database, and lets another process have it.
func (d *Database) Close(log *slog.Logger) {
	for _, c := range d.closers {
		if err := c.Close(); err != nil {
			log.Error("closing the database", "error", err)
		}
	}
}
