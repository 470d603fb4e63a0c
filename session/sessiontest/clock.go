package sessiontest

import (
	"sync"
	"time"
)

// A Clock is a clock that stands still until it is moved, so that tests of
// expiry need not wait. Its methods may be called concurrently.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock returns a Clock that shows now.
func NewClock(now time.Time) *Clock { return &Clock{now: now} }

// Now returns the time c shows. It is meant to be passed as a func() time.Time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves c on by d.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}
