package state

import (
	"sync"

	"github.com/sessionlab/sessionlab/internal/seat"
)

// mostSeats is how many seats a seatCache holds: those of a large class.
const mostSeats = 1000

// A seatCache holds seats as they are stored. Almost every request asks for one, and no
// other process writes to the database. It is safe for concurrent use.
type seatCache struct {
	mu      sync.Mutex
	rows    map[string]seat.Row // by their hashes
	changes int                 // how many there were to seats that are stored
}

// get returns a seat, if it is there, or else how many changes there were so far, for put.
func (c *seatCache) get(hash string) (row seat.Row, changes int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	row, ok = c.rows[hash]
	return row, c.changes, ok
}

// put holds a seat that was read when there had been so many changes. If there was one
// meanwhile, the row may be out of date already, and is not held.
func (c *seatCache) put(row seat.Row, changes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changes != changes {
		return
	}
	if c.rows == nil || len(c.rows) >= mostSeats {
		c.rows = make(map[string]seat.Row)
	}
	c.rows[row.Hash] = row
}

// drop forgets a seat that was changed, or all if hash is "".
func (c *seatCache) drop(hash string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changes++
	if hash == "" {
		clear(c.rows)
	}
	delete(c.rows, hash)
}
