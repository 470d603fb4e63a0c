package sqldb_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

func TestProcessesThatStartAtOnceMigrateOnce(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		source := s.place(t)
		var wg sync.WaitGroup
		for range 6 {
			db := s.connect(t, source, sqldb.Options{Conns: 1}) // which is too few, and made 2
			wg.Go(func() {
				if _, err := sqlbackend.New(t.Context(), db, s.dialect); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		db := s.connect(t, source, sqldb.Options{})
		if n := text(t, db.Pool(), `SELECT count(*) FROM goose_sessions WHERE version_id > 0`); n != "1" {
			t.Errorf("the migration is noted %s times; want 1", n)
		}
	})
}

func TestTablesOfANewerProgramAreLeftAlone(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		source := s.place(t)
		db := s.connect(t, source, sqldb.Options{})
		s.backend(t, db)
		s.exec(t, source, `INSERT INTO goose_sessions (version_id, is_applied) VALUES (99, true)`)
		if _, err := sqlbackend.New(t.Context(), db, s.dialect); !errors.Is(err, sqlbackend.ErrNewer) {
			t.Errorf("New = %v; want %v", err, sqlbackend.ErrNewer)
		}
	})
}

func TestATableThatIsGoneIsMadeAgain(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		source := s.place(t)
		old := s.backend(t, s.connect(t, source, sqldb.Options{}))
		if err := old.Save(t.Context(), "k", record("v", 0), time.Now()); err != nil {
			t.Fatal(err)
		}
		s.exec(t, source, `ALTER TABLE sessions RENAME TO elsewhere`)
		if err := old.Ping(t.Context()); session.FaultOf(err) != session.FaultNoTable {
			t.Errorf("Ping without the table = %v; want %s", err, session.FaultNoTable)
		}
		var wg sync.WaitGroup
		for range 4 { // that notice at once
			db := s.connect(t, source, sqldb.Options{})
			wg.Go(func() {
				if _, err := sqlbackend.New(t.Context(), db, s.dialect); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if err := old.Save(t.Context(), "k", record("w", 0), time.Now()); err != nil {
			t.Errorf("Save = %v; want the new table to take it", err)
		}
		db := s.connect(t, source, sqldb.Options{})
		if n := text(t, db.Pool(), `SELECT count(*) FROM goose_sessions WHERE version_id > 0`); n != "1" {
			t.Errorf("the migration is noted %s times; want 1", n)
		}
		if n := text(t, db.Pool(), `SELECT count(*) FROM elsewhere`); n != "1" {
			t.Errorf("the old table has %s rows; want that nobody touched it", n)
		}
	})
}
