package lab

import (
	"context"
	"errors"
	"sync"
)

// ErrFull is returned for a bench that has no room for another step.
var ErrFull = errors.New("lab: the bench is full")

// A Place is room for one step, and for one session that its request may make.
// A request takes it before it is served. If requests first looked for room and
// took it later, they could pass the limit together.
type Place struct {
	bench  *Bench
	number int // of the step, if it was given with the place

	held, session bool   // guarded by the bench's lock
	leave         func() // the bench's gate
}

// Reserve takes a place for a step, or returns [ErrFull], [ErrNoRoom] or, for a request
// that is no part of a run of an experiment which goes on and on, [ErrRunning]. The
// caller releases it.
func (b *Bench) Reserve(ctx context.Context) (*Place, error) {
	if !b.lab.hasRoom(b) {
		return nil, ErrNoRoom
	}
	leave, err := b.hold(ctx)
	if err != nil {
		return nil, err
	}
	p := &Place{bench: b, leave: sync.OnceFunc(leave)}
	if !b.take(p) {
		p.leave()
		return nil, ErrFull
	}
	if p.number, err = b.lab.sync.reserve(ctx, b); err != nil {
		p.Release()
		return nil, err
	}
	return p, nil
}

// take takes a place by what this process knows. The size of a step is known
// only when it has been served: until then it counts as the largest so far.
func (b *Bench) take(p *Place) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	limits := b.lab.limits
	if len(b.line)+b.places >= limits.Steps || b.size+(b.places+1)*b.largest > limits.StepBytes {
		return false
	}
	b.places++
	p.held = true
	return true
}

// Release gives the place back, unless its step was stored. It may be called again.
func (p *Place) Release() {
	p.bench.mu.Lock()
	defer p.bench.mu.Unlock()
	p.release()
}

// release is Release for a caller that holds the lock. The place may be nil.
func (p *Place) release() {
	if p == nil {
		return
	}
	if p.held {
		p.bench.places--
	}
	if p.session {
		p.bench.making--
	}
	p.held, p.session = false, false
	p.leave()
}

// HasRoom reports whether the app may have one more session, and takes the room
// for it. If several requests ask at the same time, earlier ones count as
// having made theirs.
func (p *Place) HasRoom(ctx context.Context) (bool, error) {
	b := p.bench
	b.mu.Lock()
	before := b.making
	if p.session { // the operation runs again
		before--
	} else {
		p.session = true
		b.making++
	}
	b.mu.Unlock()
	sessions, err := b.sessionCount(ctx)
	return sessions+before < b.lab.limits.Sessions, err
}
