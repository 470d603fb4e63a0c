// Package postgres opens databases of PostgreSQL for package sqlbackend.
package postgres

import (
	"errors"
	"net/url"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// ErrURL is returned by [Open] for what is not a URL. The URL is not in it, for
// the password that may be.
var ErrURL = errors.New("postgres: not a URL such as postgres://user:password@host:5432/database")

// Open returns the database of a URL in the form of libpq. It does not connect
// yet. The caller must Close it.
func Open(address string, o sqldb.Options) (*sqldb.DB, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" || len(u.Path) < 2 {
		return nil, ErrURL
	}
	cfg, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, ErrURL
	}
	return sqldb.New(stdlib.GetConnector(*cfg), system, o), nil
}

var system = sqldb.System{
	Goose:   goose.DialectPostgres,
	Lock:    `SELECT 1 FROM pg_advisory_lock(7461820350246)`, // any number, and of this database
	Explain: explain,
	Again:   again,
}
