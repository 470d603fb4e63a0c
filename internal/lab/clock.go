package lab

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/internal/span"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Clock is what a bench's clock shows.
type Clock struct {
	Now   time.Time  `json:"now"`
	Ahead step.Ahead `json:"ahead"` // of real time
}

// maxAhead is how far a clock can be ahead. Up to there, every store, cookie
// and browser can write the times.
const maxAhead = 100 * 365 * day

// ErrTooFar is returned for a clock that would be more than a hundred years ahead.
var ErrTooFar = errors.New("lab: the clock would be too far ahead")

// Clock returns what the bench's clock shows now.
func (b *Bench) Clock() Clock {
	ahead := step.Ahead(b.ahead.Load())
	return Clock{b.lab.now().Add(time.Duration(ahead)), ahead}
}

// now is the time by the bench's clock. Its sessions, records and virtual
// browsers go by it. It is never behind the lab's clock, which is real time.
// Everything else goes by that: seats, rates and limits, sweeping.
func (b *Bench) now() time.Time { return b.Clock().Now }

// clientTime is the time by the clock of a client of that kind: a virtual browser has
// the bench's, and nobody moves the clocks of others.
func (b *Bench) clientTime(kind step.Client) time.Time {
	if kind == step.ClientVirtual {
		return b.now()
	}
	return b.lab.now()
}

// A Move is what is done to a clock.
type Move struct {
	by   time.Duration
	back bool // to real time, instead
}

// ParseMove reads a Move: a duration of a second or more, such as "2h" or
// "31d", by which the clock moves ahead, or "now" for back to real time.
func ParseMove(s string) (Move, error) {
	if s == "now" {
		return Move{back: true}, nil
	}
	by, err := span.Parse(s)
	if err == nil && by < time.Second {
		err = fmt.Errorf("lab: a clock cannot be moved by %q", s)
	}
	return Move{by: by}, err
}

// MoveClock moves a bench's clock, and returns what it shows then. It also
// reports whether the move ended the app's sessions: going back does, if the
// clock was ahead. It returns ErrTooFar for a clock that would be too far
// ahead.
//
// What was made ahead of time has times in the future. Cookies signed then
// would first be refused, and be valid again when real time gets there. So
// going back starts the app with a fresh key, and leaves its records behind.
func (l *Lab) MoveClock(ctx context.Context, b *Bench, m Move) (clock Clock, ended bool, err error) {
	if m.back && b.Clock().Ahead == 0 {
		return b.Clock(), false, nil
	}
	entry := step.Entry{Kind: step.EntryClockMoved, Value: step.Ahead(m.by).String()}
	if m.back {
		entry = step.Entry{Kind: step.EntryClockReal}
	}
	_, err = l.perform(ctx, b, entry, func(b *Bench) error {
		var s Settings
		old, err := l.rewrite(ctx, b, func(row *BenchRow) error {
			err := m.move(row)
			s = row.Settings
			return err
		})
		if err == nil {
			l.abandon(ctx, b.id, old, s)
			clock = b.Clock()
		}
		return err
	})
	return clock, m.back && err == nil, err
}

// move makes a move of what is stored of a bench.
func (m Move) move(row *BenchRow) error {
	switch {
	case m.back:
		row.Ahead = 0
		row.Settings = row.Settings.ended()
	case m.by > maxAhead-time.Duration(row.Ahead):
		return ErrTooFar
	default:
		row.Ahead += step.Ahead(m.by)
	}
	return nil
}

// ended returns settings with which none of the sessions so far is valid.
func (s Settings) ended() Settings {
	s.generation.Epoch++
	s.generation.Over = nil // no cookie from before verifies
	s.SecretKey, s.FallbackKeys = newSecretKey(), []string{}
	return s
}
