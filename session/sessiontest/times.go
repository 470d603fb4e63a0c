package sessiontest

import (
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// ahead moves the clock to a year ahead of real time, and leaves it at a whole second.
func (t *try) ahead() {
	t.clock.Advance((time.Since(t.clock.Now()) + 365*24*time.Hour).Truncate(time.Second))
}

// at returns a try of the same backend by a caller whose clock is further by d.
func (t *try) at(d time.Duration) *try {
	return &try{TB: t.TB, ctx: t.ctx, clock: NewClock(t.clock.Now().Add(d)), backend: t.backend}
}

func twoTimes(t *try) {
	t.ahead()
	late := t.at(time.Hour)
	t.save("a:dies", "12345", 0)
	late.save("a:lives", "123", 0)
	for range 2 { // whoever asks first
		t.found("a:dies", "12345", 1)
		late.missing("a:dies")
		t.used("a:", session.Usage{Sessions: 2, Bytes: 8})
		late.used("a:", session.Usage{Sessions: 1, Bytes: 3})
		t.used("a:d", session.Usage{Sessions: 1, Bytes: 5})
		late.used("a:d", session.Usage{})
		if r, ok := t.backend.(session.Ranger); ok {
			late.keys(r, "a:", []string{"a:lives"})
			t.keys(r, "a:", []string{"a:dies", "a:lives"})
		}
	}
	late.refused("a:dies", 1)
	t.refused("a:dies", 0)
	t.save("a:dies", "1234", 1)
	late.missing("a:dies")
	t.found("a:dies", "1234", 2)

	late.save("a:dies", "anew", 0)
	for _, at := range []*try{t, late} {
		at.found("a:dies", "anew", 1)
		at.used("a:", session.Usage{Sessions: 2, Bytes: 7})
	}
	t.deleted("a:lives", 1)
	late.missing("a:lives")
	t.used("a:", session.Usage{Sessions: 1, Bytes: 4})
}

// used checks what the backend says of a prefix, if it says.
func (t *try) used(prefix string, want session.Usage) {
	t.Helper()
	r, ok := t.backend.(session.Ranger)
	if !ok {
		return
	}
	if got, err := r.Usage(t.ctx, prefix, t.clock.Now()); got != want || err != nil {
		t.Errorf("Usage(%q) = %+v, %v; want %+v", prefix, got, err, want)
	}
}

func aheadSweep(t *try) {
	s := t.sweeper()
	t.ahead()
	t.save("dies", "v", 0)
	t.clock.Advance(time.Hour - time.Millisecond)
	t.save("lives", "v", 0)
	if n, err := s.Sweep(t.ctx, time.Now()); n != 0 || err != nil {
		t.Errorf("Sweep at real time = %d, %v; want nothing that is live a year later", n, err)
	}
	t.found("dies", "v", 1)
	t.clock.Advance(time.Millisecond)
	t.missing("dies")
	t.found("lives", "v", 1)
}
