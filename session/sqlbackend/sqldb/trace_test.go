package sqldb_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

// TestWhatATraceTellsIsWhatRan asks the servers what they were sent.
func TestWhatATraceTellsIsWhatRan(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		source := s.place(t)
		db := s.connect(t, source, sqldb.Options{})
		seen := `SELECT statement FROM pg_prepared_statements` // of this connection: there is but one so far
		if s.name == "MySQL" {
			s.exec(t, source, `SET GLOBAL log_output = 'TABLE'`, `SET GLOBAL general_log = ON`)
			defer s.exec(t, source, `SET GLOBAL general_log = OFF`)
			seen = `SELECT argument FROM mysql.general_log WHERE command_type = 'Prepare'`
		}
		b := s.backend(t, db)
		check(t, b.Save(t.Context(), "k", record("v", 0), time.Now()))
		check(t, b.Save(t.Context(), "k", record("w", 1), time.Now()))
		_, err := b.Load(t.Context(), "k", time.Now())
		check(t, err)
		check(t, b.Delete(t.Context(), "k", 2))
		ran := map[string]bool{}
		check(t, db.Read(t.Context(), func(c sqlbackend.Conn) error {
			return c.Query(func(row sqlbackend.Row) error {
				var statement string
				err := row.Scan(&statement)
				ran[statement] = true
				return err
			}, seen)
		}))
		for _, statement := range []string{s.dialect.Insert, s.dialect.Update, s.dialect.Load, s.dialect.Delete} {
			if !ran[statement] {
				t.Errorf("the server was not sent %q, but %q", statement, slices.Collect(maps.Keys(ran)))
			}
		}
	})
}
