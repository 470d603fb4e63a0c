package lab

import (
	"context"
	"errors"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A SharedState is a State that other processes work on at the same time. What a
// process holds in memory of a bench may be older than what another one has
// acknowledged. So a Lab whose State is a SharedState asks BenchRow before each use of
// a bench, and reads what is new.
//
// BenchRow and SaveBench give a row its Version and Steps; a State that is not
// shared leaves them alone. AddEntry gives the row another version. BenchRow answers with all that was acknowledged
// before it was asked, by whichever process.
type SharedState interface {
	State

	// ReplaceBench stores a bench as SaveBench does, if what is stored of it is
	// still of the version that row.Version names, "" being no bench at all. It
	// returns the new version, which never was that of a bench before. If another
	// process was first, it changes nothing and returns ErrStale.
	ReplaceBench(ctx context.Context, row BenchRow) (version string, err error)

	// AddStepOver is AddStep with a jar, if what is stored of that jar is still was, nil
	// being none. If another process changed it, it changes nothing and returns ErrStale.
	AddStepOver(ctx context.Context, bench string, s *step.Step, line step.Summary, jar, was []byte) (size int, err error)
	// AddEntryOver is AddEntry, if what is stored of each of the jars is still what was
	// has of it. If another process changed one, it changes nothing and returns ErrStale.
	AddEntryOver(ctx context.Context, bench string, e step.Entry, most int, jars, was map[string][]byte) (n int, err error)

	// TakeNumber returns the next step number of a stored bench, which no other
	// call returns, or ErrUnknown.
	TakeNumber(ctx context.Context, bench string) (int, error)

	// SummariesFrom returns the summaries of a bench's steps in the order in which
	// they were stored, which may not be that of their numbers, but for the first
	// ones.
	SummariesFrom(ctx context.Context, bench string, first int) ([]step.Summary, error)

	// Follow calls changed for each bench that another process adds a step or an entry
	// to or deletes, one call at a time, until ctx is done or the subscription ends, and returns why. It
	// calls ready once it has begun: from then on nothing is missed.
	Follow(ctx context.Context, ready func(), changed func(bench string)) error
}

// ErrStale is returned for a change of what another process has changed since.
var ErrStale = errors.New("lab: changed by another process")
