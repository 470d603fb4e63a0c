package lab

import (
	"context"
	"errors"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// counting is a state that counts how often it is asked for a step.
type counting struct {
	*memory
	asked int
}

func (c *counting) Step(ctx context.Context, bench string, n int) (*step.Step, error) {
	c.asked++
	return c.memory.Step(ctx, bench, n)
}

func TestAStepThatWasReadIsHeldUntilItsBenchIsRemoved(t *testing.T) {
	var state *counting
	l, _, _ := newLab(func(o *Options) {
		state = &counting{memory: o.State.(*memory)}
		o.State = state
	})
	b := enter(t, l, l.BenchID(owner(), 0))
	if _, err := visit(t, b, ""); err != nil {
		t.Fatal(err)
	}
	first, err1 := b.Step(t.Context(), 1)
	again, err2 := b.Step(t.Context(), 1)
	if err := errors.Join(err1, err2); err != nil || again != first || state.asked != 1 {
		t.Errorf("the state was asked %d times (%v); want once", state.asked, err)
	}
	if err := l.Remove(t.Context(), b.ID()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Step(t.Context(), 1); !errors.Is(err, ErrUnknown) {
		t.Errorf("Step() of a removed bench: %v; want ErrUnknown", err)
	}
	if held := l.read.cache.Len(); held != 0 {
		t.Errorf("the lab holds %d steps of a removed bench", held)
	}
}
