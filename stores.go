package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	driver "github.com/go-sql-driver/mysql"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/internal/stores"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/mysql"
	"github.com/sessionlab/sessionlab/session/sqlbackend/postgres"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// storeSet is the stores that benches can choose, and what is to be closed at the
// end.
type storeSet struct {
	all     []*stores.Store
	closers []io.Closer
}

// servers adds the stores on other servers that flags name. It connects to none:
// one that does not answer is shown as such, and used as soon as it does.
func (s *storeSet) servers(cfg config) error {
	if cfg.Redis != "" {
		redis, err := redisbackend.Open(cfg.Redis, time.Now)
		if err != nil {
			return &flagError{"--redis", err}
		}
		s.closers = append(s.closers, redis)
		open := func(ctx context.Context) (stores.Backend, error) { return redis, redis.Ping(ctx) }
		s.all = append(s.all, stores.New("redis", hostOf(cfg.Redis), open, redis.Ping))
	}
	if cfg.MySQL != "" {
		db, err := mysql.Open(cfg.MySQL, sqldb.Options{})
		if err != nil {
			return &flagError{"--mysql", err}
		}
		where := ""
		if dsn, err := driver.ParseDSN(cfg.MySQL); err == nil {
			where = dsn.Addr
		}
		s.add("mysql", where, db, sqlbackend.MySQL)
	}
	if cfg.Postgres != "" {
		db, err := postgres.Open(cfg.Postgres, sqldb.Options{})
		if err != nil {
			return &flagError{"--postgres", err}
		}
		s.add("postgres", hostOf(cfg.Postgres), db, sqlbackend.PostgreSQL)
	}
	return nil
}

// add adds a store in a database of a server.
func (s *storeSet) add(name, where string, db *sqldb.DB, dialect sqlbackend.Dialect) {
	s.closers = append(s.closers, db)
	s.all = append(s.all, tableIn(db, name, where, dialect))
}

// tableIn is the store that is a table of a database.
func tableIn(db sqlbackend.DB, name, where string, dialect sqlbackend.Dialect) *stores.Store {
	var records *sqlbackend.Backend
	open := func(ctx context.Context) (stores.Backend, error) {
		opened, err := sqlbackend.New(ctx, db, dialect, time.Now)
		if err == nil {
			records = opened
		}
		return opened, err
	}
	return stores.New(name, where, open, func(ctx context.Context) error { return records.Ping(ctx) })
}

// hostOf is the host and port of an address, without what may be secret.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

func (s *storeSet) backends() map[string]session.Backend {
	all := make(map[string]session.Backend)
	for _, store := range s.all {
		all[store.Name()] = store
	}
	return all
}

func (s *storeSet) where() map[string]string {
	all := make(map[string]string)
	for _, store := range s.all {
		all[store.Name()] = store.Where()
	}
	return all
}

// named returns the store of that name, or nil.
func (s *storeSet) named(name string) *stores.Store {
	for _, store := range s.all {
		if store.Name() == name {
			return store
		}
	}
	return nil
}

// state tells whether a store answered when it was last asked.
func (s *storeSet) state(name string) error {
	if store := s.named(name); store != nil {
		return store.State()
	}
	return nil
}

// doubting observes steps: one that could not be stored puts the store of that name in
// doubt, which is in the same place.
func (s *storeSet) doubting(name string) lab.ObserverFunc {
	store := s.named(name)
	return func(_ string, _ *step.Step, err error) {
		var failed *lab.StateError
		if store != nil && errors.As(err, &failed) {
			store.Doubt()
		}
	}
}

// asked waits until all stores have been asked whether they are there, so that
// the first request finds those that are; for no longer than most, and so not for
// one that keeps silent.
func (s *storeSet) asked(ctx context.Context, most time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for _, store := range s.all {
		select {
		case <-store.Asked():
		case <-ctx.Done():
		}
	}
}

// ready returns nil if all stores answer.
func (s *storeSet) ready() error {
	var errs []error
	for _, store := range s.all {
		errs = append(errs, store.State())
	}
	return errors.Join(errs...)
}

// run watches and sweeps the stores until ctx is done.
func (s *storeSet) run(ctx context.Context, g *errgroup.Group, log *slog.Logger) {
	for _, store := range s.all {
		g.Go(func() error {
			tick := time.NewTicker(2 * time.Second)
			defer tick.Stop()
			return store.Watch(ctx, tick.C, func(err error) {
				if err != nil {
					log.Warn("a store has gone", "store", store.Name(), "error", err)
				} else {
					log.Warn("a store has come", "store", store.Name())
				}
			})
		})
		g.Go(func() error { return every(ctx, time.Minute, log, "sweeping sessions", sweep(store)) })
	}
}

func (s *storeSet) close(log *slog.Logger) {
	for _, c := range s.closers {
		if err := c.Close(); err != nil {
			log.Error("closing a store", "error", err)
		}
	}
}
