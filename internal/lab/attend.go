package lab

import (
	"context"
	"fmt"
	"time"
)

// silence is how long a store may say nothing while it is asked for much: as long
// as other requests wait for it in all.
const silence = 2 * time.Second

var errSilent = fmt.Errorf("lab: the store has said nothing for %v: %w", silence, context.DeadlineExceeded)

// attended returns a context for work that may take many answers of a store, and
// ends when none has come for too long: heard is to be called with each. What
// ended it is its cause.
func attended(ctx context.Context) (within context.Context, heard, stop func()) {
	within, cancel := context.WithCancelCause(ctx)
	timer := time.AfterFunc(silence, func() { cancel(errSilent) })
	heard = func() { timer.Reset(silence) }
	stop = func() {
		timer.Stop()
		cancel(nil)
	}
	return within, heard, stop
}

// causeOf returns err, or that the store was silent, if that is why.
func causeOf(ctx context.Context, err error) error {
	if err != nil && context.Cause(ctx) == errSilent {
		return errSilent
	}
	return err
}
