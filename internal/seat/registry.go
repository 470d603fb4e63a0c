// Package seat says who sits where. A seat is the product's own cookie session, never
// the one under study: it says which bench is yours.
package seat

import (
	"context"
	"errors"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// State stores seats. Methods may be called concurrently. What a method acknowledged
// survives the death of the process.
type State interface {
	// SeatRow returns a stored seat, or [lab.ErrUnknown].
	SeatRow(ctx context.Context, hash string) (Row, error)
	// SaveSeat stores a seat in place of the stored one. A seat once ended stays so,
	// and the number of its bench never decreases.
	SaveSeat(ctx context.Context, seat Row) error
	// SweepSeats removes seats issued before issued.
	SweepSeats(ctx context.Context, issued time.Time) error
}

// A Row is a seat as it is stored.
type Row struct {
	Hash   string // of its cookie's random bits, in hex: the cookie itself is not stored
	Issued time.Time
	Used   time.Time
	Bench  int  // the number of its current bench
	Ended  bool // given up
}

// Benches are what seats own.
type Benches interface {
	// BenchID returns the id of an owner's nth bench.
	BenchID(owner string, n int) string
	// Bench returns a bench, or [lab.ErrGone] for one that was removed or has ended.
	Bench(ctx context.Context, id string) (*lab.Bench, error)
	// Keep has a bench in use last until its seat ends.
	Keep(ctx context.Context, b *lab.Bench, ends time.Time)
	// Remove deletes a bench with everything on it.
	Remove(ctx context.Context, id string) error
}

// A Seat is one visitor's seat. Visits alone store nothing.
type Seat struct {
	Row
	stored bool
}

// Stored reports whether the seat is in use: it is stored once its bench has steps.
func (s *Seat) Stored() bool { return s.stored }

// A Registry issues seats and finds them again. It is safe for concurrent use.
type Registry struct {
	signer   signer
	state    State
	benches  Benches
	timeouts lab.Timeouts
	now      func() time.Time
}

// NewRegistry returns a Registry. The key must be 32 random bytes that outlive the
// process.
func NewRegistry(key []byte, state State, benches Benches, timeouts lab.Timeouts, now func() time.Time) *Registry {
	return &Registry{newSigner(key, timeouts.Absolute, now), state, benches, timeouts, now}
}

// Lifetime returns how long a seat lasts at most.
func (r *Registry) Lifetime() time.Duration { return r.timeouts.Absolute }

// Issue returns a new seat and the value of its cookie. It stores nothing.
func (r *Registry) Issue() (*Seat, string) {
	t, cookie := r.signer.issue()
	return newSeat(t), cookie
}

func newSeat(t token) *Seat { return &Seat{Row: Row{Hash: t.hash, Issued: t.issued}} }

// Find returns the seat of a cookie, or false if the cookie is not one of ours, or the
// seat was given up or has run into one of its timeouts.
func (r *Registry) Find(ctx context.Context, cookie string) (*Seat, bool, error) {
	t, ok := r.signer.verify(cookie)
	if !ok {
		return nil, false, nil
	}
	row, err := r.state.SeatRow(ctx, t.hash)
	switch {
	case errors.Is(err, lab.ErrUnknown):
		return newSeat(t), true, nil
	case err != nil:
		return nil, false, &lab.StateError{Op: "load seat", Err: err}
	case row.Ended || r.now().Sub(row.Used) >= r.timeouts.Idle:
		return nil, false, nil
	}
	s := &Seat{Row: row, stored: true}
	if r.now().Sub(row.Used) >= r.timeouts.Precision() {
		r.touch(ctx, s)
	}
	return s, true, nil
}

// BenchID returns the id of a seat's bench.
func (r *Registry) BenchID(s *Seat) string { return r.benches.BenchID(s.Hash, s.Bench) }

// NextBenchID returns the id of the bench that a seat has after [Registry.StartOver].
func (r *Registry) NextBenchID(s *Seat) string { return r.benches.BenchID(s.Hash, s.Bench+1) }

// Ends returns when a seat's time is up, unless it is used again.
func (r *Registry) Ends(s *Seat) time.Time {
	if !s.stored {
		return s.Issued.Add(r.timeouts.Absolute)
	}
	return r.timeouts.End(s.Issued, s.Used)
}

// Bench returns a seat's bench for its owner to use. A bench that ended before its
// seat, since the seat was not in use yet, gives way to a fresh one.
func (r *Registry) Bench(ctx context.Context, s *Seat) (*lab.Bench, error) {
	b, err := r.benches.Bench(ctx, r.BenchID(s))
	if errors.Is(err, lab.ErrGone) {
		if err := r.StartOver(ctx, s); err != nil {
			return nil, err
		}
		b, err = r.benches.Bench(ctx, r.BenchID(s))
	}
	if err == nil {
		r.Use(ctx, s, b)
	}
	return b, err
}

// Use notes that a seat's owner uses its bench. Once the bench has steps, the seat is
// stored, so that its idle timeout counts, and the bench ends with it.
func (r *Registry) Use(ctx context.Context, s *Seat, b *lab.Bench) {
	if !b.Stored() {
		return
	}
	if !s.stored {
		r.touch(ctx, s)
	}
	if s.stored {
		r.benches.Keep(ctx, b, r.Ends(s))
	}
}

// touch stores when the seat was used. Reads still work when the state refuses writes,
// and the next visit tries again.
func (r *Registry) touch(ctx context.Context, s *Seat) {
	ctx, cancel := context.WithTimeout(ctx, lab.TouchTimeout)
	defer cancel()
	_ = r.save(ctx, s)
}

// StartOver replaces the seat's bench by a fresh one with another address. The old
// one is deleted.
func (r *Registry) StartOver(ctx context.Context, s *Seat) error {
	if err := r.benches.Remove(ctx, r.BenchID(s)); err != nil {
		return err
	}
	s.Bench++
	return r.save(ctx, s)
}

// End gives up a seat and deletes its bench.
func (r *Registry) End(ctx context.Context, s *Seat) error {
	if err := r.benches.Remove(ctx, r.BenchID(s)); err != nil {
		return err
	}
	s.Ended = true
	return r.save(ctx, s)
}

// Sweep removes the seats whose absolute timeout has passed.
func (r *Registry) Sweep(ctx context.Context) error {
	if err := r.state.SweepSeats(ctx, r.now().Add(-r.timeouts.Absolute)); err != nil {
		return &lab.StateError{Op: "sweep seats", Err: err}
	}
	return nil
}

func (r *Registry) save(ctx context.Context, s *Seat) error {
	row := s.Row
	row.Used = r.now()
	if err := r.state.SaveSeat(ctx, row); err != nil {
		return &lab.StateError{Op: "save seat", Err: err}
	}
	s.Row, s.stored = row, true
	return nil
}
