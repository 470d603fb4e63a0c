package database_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/database"
)

func TestAFolderIsLockedUntilItsDatabaseIsClosed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "folder")
	first, err := database.OpenFile(t.Context(), folder, 10)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := database.OpenFile(t.Context(), folder, 10); err == nil || !strings.Contains(err.Error(), folder) {
		t.Errorf("a second OpenFile = %v; want an error that names the folder", err)
	}
	if err := first.Ping(t.Context()); err != nil {
		t.Errorf("Ping after a second OpenFile = %v; want nil", err)
	}
	first.Close(slog.Default())
	again, err := database.OpenFile(t.Context(), folder, 10)
	if err != nil {
		t.Fatalf("OpenFile after Close = %v; want nil", err)
	}
	again.Close(slog.Default())
}

func TestAFolderWhoseFileCannotBeOpenedIsNotLocked(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "sessionlab.db")
	if err := os.WriteFile(file, []byte(strings.Repeat("not a database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := database.OpenFile(t.Context(), folder, 10); err == nil {
		t.Fatal("OpenFile of something else succeeds")
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	d, err := database.OpenFile(t.Context(), folder, 10)
	if err != nil {
		t.Fatalf("OpenFile once the file is gone = %v; want nil", err)
	}
	d.Close(slog.Default())
}
