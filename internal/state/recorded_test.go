package state_test

import (
	"compress/gzip"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// recorded.sql.gz is a file of the version whose events told what they were about
// in Detail alone: thirty steps over all three mechanisms, with log-ins, refusals,
// a moved key and an expired session.
func TestStepsOfAnEarlierVersionAreComplete(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.db")
	load(t, file, filepath.Join("testdata", "recorded.sql.gz"))
	s := open(t, file)
	const bench = "5d1bgw9cwtk8hj6g"
	lines, err := s.Summaries(t.Context(), bench)
	check(t, err)
	seen := map[step.Kind]int{}
	for i, line := range lines {
		if line.N != i+1 || line.Mechanism == "" {
			t.Errorf("summary %d = %+v", i+1, line)
		}
		was, err := s.Step(t.Context(), bench, line.N)
		check(t, err)
		for _, e := range was.Events {
			seen[e.Kind]++
			mustBeComplete(t, line.N, e)
		}
		data, _, err := step.Encode(was, line)
		check(t, err)
		if again, err := step.Decode([]byte(data)); err != nil || !reflect.DeepEqual(again, was) {
			t.Errorf("step %d is another after it was stored again: %v", line.N, err)
		}
	}
	for kind, least := range map[step.Kind]int{step.SessionOpened: 20, step.IDRenewed: 1, step.SetCookieBuilt: 15, step.CookieIgnored: 1, step.SignatureInvalid: 1, step.SessionExpired: 1} {
		if len(lines) != 30 || seen[kind] < least {
			t.Errorf("%d steps have %d events %s; want 30 with at least %d", len(lines), seen[kind], kind, least)
		}
	}
}

func mustBeComplete(t *testing.T, n int, e step.Event) {
	t.Helper()
	var whole step.Event
	switch e.Kind {
	case step.SessionOpened:
		whole = step.Opened(e.Values, e.Why)
	case step.IDRenewed:
		whole = step.Renewed(e.OldID, e.NewID, e.Why)
	case step.SetCookieBuilt:
		if e.Why == step.WhyRefused {
			return
		}
		whole = step.CookieBuilt(e.Detail[len("Set-Cookie: "):], e.Why)
	default:
		return
	}
	whole.Micros = e.Micros
	if whole != e || e.Kind == step.SetCookieBuilt && e.Lasts == "" || e.Kind == step.SessionOpened && e.Values == "" {
		t.Errorf("step %d: %+v; want %+v", n, e, whole)
	}
}

// load makes a database of the statements in a compressed file.
func load(t *testing.T, file, dump string) {
	t.Helper()
	f, err := os.Open(dump)
	check(t, err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	check(t, err)
	statements, err := io.ReadAll(z)
	check(t, err)
	db, err := sql.Open("sqlite", file)
	check(t, err)
	_, err = db.Exec(string(statements))
	check(t, err)
	check(t, db.Close())
}
