package sessiontest

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// TestSharedBackend checks that two backends on one storage, as two processes
// have them, see what the other writes at once. The function new returns both.
func TestSharedBackend(t *testing.T, new func(t testing.TB) (a, b session.Backend)) {
	clock := NewClock(epoch)
	first, second := new(t)
	a := &try{TB: t, ctx: t.Context(), clock: clock, backend: first}
	b := &try{TB: t, ctx: t.Context(), clock: clock, backend: second}

	b.missing("k")
	a.save("k", "of a", 0)
	b.found("k", "of a", 1)
	b.refused("k", 0)
	b.save("k", "of b", 1)
	a.refused("k", 1)
	a.found("k", "of b", 2)
	a.deleted("k", 2)
	b.refused("k", 2)
	b.missing("k")

	a.save("n", "0", 0)
	a.together(20, func(i int) {
		by := a
		if i%2 == 0 {
			by = b
		}
		for range 5 {
			if !by.increment("n") {
				return
			}
		}
	})
	a.found("n", "100", 101)
	b.found("n", "100", 101)

	clock.Advance(time.Hour)
	if s, ok := second.(session.Sweeper); ok {
		b.swept(s, 1)
	}
	a.missing("n")
}
