// Package statetest checks what is promised of a lab.State, and of a
// lab.SharedState, by any implementation.
package statetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Check is one promise. Run returns how a State that holds nothing breaks it.
type Check struct {
	Name string
	Run  func(ctx context.Context, s lab.State) error
}

// A SharedCheck is a promise about several processes. Each of the States is that
// of one process, and together they hold nothing.
type SharedCheck struct {
	Name string
	Run  func(ctx context.Context, one, other lab.SharedState) error
}

// Checks returns all promises of a State.
func Checks() []Check {
	return []Check{
		{"what was saved is there as it was", kept},
		{"what is not there is unknown", unknown},
		{"a bench is replaced, but not when it was made", replaced},
		{"a removed bench is gone with its steps", removed},
		{"who removed a bench is told that it is gone", gone},
		{"a step is never replaced", immutable},
		{"a step needs a bench", homeless},
		{"summaries are in order", ordered},
		{"an ended seat stays ended", ended},
		{"a sweep takes the old and nothing else", swept},
		{"who is used again is not swept", usedAgain},
		{"a method gives up with its context", cancelled},
	}
}

// SharedChecks returns all promises of a SharedState besides.
func SharedChecks() []SharedCheck {
	return []SharedCheck{
		{"what one saves the other sees at once", seenAtOnce},
		{"of two changes one is stale", stale},
		{"no version comes twice", versions},
		{"numbers are given out once", numbers},
		{"numbers are above those of stored steps", numbersAbove},
		{"no numbers of a bench that is not there", noNumbers},
		{"summaries come as they were stored", asStored},
		{"steps at once are all there", atOnce},
		{"who follows hears of the steps of others", followed},
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
func bench(ctx context.Context, s lab.State, id string) error {
	return s.SaveBench(ctx, lab.BenchRow{ID: id, Settings: lab.DefaultSettings("k"), Created: start, Used: start})
}

// step stores a step with a number.
func stepOf(ctx context.Context, s lab.State, bench string, n int) error {
	_, err := s.AddStep(ctx, bench, &step.Step{N: n, Op: step.OpSet}, step.Summary{N: n, Op: step.OpSet})
	return err
}

// row returns a stored bench without what only shared States tell.
func row(ctx context.Context, s lab.State, id string) (lab.BenchRow, error) {
	r, err := s.BenchRow(ctx, id)
	r.Version, r.Steps = "", 0
	return r, err
}
