package stores

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	driver "github.com/go-sql-driver/mysql"

	"github.com/sessionlab/sessionlab/internal/chore"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/redisbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/mysql"
	"github.com/sessionlab/sessionlab/session/sqlbackend/postgres"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// A Set is the stores that benches can choose.
type Set struct {
	all     []*Store
	closers []io.Closer
}

// Addresses say where the servers are that hold stores. An empty one means that
// there is no such store.
type Addresses struct {
	Redis, MySQL, Postgres string
}

// An AddressError says that a store's address cannot be used.
type AddressError struct {
	Store string // its name
	Err   error
}

func (e *AddressError) Error() string { return e.Store + ": " + e.Err.Error() }

// Unwrap returns what is wrong with the address.
func (e *AddressError) Unwrap() error { return e.Err }

// AddServers adds the stores on other servers. It connects to none of them: a
// server that does not answer is shown as such, and used as soon as it does. Its
// errors are of type [*AddressError].
func (s *Set) AddServers(at Addresses) error {
	if at.Redis != "" {
		redis, err := redisbackend.Open(at.Redis)
		if err != nil {
			return &AddressError{"redis", err}
		}
		s.closers = append(s.closers, redis)
		open := func(ctx context.Context) (Backend, error) { return redis, redis.Ping(ctx) }
		s.all = append(s.all, New("redis", hostOf(at.Redis), open, redis.Ping))
	}
	if at.MySQL != "" {
		db, err := mysql.Open(at.MySQL, sqldb.Options{})
		if err != nil {
			return &AddressError{"mysql", err}
		}
		where := ""
		if dsn, err := driver.ParseDSN(at.MySQL); err == nil {
			where = dsn.Addr
		}
		s.add("mysql", where, db, sqlbackend.MySQL)
	}
	if at.Postgres != "" {
		db, err := postgres.Open(at.Postgres, sqldb.Options{})
		if err != nil {
			return &AddressError{"postgres", err}
		}
		s.add("postgres", hostOf(at.Postgres), db, sqlbackend.PostgreSQL)
	}
	return nil
}

// Add puts stores before those that are in the set.
func (s *Set) Add(first ...*Store) { s.all = append(first, s.all...) }

// add adds a store in a database of a server.
func (s *Set) add(name, where string, db *sqldb.DB, dialect sqlbackend.Dialect) {
	s.closers = append(s.closers, db)
	s.all = append(s.all, Table(db, name, where, dialect))
}

// Table returns the store that is a table of a database.
func Table(db sqlbackend.DB, name, where string, dialect sqlbackend.Dialect) *Store {
	var records *sqlbackend.Backend
	open := func(ctx context.Context) (Backend, error) {
		opened, err := sqlbackend.New(ctx, db, dialect)
		if err == nil {
			records = opened
		}
		return opened, err
	}
	return New(name, where, open, func(ctx context.Context) error { return records.Ping(ctx) })
}

// hostOf is the host and port of an address, without what may be secret.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// Backends returns the stores by name.
func (s *Set) Backends() map[string]session.Backend {
	all := make(map[string]session.Backend)
	for _, store := range s.all {
		all[store.Name()] = store
	}
	return all
}

// Where returns where each store is, by name.
func (s *Set) Where() map[string]string {
	all := make(map[string]string)
	for _, store := range s.all {
		all[store.Name()] = store.Where()
	}
	return all
}

// Named returns the store of that name, or nil.
func (s *Set) Named(name string) *Store {
	for _, store := range s.all {
		if store.Name() == name {
			return store
		}
	}
	return nil
}

// State returns nil if the store of that name answered when it was last asked, or
// why it did not.
func (s *Set) State(name string) error {
	if store := s.Named(name); store != nil {
		return store.State()
	}
	return nil
}

// Asked waits until every store has been asked whether it is there, so that the
// first request finds those that are. It waits no longer than most, for a store
// may keep silent.
func (s *Set) Asked(ctx context.Context, most time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for _, store := range s.all {
		select {
		case <-store.Asked():
		case <-ctx.Done():
		}
	}
}

// Ready returns nil if all stores answer, or why some do not.
func (s *Set) Ready() error {
	var errs []error
	for _, store := range s.all {
		errs = append(errs, store.State())
	}
	return errors.Join(errs...)
}

// Run has g watch and sweep the stores until ctx is done.
func (s *Set) Run(ctx context.Context, g *errgroup.Group, log *slog.Logger) {
	for _, store := range s.all {
		g.Go(func() error {
			tick := time.NewTicker(2 * time.Second)
			defer tick.Stop()
			return store.Watch(ctx, tick.C, func(err error) {
				if err != nil {
					log.Warn("store unavailable", "store", store.Name(), "error", err)
				} else {
					log.Warn("store available again", "store", store.Name())
				}
			})
		})
		g.Go(func() error { return chore.Every(ctx, time.Minute, log, "sweeping sessions", store.sweepNow) })
	}
}

// sweepNow removes the sessions that have expired by now.
func (s *Store) sweepNow(ctx context.Context) error {
	_, err := s.Sweep(ctx, time.Now())
	return err
}

// Close closes the connections to other servers.
func (s *Set) Close(log *slog.Logger) {
	for _, c := range s.closers {
		if err := c.Close(); err != nil {
			log.Error("closing a store", "error", err)
		}
	}
}
