package lab

import (
	"context"
	"errors"
	"sync"
	"time"
)

// ErrNoRoom is returned if all benches together have reached their limits, and
// all of them are in use.
var ErrNoRoom = errors.New("lab: the benches in use have reached the limits")

// Totals is how much all benches take together.
type Totals struct {
	Benches int
	Bytes   int64 // of their steps, or of all that is stored in the same place
}

func (t Totals) plus(o Totals) Totals { return Totals{t.Benches + o.Benches, t.Bytes + o.Bytes} }

func (t Totals) minus(o Totals) Totals { return Totals{t.Benches - o.Benches, t.Bytes - o.Bytes} }

// taken is what the bench takes, as far as this process knows.
func (b *Bench) taken() Totals {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.stored {
		return Totals{}
	}
	return Totals{1, int64(b.size)}
}

// room knows the totals without asking the state at each request: the last
// count, plus what this process has added since it asked.
type room struct {
	mu      sync.Mutex
	counted Totals
	since   Totals
	removed int64
}

func (r *room) totals() Totals {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.counted.plus(r.since)
}

func (r *room) add(t Totals) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.since = r.since.plus(t)
}

// addBench adds a bench, unless the limit is reached.
func (r *room) addBench(most int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counted.Benches+r.since.Benches >= most {
		return false
	}
	r.since.Benches++
	return true
}

// count makes the state count. What is added in the meantime may count twice
// until the next time, but is never left out.
func (r *room) count(ctx context.Context, s State) error {
	r.mu.Lock()
	before := r.since
	r.mu.Unlock()
	counted, err := s.Totals(ctx)
	if err != nil {
		return fault("count benches", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.counted, r.since = counted, r.since.minus(before)
	return nil
}

// Totals returns how much all benches take, and how many were removed so far to
// make room. What it knows of benches that other processes changed is what
// [Lab.MakeRoom] found last.
func (l *Lab) Totals() (now Totals, removed int64) {
	now = l.room.totals()
	l.room.mu.Lock()
	defer l.room.mu.Unlock()
	return now, l.room.removed
}

// hasRoom reports whether a step may be added to a bench.
func (l *Lab) hasRoom(b *Bench) bool {
	now := l.room.totals()
	return now.Bytes < l.limits.TotalBytes && (b.Stored() || now.Benches < l.limits.Benches)
}

// MakeRoom counts the benches. If they have reached a limit, it removes those
// that have been unused longest, until a twentieth is free. It keeps benches
// that were used recently: if only these are left, it returns [ErrNoRoom].
func (l *Lab) MakeRoom(ctx context.Context) error {
	within := func(now, most Totals) bool { return now.Benches <= most.Benches && now.Bytes <= most.Bytes }
	most := Totals{l.limits.Benches - 1, l.limits.TotalBytes - 1} // with room for one more
	aim := most.minus(Totals{most.Benches / 20, most.Bytes / 20})
	for enough := most; ; enough = aim {
		if err := l.room.count(ctx, l.state); err != nil {
			return err
		}
		now := l.room.totals()
		if within(now, enough) {
			return nil
		}
		ids, err := l.state.Evict(ctx, l.now().Add(-l.timeouts.quiet()), max(1, now.Benches-aim.Benches))
		switch {
		case err != nil:
			return fault("make room", err)
		case len(ids) == 0 && within(now, most):
			return nil
		case len(ids) == 0:
			return ErrNoRoom
		}
		l.room.mu.Lock()
		l.room.removed += int64(len(ids))
		l.room.mu.Unlock()
		if err := l.swept(ctx, ids); err != nil {
			return err
		}
	}
}

// quiet is how long ago the stored last use of a bench must be before the bench
// counts as unused. The last use is not stored exactly.
func (t Timeouts) quiet() time.Duration { return t.Precision() + t.Precision()/6 }
