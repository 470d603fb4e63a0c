package sqlbackend_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// before is what versions without migrations made, with a record.
var before = []string{
	`CREATE TABLE IF NOT EXISTS sessions (
	id      TEXT PRIMARY KEY NOT NULL,
	data    TEXT NOT NULL,
	created INTEGER NOT NULL, -- times are Unix milliseconds
	renewed INTEGER NOT NULL,
	expires INTEGER NOT NULL,
	version INTEGER NOT NULL
) WITHOUT ROWID`,
	`INSERT INTO sessions VALUES ('k', '{"a":1}', 0, 0, 9000000000000, 7)`,
}

func openSQLite(t *testing.T, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{})
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

func execute(t *testing.T, db sqlbackend.DB, statements ...string) {
	t.Helper()
	err := db.Write(t.Context(), func(c sqlbackend.Conn) error {
		for _, statement := range statements {
			if _, err := c.Exec(statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAFileOfAnEarlierVersionKeepsItsRecords(t *testing.T) {
	db := openSQLite(t, filepath.Join(t.TempDir(), "sessions.db"))
	execute(t, db, before...)
	for range 2 {
		b, err := sqlbackend.New(t.Context(), db, sqlbackend.SQLite)
		if err != nil {
			t.Fatal(err)
		}
		if rec, err := b.Load(t.Context(), "k", time.Now()); err != nil || string(rec.Values) != `{"a":1}` || rec.Version != 7 {
			t.Errorf("Load = %+v, %v; want what was there", rec, err)
		}
		if v, err := sqlbackend.Version(t.Context(), db, "goose_sessions"); v != 1 || err != nil {
			t.Errorf("the version is %d, %v; want 1", v, err)
		}
	}
}

// steps are migrations that fail if they are run twice.
func steps(n int) fstest.MapFS {
	all := fstest.MapFS{
		"1_make.sql": {Data: []byte("-- +goose Up\nCREATE TABLE t (x INTEGER);\n")},
		"2_fill.sql": {Data: []byte("-- +goose Up\nINSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\n")},
		"3_more.sql": {Data: []byte("-- +goose Up\nALTER TABLE t ADD COLUMN y INTEGER;\n")},
		"4_half.sql": {Data: []byte("-- +goose Up\nINSERT INTO t VALUES (3, 3);\nINSERT INTO nowhere VALUES (4);\n")},
	}
	for name := range all {
		if int(name[0]-'0') > n {
			delete(all, name)
		}
	}
	return all
}

func TestProcessesThatStartAtOnceMigrateOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sessions.db")
	execute(t, openSQLite(t, path), before...)
	for _, n := range []int{1, 3} {
		var wg sync.WaitGroup
		for range 6 {
			db := openSQLite(t, path)
			wg.Go(func() {
				if _, err := sqlbackend.New(t.Context(), db, sqlbackend.SQLite); err != nil {
					t.Error(err)
				}
				if err := sqlbackend.Migrate(t.Context(), db, "versions", steps(n)); err != nil {
					t.Errorf("Migrate to %d = %v; want nil", n, err)
				}
			})
		}
		wg.Wait()
	}
	var rows, noted int64
	db := openSQLite(t, path)
	err := db.Read(t.Context(), func(c sqlbackend.Conn) error {
		return c.Query(func(row sqlbackend.Row) error { return row.Scan(&rows, &noted) },
			`SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM versions)`)
	})
	if err != nil || rows != 2 || noted != 4 {
		t.Errorf("there are %d rows and %d versions, %v; want 2 and 4, with version 0", rows, noted, err)
	}
}

func TestAMigrationThatFailsIsUndone(t *testing.T) {
	db := openSQLite(t, filepath.Join(t.TempDir(), "sessions.db"))
	if err := sqlbackend.Migrate(t.Context(), db, "versions", steps(4)); err == nil {
		t.Error("Migrate = nil; want an error")
	}
	if v, err := sqlbackend.Version(t.Context(), db, "versions"); v != 3 || err != nil {
		t.Errorf("the version is %d, %v; want 3", v, err)
	}
	execute(t, db, `CREATE TABLE nowhere (x INTEGER)`)
	if err := sqlbackend.Migrate(t.Context(), db, "versions", steps(4)); err != nil {
		t.Errorf("Migrate when it can = %v; want nil", err)
	}
	var rows int64
	err := db.Read(t.Context(), func(c sqlbackend.Conn) error {
		return c.Query(func(row sqlbackend.Row) error { return row.Scan(&rows) }, `SELECT count(*) FROM t`)
	})
	if err != nil || rows != 3 {
		t.Errorf("there are %d rows, %v; want 3", rows, err)
	}
}

func TestTablesOfANewerProgramAreLeftAlone(t *testing.T) {
	db := openSQLite(t, filepath.Join(t.TempDir(), "sessions.db"))
	if err := sqlbackend.Migrate(t.Context(), db, "versions", steps(3)); err != nil {
		t.Fatal(err)
	}
	if err := sqlbackend.Migrate(t.Context(), db, "versions", steps(2)); !errors.Is(err, sqlbackend.ErrNewer) {
		t.Errorf("Migrate to less than there is = %v; want %v", err, sqlbackend.ErrNewer)
	}
}

func TestATableThatIsGoneIsMadeAgain(t *testing.T) {
	db := openSQLite(t, filepath.Join(t.TempDir(), "sessions.db"))
	for range 2 {
		b, err := sqlbackend.New(t.Context(), db, sqlbackend.SQLite)
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Save(t.Context(), "k", session.Record{Expires: time.Now().Add(time.Hour)}, time.Now()); err != nil {
			t.Error(err)
		}
		execute(t, db, `DROP TABLE sessions`)
		if err := b.Ping(t.Context()); session.FaultOf(err) != session.FaultNoTable {
			t.Errorf("Ping without the table = %v; want %s", err, session.FaultNoTable)
		}
	}
}
