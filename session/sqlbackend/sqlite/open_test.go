package sqlite_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

func TestFilesAreTheirOwnersOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("has no permission bits")
	}
	path := filepath.Join(t.TempDir(), "data", "sessions.db")
	backendOn(t, openAt(t, path))
	for name, want := range map[string]os.FileMode{
		filepath.Dir(path): 0o700, path: 0o600, path + "-wal": 0o600, path + "-shm": 0o600,
	} {
		info, err := os.Stat(name)
		if err != nil {
			t.Error(err)
		} else if got := info.Mode().Perm(); got != want {
			t.Errorf("mode of %s = %o; want %o", filepath.Base(name), got, want)
		}
	}
}

func TestRecordsSurviveCloseAndOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sessions.db")
	for version := range int64(3) {
		db, err := sqlite.Open(path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rec := session.Record{Values: fmt.Append(nil, version), Expires: time.Now().Add(time.Hour), Version: version}
		if err := backendOn(t, db).Save(t.Context(), "k", rec, time.Now()); err != nil {
			t.Errorf("Save of version %d = %v; want nil", version, err)
		}
		if err := db.Close(); err != nil {
			t.Errorf("Close() = %v; want nil", err)
		}
		if _, err := os.Stat(path + "-wal"); err == nil {
			t.Error("after Close there is still a write-ahead log")
		}
	}
}

func TestOpenAndCloseLeaveNoGoroutine(t *testing.T) {
	before := goleak.IgnoreCurrent()
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "x.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	goleak.VerifyNone(t, before)
}

func TestWhatIsNoDatabaseIsNotOpened(t *testing.T) {
	before := goleak.IgnoreCurrent()
	folder := t.TempDir()
	text := filepath.Join(folder, "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{folder, text, filepath.Join(text, "x.db")} {
		db, err := sqlite.Open(path, sqlite.Options{})
		if err == nil {
			db.Close()
			t.Errorf("Open(%q) = nil; want an error", filepath.Base(path))
		} else if !strings.HasPrefix(err.Error(), "sqlite: open "+path+": ") {
			t.Errorf("Open(%q) = %v; want the path in it", filepath.Base(path), err)
		}
	}
	goleak.VerifyNone(t, before)
}

func TestManyStatementsAreForgotten(t *testing.T) {
	n := newNumbers(t)
	for i := range 450 {
		err := n.Write(t.Context(), func(c sqlbackend.Conn) error {
			_, err := c.Exec(fmt.Sprintf("INSERT INTO n (x) VALUES (%d)", i))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	n.committed(450)
}
