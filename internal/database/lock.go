package database

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// lockFolder makes a folder unless it is there, and locks it until the lock is
// closed or the process ends, however it ends: the operating system sees to that.
func lockFolder(folder string) (*flock.Flock, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	lock := flock.New(filepath.Join(folder, "sessionlab.lock"), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the folder: %w", err)
	}
	if !locked {
		return nil, fmt.Errorf("the folder %s is in use by another Session Lab", folder)
	}
	return lock, nil
}
