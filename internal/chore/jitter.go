package chore

import (
	"crypto/rand"
	"encoding/binary"
	"time"
)

// Jitter returns a random pause shorter than most, so that many who wait for the
// same do not all try again at once.
func Jitter(most time.Duration) time.Duration {
	var b [8]byte
	rand.Read(b[:])
	return time.Duration(binary.BigEndian.Uint64(b[:]) % uint64(most))
}
