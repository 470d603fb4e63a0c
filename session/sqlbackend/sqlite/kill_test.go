package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session/sqlbackend"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// victim names the variable that makes this program write to the file it holds
// until it is killed.
const victim = "SQLITE_TEST_VICTIM"

func TestMain(m *testing.M) {
	if path := os.Getenv(victim); path != "" {
		fmt.Fprintln(os.Stderr, writeForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeForever updates eight records, and prints key and version of each save
// once it is acknowledged.
func writeForever(path string) error {
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		return err
	}
	ctx := context.Background()
	b, err := sqlbackend.New(ctx, db, sqlbackend.SQLite)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for i := range 8 {
		go func() {
			key := fmt.Sprint("k", i)
			rec, _ := b.Load(ctx, key, time.Now())
			for {
				rec.Values = []byte(strings.Repeat("v", int(rec.Version*37%9000)))
				rec.Expires = time.Now().Add(time.Hour)
				if err := b.Save(ctx, key, rec, time.Now()); err != nil {
					failed <- err
				}
				rec.Version++
				fmt.Printf("%s %d\n", key, rec.Version)
			}
		}()
	}
	return <-failed
}

func TestAcknowledgedWritesSurviveAKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sessions.db")
	for round := range 6 {
		acknowledged := killAfter(t, path, 40+round*150)
		db := openAt(t, path)
		b := backendOn(t, db)
		for key, version := range acknowledged {
			rec, err := b.Load(t.Context(), key, time.Now())
			if err != nil || rec.Version < version {
				t.Errorf("after a kill Load(%q) = version %d, %v; want the acknowledged %d", key, rec.Version, err, version)
			}
			if want := int((rec.Version - 1) * 37 % 9000); len(rec.Values) != want {
				t.Errorf("after a kill version %d has %d bytes of values; want %d", rec.Version, len(rec.Values), want)
			}
		}
		sound(t, db)
	}
}

// killAfter runs a victim, kills it once it has acknowledged n writes, and
// returns the newest version it has acknowledged of each key.
func killAfter(t *testing.T, path string, n int) map[string]int64 {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), victim+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]int64{}
	lines := bufio.NewScanner(out)
	for i := 0; lines.Scan(); i++ {
		if i == n {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
		var key string
		var version int64
		if _, err := fmt.Sscan(lines.Text(), &key, &version); err != nil {
			t.Fatalf("the victim prints %q", lines.Text())
		}
		acknowledged[key] = max(acknowledged[key], version)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the victim ended by itself")
	}
	if len(acknowledged) == 0 {
		t.Fatal("the victim acknowledged nothing")
	}
	return acknowledged
}

// sound checks the file itself.
func sound(t *testing.T, db *sqlite.DB) {
	t.Helper()
	err := db.Read(t.Context(), func(c sqlbackend.Conn) error {
		return c.Query(func(row sqlbackend.Row) error {
			var result string
			err := row.Scan(&result)
			if result != "ok" {
				t.Errorf("integrity_check: %s", result)
			}
			return err
		}, "PRAGMA integrity_check")
	})
	if err != nil {
		t.Fatal(err)
	}
}
