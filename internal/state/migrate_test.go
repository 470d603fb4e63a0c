package state_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"
)

// TestAFileOfAnEarlierVersionKeepsItsRows opens a file as versions without
// migrations made it.
func TestAFileOfAnEarlierVersionKeepsItsRows(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.db")
	before, err := os.ReadFile(filepath.Join("testdata", "before.sql"))
	check(t, err)
	db, err := sql.Open("sqlite", file)
	check(t, err)
	_, err = db.Exec(string(before) + `
		INSERT INTO meta VALUES ('seat key', 'the key of the seats');
		INSERT INTO seats VALUES ('h', 1, 2, 3, 0);
		INSERT INTO benches VALUES ('b', '{}', 1, 2);
		INSERT INTO steps VALUES ('b', 1, '{}', '{"n":1}');`)
	check(t, err)
	check(t, db.Close())

	for range 2 {
		s := open(t, file)
		if got := string(s.Key()); got != "the key of the seats" {
			t.Errorf("the key is %q; want the one that was there", got)
		}
		seat, err := s.SeatRow(t.Context(), "h")
		check(t, err)
		step, err := s.Step(t.Context(), "b", 1)
		check(t, err)
		if seat.Bench != 3 || step.N != 1 {
			t.Errorf("seat and step are %+v, %+v; want what was there", seat, step)
		}
	}
}
