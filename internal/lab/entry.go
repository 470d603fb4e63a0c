package lab

import (
	"context"
	"errors"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Entries returns what happened to the bench between its steps, in order. They are
// read from the state each time: few are, and only for the page.
func (b *Bench) Entries(ctx context.Context) ([]step.Entry, error) {
	if !b.Stored() {
		return nil, nil
	}
	all, err := b.lab.state.Entries(ctx, b.id)
	return all, fault("load entries", err)
}

// addEntry records what just happened to a bench, stores the jars that it changed in
// the same write, as [State.AddEntry] has them, in place of what was stored of them, and
// returns the entry's number; or [ErrStale] if another process changed one. Its time and
// the step that it follows are given here. The bench is stored if it was not; so the
// caller holds b.saving only if it is.
func (l *Lab) addEntry(ctx context.Context, b *Bench, e step.Entry, jars, was map[string][]byte) (n int, err error) {
	if !l.hasRoom(b) {
		return 0, ErrNoRoom
	}
	if err := l.persist(ctx, b); err != nil {
		return 0, err
	}
	e.Time, e.After = b.now().UTC(), b.newest()
	n, err = l.sync.addEntry(ctx, b.id, e, l.limits.Entries, jars, was)
	switch {
	case errors.Is(err, ErrUnknown): // it was removed meanwhile
		l.discard(b)
		return 0, err
	case errors.Is(err, ErrFull), errors.Is(err, ErrStale):
		return 0, err
	case err != nil:
		return 0, fault("store entry", err)
	}
	l.watchers.wake(b.id)
	return n, nil
}

// newest returns the number of the last step, 0 for none.
func (b *Bench) newest() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.line) == 0 {
		return 0
	}
	return b.line[len(b.line)-1].N
}
