package lab

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// The makers of ids. Only the first is of use: the others are what websites had that
// were broken into, for learners to guess at.
const (
	randomIDs  = "random"
	countedIDs = "counter" // 1, 2, 3, …
	clockIDs   = "clock"   // hundredths of a second since 1970
)

// idSource is where the ids of the app's records come from. An id is 20 bytes in base
// 32; a weak one is a number, its most significant byte first, so that neighbours can
// be computed from any id that was seen.
func (b *Bench) idSource(s Settings) io.Reader {
	switch s.IDMaker {
	case countedIDs:
		return weakIDs(func() uint64 { return b.nextID(uint64(b.newest())) })
	case clockIDs:
		return weakIDs(func() uint64 { return b.nextID(uint64(b.now().UnixMilli() / (10 * time.Millisecond).Milliseconds())) })
	}
	return rand.Reader
}

// idFrom is what an event that an id was made says of its maker.
func (s Settings) idFrom() step.Why {
	switch s.IDMaker {
	case countedIDs:
		return step.WhyCounted
	case clockIDs:
		return step.WhyClock
	}
	return ""
}

// nextID returns the number for the next id: from, or one more than the last if that
// was as large. So none is given twice while the process lives; after it the steps so
// far, and the time, have gone on.
func (b *Bench) nextID(from uint64) uint64 {
	for {
		last := b.lastID.Load()
		next := max(last+1, from)
		if b.lastID.CompareAndSwap(last, next) {
			return next
		}
	}
}

// weakIDs reads as the bytes of an id that is a number.
type weakIDs func() uint64

func (next weakIDs) Read(id []byte) (int, error) {
	clear(id)
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], next())
	copy(id[max(0, len(id)-len(n)):], n[max(0, len(n)-len(id)):])
	return len(id), nil
}
