package sqldb_test

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest/servers"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/mysql"
	"github.com/sessionlab/sessionlab/session/sqlbackend/postgres"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// pool has the servers that all tests of the package share.
var pool servers.Pool

func TestMain(m *testing.M) {
	code := m.Run()
	if err := pool.Close(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// A system is a database system under test.
type system struct {
	name    string
	dialect sqlbackend.Dialect
	server  func(testing.TB) *servers.Server
	open    func(source string, o sqldb.Options) (*sqldb.DB, error)
	// fresh returns the statement that makes a place called name, and the source to
	// open it.
	fresh func(source, name string) (statement, fresh string)
}

var systems = []system{
	{"MySQL", sqlbackend.MySQL, pool.MariaDB, mysql.Open, func(source, name string) (string, string) {
		return "CREATE DATABASE " + name, strings.Replace(source, "/sessions", "/"+name, 1)
	}},
	{"PostgreSQL", sqlbackend.PostgreSQL, pool.PostgreSQL, postgres.Open, func(source, name string) (string, string) {
		return "CREATE SCHEMA " + name, source + "&search_path=" + url.QueryEscape(name)
	}},
}

// each runs f for each system.
func each[T interface{ Run(string, func(T)) bool }](t T, f func(t T, s system)) {
	for _, s := range systems {
		t.Run(s.name, func(t T) { f(t, s) })
	}
}

// places counts them, for their names.
var places atomic.Int64

// place makes an empty place for tables, and returns its source.
func (s system) place(t testing.TB) string {
	t.Helper()
	source := s.server(t).URL
	statement, fresh := s.fresh(source, fmt.Sprint("place", places.Add(1)))
	s.exec(t, source, statement)
	return fresh
}

// exec runs statements that are none of a Backend.
func (s system) exec(t testing.TB, source string, statements ...string) {
	t.Helper()
	db := s.connect(t, source, sqldb.Options{})
	for _, statement := range statements {
		if _, err := db.Pool().ExecContext(t.Context(), statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// connect opens source until t ends.
func (s system) connect(t testing.TB, source string, o sqldb.Options) *sqldb.DB {
	t.Helper()
	db, err := s.open(source, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// backend returns a backend on db, which may be nil for an empty place.
func (s system) backend(t testing.TB, db *sqldb.DB) *sqlbackend.Backend {
	t.Helper()
	if db == nil {
		db = s.connect(t, s.place(t), sqldb.Options{})
	}
	b, err := sqlbackend.New(t.Context(), db, s.dialect)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// record returns a record that lives for an hour.
func record(values string, version int64) session.Record {
	return session.Record{Values: []byte(values), Expires: time.Now().Add(time.Hour), Version: version}
}

// text asks db for one string.
func text(t testing.TB, db *sql.DB, query string) string {
	t.Helper()
	var s string
	if err := db.QueryRowContext(t.Context(), query).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}
