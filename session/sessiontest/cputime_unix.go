//go:build unix

package sessiontest

import (
	"syscall"
	"time"
)

// processTime returns how long processors have worked for this process.
func processTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
