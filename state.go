package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/internal/state/redisstate"
	"github.com/sessionlab/sessionlab/internal/stores"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// A keeper is where benches, steps and seats are stored, and what follows from that.
type keeper struct {
	State interface {
		lab.State
		seat.State
	}
	key    []byte
	ping   func(context.Context) error
	stores []*stores.Store // that come with it
	store  string          // what a bench keeps sessions in that chose nothing
	memory *session.Memory // one of the stores, or nil
	chore  func(context.Context) error
	close  io.Closer
}

// openKeeper opens what --state names.
func openKeeper(ctx context.Context, cfg config) (*keeper, error) {
	if cfg.State == "redis" {
		return redisKeeper(ctx, cfg.Redis)
	}
	k, err := sqliteKeeper(ctx, cfg.Data, cfg.Limits.MaxMemorySessions)
	if err != nil {
		return nil, fmt.Errorf("--data: %w", err)
	}
	return k, nil
}

// sqliteKeeper keeps everything in a file of this process, and offers its memory
// for at most that many sessions.
func sqliteKeeper(ctx context.Context, folder string, sessions int) (k *keeper, err error) {
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
	records := tableIn(db, "sqlite", filepath.Base(file), sqlbackend.SQLite)
	if err := records.Check(ctx); err != nil {
		return nil, err
	}
	memory := session.NewMemory(time.Now)
	memory.Max = sessions
	return &keeper{
		State: saved, key: saved.Key(), ping: saved.Ping, memory: memory,
		stores: []*stores.Store{
			stores.Open("memory", "", memory),
			records,
		},
		store: "sqlite", chore: db.Checkpoint, close: db,
	}, nil
}

// redisKeeper keeps everything where other processes find it: a session in the
// memory or in a file of one would be gone at the next request, which another
// answers, so those stores are not offered.
func redisKeeper(ctx context.Context, address string) (*keeper, error) {
	const patience = time.Second // for a server to answer for the first time
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	saved, err := redisstate.Open(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("--redis: %w", err)
	}
	return &keeper{State: saved, key: saved.Key(), ping: saved.Ping, store: "redis", close: saved}, nil
}

// run keeps the state in order, and b in step with other processes, until ctx is
// done.
func (k *keeper) run(ctx context.Context, g *errgroup.Group, b *lab.Lab, seats *seat.Registry, log *slog.Logger) {
	if k.chore != nil {
		g.Go(func() error { return every(ctx, time.Second, log, "checkpointing", k.chore) })
	}
	g.Go(func() error { return every(ctx, 10*time.Minute, log, "sweeping benches", b.Sweep) })
	g.Go(func() error { return every(ctx, 10*time.Minute, log, "sweeping seats", seats.Sweep) })
	g.Go(func() error {
		return b.Follow(ctx, func(err error) { log.Warn("news of other processes do not come", "error", err) })
	})
}

// end closes the state.
func (k *keeper) end(log *slog.Logger) {
	if err := k.close.Close(); err != nil {
		log.Error("closing the state", "error", err)
	}
}
