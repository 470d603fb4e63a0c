package sqlite_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// openAt opens a file until t ends. It waits 50 ms for a locked one.
func openAt(t testing.TB, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{BusyTimeout: 50 * time.Millisecond})
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

func backendOn(t testing.TB, db sqlbackend.DB) *sqlbackend.Backend {
	t.Helper()
	b, err := sqlbackend.New(t.Context(), db, sqlbackend.SQLite)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func newBackend(t testing.TB) session.Backend {
	return backendOn(t, openAt(t, filepath.Join(t.TempDir(), "new folder", "a ?#%b.db")))
}

func TestBackend(t *testing.T) { sessiontest.TestBackend(t, newBackend) }

func BenchmarkBackend(b *testing.B) { sessiontest.BenchmarkBackend(b, newBackend) }

func TestTwoProcessesShareAFile(t *testing.T) {
	sessiontest.TestSharedBackend(t, func(t testing.TB) (a, b session.Backend) {
		path := filepath.Join(t.TempDir(), "sessions.db")
		return backendOn(t, openAt(t, path)), backendOn(t, openAt(t, path))
	})
}
