package stall_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sessionlab/sessionlab/internal/stall"
)

func TestWorkGoesOnWhileAnswersCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, answered, stop := stall.Detect(t.Context())
		defer stop()
		for range 10 {
			time.Sleep(stall.Timeout - time.Millisecond)
			if ctx.Err() != nil {
				t.Fatal("it ends although answers come")
			}
			answered()
		}
		begun := time.Now()
		<-ctx.Done()
		if waited := time.Since(begun); waited != stall.Timeout {
			t.Errorf("it ends after %v of silence; want %v", waited, stall.Timeout)
		}
		if err := stall.Cause(ctx, ctx.Err()); !errors.Is(err, context.DeadlineExceeded) || err == context.DeadlineExceeded {
			t.Errorf("Cause = %v; want the stall", err)
		}
	})
}

func TestOtherErrorsAreNotTakenForAStall(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	within, _, stop := stall.Detect(ctx)
	failed := errors.New("disk full")
	if err := stall.Cause(within, failed); err != failed {
		t.Errorf("Cause of a failure = %v", err)
	}
	cancel()
	<-within.Done()
	if err := stall.Cause(within, within.Err()); err != context.Canceled {
		t.Errorf("Cause after the caller gave up = %v; want Canceled", err)
	}
	stop()
	if err := stall.Cause(within, nil); err != nil {
		t.Errorf("Cause of no error = %v", err)
	}
}
