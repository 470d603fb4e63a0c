// Package statetest checks what is promised of a lab.State and seat.State, and of a
// lab.SharedState, by any implementation.
package statetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A State stores benches, and the seats whose they are.
type State interface {
	lab.State
	seat.State
}

// A SharedState is a State that several processes share.
type SharedState interface {
	lab.SharedState
	seat.State
}

// A Check is one promise. Run returns how a State that holds nothing breaks it.
type Check struct {
	Name string
	Run  func(ctx context.Context, s State) error
}

// A SharedCheck is a promise about several processes. Each of the States is that
// of one process, and together they hold nothing.
type SharedCheck struct {
	Name string
	Run  func(ctx context.Context, one, other SharedState) error
}

// Checks returns all promises of a State.
func Checks() []Check {
	return []Check{
		{"what was saved comes back as it was", roundTrip},
		{"what is not stored is unknown", unknown},
		{"a bench is replaced, but not when it was made", replaced},
		{"a removed bench is gone with its steps", removed},
		{"a removed bench is gone for whoever asks", gone},
		{"a step is never replaced", immutable},
		{"a step needs a bench", homeless},
		{"summaries are in order", ordered},
		{"a jar is stored with the step that changed it", jarOfStep},
		{"a jar is stored with the entry of its change", jarOfEntry},
		{"entries come back in order", entriesInOrder},
		{"there are only so many entries", entriesBounded},
		{"an entry needs a bench", entryNeedsBench},
		{"an ended seat stays ended", ended},
		{"a sweep takes the old and nothing else", swept},
		{"all benches are counted", totals},
		{"those longest not used are evicted first", evicted},
		{"who is used again is not swept", usedAgain},
		{"a method gives up with its context", cancelled},
	}
}

// SharedChecks returns all promises of a SharedState besides.
func SharedChecks() []SharedCheck {
	return []SharedCheck{
		{"what one saves the other sees at once", seenAtOnce},
		{"of two changes one is stale", stale},
		{"a jar is not stored over another one than was known", jarOver},
		{"no version comes twice", versions},
		{"numbers are given out once", numbers},
		{"numbers are above those of stored steps", numbersAbove},
		{"no numbers of a bench that is not stored", noNumbers},
		{"summaries come as they were stored", asStored},
		{"steps at once are all stored", atOnce},
		{"who follows hears of what others do", followed},
		{"who follows hears of entries", entryFollowed},
	}
}

var start = time.UnixMilli(1_800_000_000_123)

// same returns an error unless got is want.
func same(what string, got, want any) error {
	if reflect.DeepEqual(got, want) {
		return nil
	}
	return fmt.Errorf("%s = %+v; want %+v", what, got, want)
}

// isUnknown returns an error unless err is ErrUnknown.
func isUnknown(what string, err error) error {
	if errors.Is(err, lab.ErrUnknown) {
		return nil
	}
	return fmt.Errorf("%s: %v; want ErrUnknown", what, err)
}

// bench stores a bench.
func bench(ctx context.Context, s State, id string) error {
	return s.SaveBench(ctx, lab.BenchRow{ID: id, Settings: lab.DefaultSettings("k"), Created: start, Used: start})
}

// stepOf stores a step with a number.
func stepOf(ctx context.Context, s State, bench string, n int) error {
	_, err := s.AddStep(ctx, bench, &step.Step{N: n, Op: step.OpSet}, step.Summary{N: n, Op: step.OpSet}, nil)
	return err
}

// row returns a stored bench without what only shared States know.
func row(ctx context.Context, s State, id string) (lab.BenchRow, error) {
	r, err := s.BenchRow(ctx, id)
	r.Version, r.Steps = "", 0
	return r, err
}
