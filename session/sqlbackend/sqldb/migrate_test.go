package sqldb_test

import (
	"errors"
	"sync"
	"testing"

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
				if _, err := sqlbackend.New(t.Context(), db, s.dialect, nil); err != nil {
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
		s.backend(t, db, nil)
		s.exec(t, source, `INSERT INTO goose_sessions (version_id, is_applied) VALUES (99, true)`)
		if _, err := sqlbackend.New(t.Context(), db, s.dialect, nil); !errors.Is(err, sqlbackend.ErrNewer) {
			t.Errorf("New = %v; want %v", err, sqlbackend.ErrNewer)
		}
	})
}
