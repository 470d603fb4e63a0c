package lab

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// State is where seats, benches and steps are kept. Methods may be called
// concurrently. What a method acknowledged survives the death of the process.
type State interface {
	// SeatRow returns what is stored of a seat, or ErrUnknown.
	SeatRow(ctx context.Context, hash string) (SeatRow, error)
	// SaveSeat stores a seat, in place of what was stored of it. A seat once ended
	// stays so, and the number of its bench never goes back.
	SaveSeat(ctx context.Context, seat SeatRow) error

	// BenchRow returns a stored bench, or ErrUnknown; ErrGone for one that was
	// removed.
	BenchRow(ctx context.Context, id string) (BenchRow, error)
	// SaveBench stores a bench, in place of what was stored of it.
	SaveBench(ctx context.Context, bench BenchRow) error
	// DeleteBench removes a bench with its steps, and remembers that it was there
	// at the time at. Sessions are not its business.
	DeleteBench(ctx context.Context, id string, at time.Time) error

	// AddStep stores a step of a stored bench, and returns how many bytes that
	// took, or ErrUnknown for a bench that is gone. A step number is used once.
	AddStep(ctx context.Context, bench string, s *step.Step, line step.Summary) (size int, err error)
	// Step returns a step, or ErrUnknown.
	Step(ctx context.Context, bench string, n int) (*step.Step, error)
	// Summaries returns the summaries of all steps of a bench, in order.
	Summaries(ctx context.Context, bench string) ([]step.Summary, error)

	// Sweep forgets seats issued and benches removed before issued, and removes
	// benches last used before used with their steps, and returns the ids of these:
	// a few at a time, none when there are no more.
	Sweep(ctx context.Context, issued, used time.Time) (benches []string, err error)
}

// ErrUnknown is returned for a seat, bench or step that is not there.
var ErrUnknown = errors.New("lab: not there")

// ErrGone is the ErrUnknown of a bench that was removed: another one at its
// address would record what its former users still send.
var ErrGone = fmt.Errorf("%w any more", ErrUnknown)

// A StateError reports a [State] that could not answer. What it had acknowledged
// is there again as soon as it can.
type StateError struct {
	Op  string
	Err error
}

func (e *StateError) Error() string { return "lab: " + e.Op + ": " + e.Err.Error() }

// Unwrap returns the state's own error.
func (e *StateError) Unwrap() error { return e.Err }

// fault wraps what is neither nil nor an answer.
func fault(op string, err error) error {
	if err == nil || errors.Is(err, ErrUnknown) {
		return err
	}
	return &StateError{op, err}
}

// SeatRow is what is stored of a seat that has a bench.
type SeatRow struct {
	Hash   string
	Issued time.Time
	Used   time.Time
	Bench  int  // the number of its current bench
	Ended  bool // given up, or idle for too long
}

// BenchRow is what is stored of a bench besides its steps.
type BenchRow struct {
	ID       string
	Settings Settings
	Created  time.Time
	Used     time.Time

	// Of a state that is shared; see [SharedState].
	Version string // another one after each change of the row; "" for no row
	Steps   int    // how many are stored
}
