package handlers_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// fresh is an SQLite file in which all tables are made and nothing is stored, not
// even a key. To make them takes longer than most tests do, so it is done once.
var fresh = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "sessionlab")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "sessionlab.db")
	if err := makeTables(file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// makeTables makes an SQLite file. It is whole when this returns: what a connection
// has written beside it is in it.
func makeTables(file string) (err error) {
	ctx := context.Background()
	db, err := sqlite.Open(file, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := state.Open(ctx, db); err != nil {
		return err
	}
	if _, err := sqlbackend.New(ctx, db, sqlbackend.SQLite); err != nil {
		return err
	}
	return db.Write(ctx, func(c sqlbackend.Conn) error {
		_, err := c.Exec(`DELETE FROM meta`) // each site has a key of its own
		return err
	})
}

// freshFile writes an SQLite file for t alone.
func freshFile(t testing.TB) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sessionlab.db")
	if err := os.WriteFile(file, must(fresh())(t), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}
