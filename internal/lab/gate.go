package lab

import (
	"context"
	"errors"

	"github.com/sessionlab/sessionlab/internal/origin"
)

// ErrRunning is returned for what cannot be done to a bench while an experiment runs on
// it.
var ErrRunning = errors.New("lab: an experiment is running on the bench")

// allOfGate is what a run holds of a bench's gate: more than requests there can be.
const allOfGate = 1 << 30

type runKey struct{}

// hold keeps runs of experiments off the bench until the function that it returns is
// called. While one is under way it waits for its end, or returns [ErrRunning] if that
// does not come in time. What a run does itself holds nothing.
//
// Holders do not hold again: a run that waits in between would wait for them, and they
// for it.
func (b *Bench) hold(ctx context.Context) (release func(), err error) {
	if b.ofRun(ctx) {
		return func() {}, nil
	}
	if err := b.gate.Acquire(ctx, 1); err != nil {
		return nil, ErrRunning
	}
	if b.runsElsewhere() {
		b.gate.Release(1)
		return nil, ErrRunning
	}
	return func() { b.gate.Release(1) }, nil
}

// ofRun reports whether something is done by the bench's run: by one of its browsers, or
// with its context.
func (b *Bench) ofRun(ctx context.Context) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.run == nil {
		return false
	}
	c := b.clients[clientID(string(origin.Of(ctx)))]
	return ctx.Value(runKey{}) == b.run || c != nil && c.virtual != nil && c.virtual.Run
}

// runsElsewhere reports whether another process has a run under way.
func (b *Bench) runsElsewhere() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.run == nil && b.aside != nil
}

// runOf returns the number of the run that a client belongs to, 0 for none.
func (b *Bench) runOf(client string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if c := b.clients[client]; b.run != nil && c != nil && c.virtual != nil && c.virtual.Run {
		return b.run.N
	}
	return 0
}
