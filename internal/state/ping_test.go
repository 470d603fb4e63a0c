package state_test

import (
	"database/sql"
	"path/filepath"
	"testing"
)

func TestPingMissesEveryTableThatIsGone(t *testing.T) {
	for _, table := range []string{"meta", "seats", "benches", "steps", "gone", "jars", "entries"} {
		file := filepath.Join(t.TempDir(), "state.db")
		s := open(t, file)
		if err := s.Ping(t.Context()); err != nil {
			t.Fatalf("Ping = %v; want nil", err)
		}
		db, err := sql.Open("sqlite", file)
		check(t, err)
		_, err = db.Exec(`DROP TABLE ` + table)
		check(t, err, db.Close())
		if err := s.Ping(t.Context()); err == nil {
			t.Errorf("Ping without %s = nil; want an error", table)
		}
	}
}
