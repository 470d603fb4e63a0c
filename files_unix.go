//go:build unix

package main

import (
	"math"
	"syscall"
)

// maxFiles returns how many files and connections the system lets the process have
// open. The Go runtime has raised that to as many as it may be.
func maxFiles() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || uint64(limit.Cur) > math.MaxInt32 {
		return math.MaxInt32
	}
	return int(limit.Cur)
}
