package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// State stores benches and steps. Methods may be called concurrently. What a
// method has confirmed survives a crash of the process.
type State interface {
	// BenchRow returns a stored bench, or ErrUnknown; ErrGone for one that was
	// removed.
	BenchRow(ctx context.Context, id string) (BenchRow, error)
	// SaveBench stores a bench in place of the stored one. It returns ErrGone for one
	// that was removed.
	SaveBench(ctx context.Context, bench BenchRow) error
	// DeleteBench removes a bench with its steps, entries and jars, and remembers that it was
	// removed at the time at. Sessions are not its business.
	DeleteBench(ctx context.Context, id string, at time.Time) error

	// AddStep stores a step of a stored bench, and returns how many bytes that
	// took, or ErrUnknown for a bench that is gone. A step number is used once. Jar,
	// unless nil, is the jar of the step's client after it, which is stored in the
	// same write: after a crash the two agree.
	AddStep(ctx context.Context, bench string, s *step.Step, line step.Summary, jar []byte) (size int, err error)
	// Step returns a step, or ErrUnknown.
	Step(ctx context.Context, bench string, n int) (*step.Step, error)
	// Summaries returns the summaries of all steps of a bench, in order.
	Summaries(ctx context.Context, bench string) ([]step.Summary, error)

	// Jars returns the stored jars of a bench by the ids of their clients.
	Jars(ctx context.Context, bench string) (map[string][]byte, error)

	// AddEntry stores an entry of a stored bench as its next one, and returns the
	// number of it; ErrUnknown for a bench that is gone, or ErrFull for one that has as
	// many as most. In the same write it stores jars by the ids of their clients, in
	// place of the stored ones, and removes those that are nil.
	AddEntry(ctx context.Context, bench string, e step.Entry, most int, jars map[string][]byte) (n int, err error)
	// Entries returns the entries of a bench, in order.
	Entries(ctx context.Context, bench string) ([]step.Entry, error)

	// Totals returns what all benches take. It is asked once a minute.
	Totals(ctx context.Context) (Totals, error)
	// Evict removes benches last used before used with all that is theirs, those
	// first that were longest not used, and returns their ids: at most so many, and
	// only a few at a time.
	Evict(ctx context.Context, used time.Time, most int) (benches []string, err error)
	// Sweep forgets benches removed before removed, and removes benches last used
	// before used with all that is theirs, and returns the ids of these: a few at a
	// time, none when no more are left.
	Sweep(ctx context.Context, removed, used time.Time) (benches []string, err error)
}

// An Eraser is a [State] that, like a database, leaves what it deleted readable
// in its files until it is told to erase it.
type Eraser interface {
	// Erase makes what was deleted before unreadable, now or as soon as it can.
	Erase(ctx context.Context) error
}

// ErrUnknown is returned for a seat, bench or step that is not stored.
var ErrUnknown = errors.New("lab: not found")

// ErrGone is the ErrUnknown of a bench that was removed. A new bench at its
// address would record what its former users still send.
var ErrGone = fmt.Errorf("%w any more", ErrUnknown)

// A StateError reports a [State] that could not answer. Everything that it had
// confirmed is there again as soon as it can answer.
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

// BenchRow is what is stored of a bench besides its steps.
type BenchRow struct {
	ID       string
	Settings Settings
	Ahead    step.Ahead // of its clock
	Aside    *Aside     // what an experiment put aside; nil while none runs
	Created  time.Time
	Used     time.Time // its time is up [Timeouts].Idle after it

	HintsAway bool // its owner has put away what there is to try next
	// Beside is the number of those benches that stand beside it: see [Lab.Beside]; 0:
	// there were never any.
	Beside int

	// Course is what its owner got to in the course, for those who know what that is, as
	// JSON; nil for nothing.
	Course json.RawMessage

	// Of a state that is shared; see [SharedState].
	Version string // another one after each change of the row; "" for no row
	Steps   int    // how many are stored
}
