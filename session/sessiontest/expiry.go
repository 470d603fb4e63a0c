package sessiontest

import (
	"errors"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

func expiry(t *try) {
	want := t.record("v", 0)
	t.save("k", "v", 0)
	t.save("longer", "v", 0)
	t.clock.Advance(time.Hour - time.Millisecond)
	t.found("k", "v", 1)
	longer := t.record("w", 1)
	if err := t.backend.Save(t.ctx, "longer", longer, t.clock.Now()); err != nil {
		t.Fatal(err)
	}
	for range 2 { // at the instant, and a millisecond later
		t.clock.Advance(time.Millisecond)
		t.missing("k")
		_, err := t.backend.Load(t.ctx, "k", t.clock.Now())
		var expired *session.ExpiredError
		if errors.As(err, &expired) {
			t.sameTimes(expired.Record, want)
			if expired.Record.Version != 1 || expired.Record.Values != nil {
				t.Errorf("ExpiredError has version %d and values %q; want 1 and none",
					expired.Record.Version, expired.Record.Values)
			}
		}
	}
	t.found("longer", "w", 2)
}

// expiredForward: what leads from an old id to a new one is no session that expires.
func expiredForward(t *try) {
	t.save("old", `"renewed:x"`, 0)
	t.clock.Advance(time.Hour)
	_, err := t.backend.Load(t.ctx, "old", t.clock.Now())
	if expired := (*session.ExpiredError)(nil); !errors.Is(err, session.ErrNotFound) || errors.As(err, &expired) {
		t.Errorf("Load of a forward that has expired = %v; want %v alone", err, session.ErrNotFound)
	}
}

func expiredSave(t *try) {
	t.save("k", "old", 0)
	t.save("k", "old", 1)
	t.clock.Advance(time.Hour)
	t.refused("k", 2)
	t.missing("k")
	t.save("k", "new", 0)
	t.found("k", "new", 1)

	past := t.record("past", 1)
	past.Expires = t.clock.Now()
	if err := t.backend.Save(t.ctx, "k", past, t.clock.Now()); err != nil {
		t.Fatalf("Save of a record that expires now = %v; want nil", err)
	}
	t.missing("k")
}

func expiredDelete(t *try) {
	t.save("k", "v", 0)
	t.clock.Advance(time.Hour)
	t.conflicting("k", 2)
	t.deleted("k", 0)
	t.missing("k")
}

func sweep(t *try) {
	s := t.sweeper()
	t.swept(s, 0)
	t.save("dies", "v", 0)
	t.clock.Advance(time.Millisecond)
	t.save("lives", "v", 0)
	t.clock.Advance(time.Hour - time.Millisecond)
	t.swept(s, 1)
	t.found("lives", "v", 1)
	t.missing("dies")
	var expired *session.ExpiredError
	if _, err := t.backend.Load(t.ctx, "dies", t.clock.Now()); errors.As(err, &expired) {
		t.Error("after Sweep, Load still knows the expired record")
	}
	t.swept(s, 0)
}

func sweepTime(t *try) {
	s := t.sweeper()
	t.save("early", "v", 0)
	t.clock.Advance(time.Minute)
	t.save("late", "v", 0)
	early := t.clock.Now().Add(time.Hour - time.Minute)
	t.clock.Advance(2 * time.Hour)
	if n, err := s.Sweep(t.ctx, early); n != 1 || err != nil {
		t.Fatalf("Sweep(when one had expired) = %d, %v; want 1", n, err)
	}
	t.swept(s, 1)
}

func sweepMany(t *try) {
	s := t.sweeper()
	const n = 600
	for i := range n {
		t.save(fmt.Sprintf("dies%03d", i), "v", 0)
	}
	t.clock.Advance(time.Minute)
	for i := range n / 100 {
		t.save(fmt.Sprintf("dies%d!", i), "v", 0) // among the others
	}
	t.clock.Advance(time.Hour - time.Minute)
	t.swept(s, n)
	for i := range n / 100 {
		t.found(fmt.Sprintf("dies%d!", i), "v", 1)
	}
}

// swept sweeps, and checks how many records went.
func (t *try) swept(s session.Sweeper, want int) {
	t.Helper()
	if n, err := s.Sweep(t.ctx, t.clock.Now()); n != want || err != nil {
		t.Fatalf("Sweep(now) = %d, %v; want %d", n, err, want)
	}
}
