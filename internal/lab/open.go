package lab

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/semaphore"
)

// Bench returns the bench with an issued id, even if it was never used. It
// returns ErrUnknown for any other id, and for a bench that has ended. It is as
// up to date as the state. Looking at a bench stores nothing.
func (l *Lab) Bench(ctx context.Context, id string) (*Bench, error) {
	b, err := l.find(ctx, id)
	if err == nil && b.over() { // to be swept
		l.watchers.wake(id)
		return nil, ErrGone
	}
	if err == nil && b.runLeft() {
		err = l.endLeft(ctx, b)
	}
	return b, err
}

// find is Bench, but also returns a bench that has ended.
func (l *Lab) find(ctx context.Context, id string) (*Bench, error) {
	for {
		if b := l.held(id, nil); b != nil {
			err := l.sync.refresh(ctx, b)
			if errors.Is(err, errGone) {
				l.discard(b)
				continue
			}
			return b, err
		}
		if !l.ids.issued(id) {
			return nil, ErrUnknown
		}
		b, err := l.load(ctx, id)
		if err != nil || !b.stored || l.held(id, b) == b {
			return b, err
		}
		// Another request holds one now, which may know less than b does.
	}
}

// Enter returns the bench with an issued id for a request to its app, which will
// make it a stored one.
func (l *Lab) Enter(ctx context.Context, id string) (*Bench, error) {
	for {
		b, err := l.Bench(ctx, id)
		if err != nil {
			return nil, err
		}
		if l.held(id, b) == b {
			return b, nil
		}
	}
}

// held returns the bench of that id that is held in memory. If none is, b becomes it, so that all requests to a bench meet the same one.
func (l *Lab) held(id string, b *Bench) *Bench {
	l.mu.Lock()
	defer l.mu.Unlock()
	if first := l.open[id]; first != nil {
		b = first
	} else if b != nil {
		l.makeRoom()
		l.open[id] = b
	}
	if b != nil {
		b.seen = l.now()
	}
	return b
}

// makeRoom forgets benches that nobody uses if too many are in memory:
// everything that matters is in the state. The caller holds the lock.
func (l *Lab) makeRoom() {
	const quiet = time.Minute
	if len(l.open) < l.limits.Open {
		return
	}
	now := l.now()
	for id, b := range l.open {
		if now.Sub(b.seen) > quiet && !l.watchers.watched(id) {
			delete(l.open, id)
		}
	}
}

func (l *Lab) load(ctx context.Context, id string) (*Bench, error) {
	b := &Bench{
		id: id, lab: l, next: 1, created: l.now(), clients: make(map[string]*client), gate: semaphore.NewWeighted(allOfGate),
		owners: newShare(l.limits), others: newShare(l.limits),
	}
	row, err := l.state.BenchRow(ctx, id)
	if errors.Is(err, ErrUnknown) && !errors.Is(err, ErrGone) {
		settings := DefaultSettings(l.ids.firstSecret(id))
		settings.Store = l.defaultStore
		b.configure(settings)
		return b, nil
	}
	if err != nil {
		return nil, fault("load bench", err)
	}
	b.setRow(row)
	lines, err := l.state.Summaries(ctx, id)
	if err != nil {
		return nil, fault("load bench", err)
	}
	for _, s := range lines {
		b.add(s)
	}
	b.read = len(lines)
	if b.clients, err = b.clientsAfter(ctx, lines); err != nil {
		return b, err
	}
	browsers, err := l.browsers(ctx, id)
	b.setBrowsers(browsers)
	return b, err
}

// Keep makes a stored bench last until its seat ends. Only its owner's requests
// call it: a program that uses the app all the time does not keep the bench. If
// it cannot be stored, the owner's next request tries again.
func (l *Lab) Keep(ctx context.Context, b *Bench, ends time.Time) {
	if !b.Stored() || b.Ends().UnixMilli() == ends.UnixMilli() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, TouchTimeout)
	defer cancel()
	b.saving.Lock()
	defer b.saving.Unlock()
	_, _ = l.change(ctx, b, func(row *BenchRow) error {
		row.Used = ends.Add(-l.timeouts.Idle)
		return nil
	})
}
