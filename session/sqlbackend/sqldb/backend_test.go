package sqldb_test

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqldb"
)

func TestBackend(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		t.Parallel() // each waits for the disk of a server of its own
		sessiontest.TestBackend(t, func(t testing.TB) session.Backend {
			return s.backend(t, nil)
		})
	})
}

func BenchmarkBackend(b *testing.B) {
	each(b, func(b *testing.B, s system) {
		sessiontest.BenchmarkBackend(b, func(t testing.TB) session.Backend {
			return s.backend(t, nil)
		})
	})
}

func TestTwoProcessesShareADatabase(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		sessiontest.TestSharedBackend(t, func(t testing.TB) (a, b session.Backend) {
			source := s.place(t)
			a = s.backend(t, s.connect(t, source, sqldb.Options{}))
			return a, s.backend(t, s.connect(t, source, sqldb.Options{}))
		})
	})
}

func TestASessionIsReadableInTheShell(t *testing.T) {
	each(t, func(t *testing.T, s system) {
		db := s.connect(t, s.place(t), sqldb.Options{})
		b := s.backend(t, db)
		if err := b.Save(t.Context(), "bench:k", record(`{"user":"安娜 🍪"}`, 0), time.Now()); err != nil {
			t.Fatal(err)
		}
		for query, want := range map[string]string{
			`SELECT data FROM sessions`:                      `{"user":"安娜 🍪"}`,
			`SELECT id FROM sessions WHERE id = 'bench:k'`:   "bench:k",
			`SELECT data FROM sessions WHERE id > 'bench:j'`: `{"user":"安娜 🍪"}`,
			map[string]string{
				"MySQL":      `SELECT JSON_VALUE(data, '$.user') FROM sessions`,
				"PostgreSQL": `SELECT data::json ->> 'user' FROM sessions`,
			}[s.name]: "安娜 🍪",
		} {
			if got := text(t, db.Pool(), query); got != want {
				t.Errorf("%s = %q; want %q", query, got, want)
			}
		}
	})
}
