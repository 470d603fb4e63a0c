// Package stall gives up work on a store that has stopped answering, however long the
// work takes in all.
package stall

import (
	"context"
	"fmt"
	"time"
)

// Timeout is how long a store may give no answer: as long as other requests wait for
// it in all.
const Timeout = 2 * time.Second

var errStalled = fmt.Errorf("stall: no answer from the store for %v: %w", Timeout, context.DeadlineExceeded)

// Detect returns a context for work that needs many answers of a store. It ends when
// none has come for Timeout. The caller calls answered with each, and stop when the
// work is done.
func Detect(ctx context.Context) (within context.Context, answered, stop func()) {
	within, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(Timeout, func() { cancel(errStalled) })
	answered = func() { timer.Reset(Timeout) }
	stop = func() {
		timer.Stop()
		cancel(nil)
	}
	return within, answered, stop
}

// Cause returns err, or the stall that led to it. Ctx is the one Detect returned.
func Cause(ctx context.Context, err error) error {
	if err != nil && context.Cause(ctx) == errStalled {
		return errStalled
	}
	return err
}
