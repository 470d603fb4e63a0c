package lab

import (
	"context"
	"errors"
	"time"
)

// A Sitting is a seat with its bench.
type Sitting struct {
	Seat
	row    SeatRow
	stored bool
}

// Sit returns the sitting of a seat's cookie, or false if that is no seat any
// more: unknown, given up, or past one of its timeouts.
func (l *Lab) Sit(ctx context.Context, cookie string) (*Sitting, bool, error) {
	seat, ok := l.Seat(cookie)
	if !ok {
		return nil, false, nil
	}
	now := l.now()
	row, err := l.state.SeatRow(ctx, seat.Hash)
	switch {
	case errors.Is(err, ErrUnknown):
		return l.newSitting(seat), true, nil
	case err != nil:
		return nil, false, fault("load seat", err)
	case row.Ended || now.Sub(row.Used) >= l.timeouts.Idle:
		return nil, false, nil
	}
	s := &Sitting{Seat: seat, row: row, stored: true}
	if now.Sub(row.Used) >= l.timeouts.grain() {
		l.noted(ctx, func(ctx context.Context) error { return l.keepSeat(ctx, s) })
	}
	return s, true, nil
}

// noted notes that something is in use. Whoever only looks is shown what there is
// all the same where no write succeeds, and the next visit tries again.
func (l *Lab) noted(ctx context.Context, note func(context.Context) error) {
	const patience = 500 * time.Millisecond // a page is still to be made
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_ = note(ctx)
}

// NewSitting issues a seat. It stores nothing.
func (l *Lab) NewSitting() (*Sitting, string) {
	seat, cookie := l.Issue()
	return l.newSitting(seat), cookie
}

func (l *Lab) newSitting(seat Seat) *Sitting {
	return &Sitting{Seat: seat, row: SeatRow{Hash: seat.Hash, Issued: seat.Issued}}
}

// Stored reports whether the seat is in use: it is stored with the first step on its
// bench.
func (s *Sitting) Stored() bool { return s.stored }

// BenchID returns the id of the sitting's bench.
func (l *Lab) BenchID(s *Sitting) string { return l.BenchFor(s.Seat, s.row.Bench) }

// BenchOf returns the sitting's bench. To look at a bench that has steps is to use
// it. With the first step on it, the seat too is stored, so that its idle timeout
// counts.
func (l *Lab) BenchOf(ctx context.Context, s *Sitting) (*Bench, error) {
	b, err := l.Bench(ctx, l.BenchID(s))
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	used := b.stored
	b.mu.Unlock()
	if !used {
		return b, nil
	}
	l.noted(ctx, func(ctx context.Context) error {
		if !s.stored {
			if err := l.keepSeat(ctx, s); err != nil {
				return err
			}
		}
		return l.store(ctx, b)
	})
	return b, nil
}

// StartOver replaces the sitting's bench by a fresh one with another address. The
// old one is deleted.
func (l *Lab) StartOver(ctx context.Context, s *Sitting) error {
	if err := l.removeOf(ctx, s); err != nil {
		return err
	}
	s.row.Bench++
	return l.keepSeat(ctx, s)
}

// End gives up a seat and deletes its bench.
func (l *Lab) End(ctx context.Context, s *Sitting) error {
	if err := l.removeOf(ctx, s); err != nil {
		return err
	}
	s.row.Ended = true
	return l.keepSeat(ctx, s)
}

func (l *Lab) removeOf(ctx context.Context, s *Sitting) error {
	b, err := l.Bench(ctx, l.BenchID(s))
	if err != nil {
		return err
	}
	return l.Remove(ctx, b)
}

func (l *Lab) keepSeat(ctx context.Context, s *Sitting) error {
	s.row.Used = l.now()
	if err := l.state.SaveSeat(ctx, s.row); err != nil {
		return fault("keep seat", err)
	}
	s.stored = true
	return nil
}

// SeatLifetime returns how long a seat lasts at most.
func (l *Lab) SeatLifetime() time.Duration { return l.timeouts.Absolute }
