package lab

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	// LongestPause is how long Pace has a request wait at most.
	LongestPause = 100 * time.Millisecond

	// atWork is for how long a bench counts as at work after a request to it.
	atWork = time.Second
	// While another bench is at work too, the requests to one go at a part of its rate,
	// after a part of its burst. A class that clicks, and an experiment, stay below.
	paceOfRate  = 2.0 / 5
	paceOfBurst = 1.0 / 5
)

// A share is how many requests a bench takes from its owner, or from all others.
type share struct {
	all  *rate.Limiter // see [Bench.Allow]
	calm *rate.Limiter // see [Bench.Pace]
}

func newShare(l Limits) share {
	return share{
		all:  rate.NewLimiter(l.Rate, l.Burst),
		calm: rate.NewLimiter(paceOfRate*l.Rate, max(1, int(paceOfBurst*float64(l.Burst)))),
	}
}

func (b *Bench) share(owner bool) share {
	if owner {
		return b.owners
	}
	return b.others
}

// Pace returns how long a request to the bench is to wait so that a loop without a pause
// does not slow down the other benches; 0 if it is no such loop, or there are no others at
// work. No request is refused for it: see [Bench.Allow]. One that would have to wait longer
// than LongestPause is not counted, so that a loop leaves no debt to those who come after.
func (b *Bench) Pace(owner bool) time.Duration {
	now := b.lab.now()
	others := b.lab.served.note(b.id, now)
	r := b.share(owner).calm.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	switch {
	case wait > 0 && !others:
		r.CancelAt(now)
		return 0
	case wait > LongestPause:
		r.CancelAt(now)
		return LongestPause
	}
	return wait
}

// served are the two benches that got a request last. It is safe for concurrent use.
type served struct {
	mu           sync.Mutex
	last, before struct {
		bench string
		at    time.Time
	}
}

// note notes a request to a bench, and reports whether another bench is at work.
func (s *served) note(bench string, now time.Time) (others bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last.bench != bench {
		s.before = s.last
		s.last.bench = bench
	}
	s.last.at = now
	return s.before.bench != "" && now.Sub(s.before.at) < atWork
}
