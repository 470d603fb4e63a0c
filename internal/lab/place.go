package lab

import (
	"context"
	"errors"
)

// ErrFull is returned for a bench that has no room for another step.
var ErrFull = errors.New("lab: the bench is full")

// A Place is room for one step, and for one session that its request may make. It is
// taken before the request is served: requests that looked for room and took it later
// would pass the limit together.
type Place struct {
	bench  *Bench
	number int // of the step, if it was given with the place

	held, session bool // guarded by the bench's lock
}

// Reserve takes a place for a step, or returns [ErrFull] or [ErrNoRoom]. The
// caller releases it.
func (b *Bench) Reserve(ctx context.Context) (*Place, error) {
	if !b.lab.hasRoom(b) {
		return nil, ErrNoRoom
	}
	p := &Place{bench: b}
	if !b.take(p) {
		return nil, ErrFull
	}
	var err error
	if p.number, err = b.lab.sync.reserve(ctx, b); err != nil {
		p.Release()
		return nil, err
	}
	return p, nil
}

// take takes a place by what this process knows. How large a step becomes shows when
// it has been served: until then it counts as the largest so far.
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
}

// HasRoom reports whether the app may have one more session, and takes the room for
// it. Of requests that ask at once, those that asked before count as having made
// theirs.
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
