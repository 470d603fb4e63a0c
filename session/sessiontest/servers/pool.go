package servers

import (
	"errors"
	"os"
	"sync"
	"testing"
)

// Redis starts a Redis server that writes each command to disk before it
// answers, and ends it with t.
func Redis(t testing.TB) *Server { t.Helper(); return single(t, redis) }

// MariaDB starts a MariaDB server with an empty database sessions, which root
// may use without a password, and others with theirs, and ends it with t.
func MariaDB(t testing.TB) *Server { t.Helper(); return single(t, mariadb) }

// PostgreSQL starts a PostgreSQL server whose superuser sessions may use its
// databases without a password, and others with theirs, and ends it with t.
func PostgreSQL(t testing.TB) *Server { t.Helper(); return single(t, postgresql) }

// single starts a server for t.
func single(t testing.TB, k kind) *Server {
	t.Helper()
	s, err := launch(k)
	need(t, err)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// need fails or skips t if a server could not be started.
func need(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, errMissing) && os.Getenv("CI") == "" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A Pool starts at most one server of each kind, which the tests of a package
// share. TestMain must Close it after the tests. The zero value is ready to use.
type Pool struct {
	redis, mariadb, postgresql lazy
}

// Redis returns the pool's Redis server; see the function [Redis].
func (p *Pool) Redis(t testing.TB) *Server { t.Helper(); return p.redis.server(t, redis) }

// MariaDB returns the pool's MariaDB server; see the function [MariaDB].
func (p *Pool) MariaDB(t testing.TB) *Server { t.Helper(); return p.mariadb.server(t, mariadb) }

// PostgreSQL returns the pool's PostgreSQL server; see the function [PostgreSQL].
func (p *Pool) PostgreSQL(t testing.TB) *Server {
	t.Helper()
	return p.postgresql.server(t, postgresql)
}

// Close ends the servers of the pool, none of which may be started any more.
func (p *Pool) Close() error {
	return errors.Join(p.redis.close(), p.mariadb.close(), p.postgresql.close())
}

// lazy is a server that starts when it is first needed.
type lazy struct {
	once sync.Once
	s    *Server
	err  error
}

func (l *lazy) server(t testing.TB, k kind) *Server {
	t.Helper()
	l.once.Do(func() { l.s, l.err = launch(k) })
	need(t, l.err)
	return l.s
}

func (l *lazy) close() error {
	if l.s == nil {
		return nil
	}
	return l.s.Close()
}
