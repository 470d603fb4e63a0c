package lab

import (
	"context"
	"errors"

	"github.com/sessionlab/sessionlab/internal/step"
)

// putBack ends the run that a bench has, whichever process began it: it writes the entry
// of its end, removes its browsers and its records, and puts the settings and the clock
// back that it had put aside.
func (l *Lab) putBack(ctx context.Context, b *Bench, result string) error {
	if err := l.closeRun(ctx, b, result); err != nil && !errors.Is(err, ErrFull) && !errors.Is(err, ErrNoRoom) {
		return err
	}
	if !b.asideHeld() {
		return nil
	}
	var s Settings
	old, err := l.rewrite(ctx, b, func(row *BenchRow) error {
		s = row.Settings
		if row.Aside == nil {
			return nil
		}
		course := row.Course
		if err := DecodeBench(row, []byte(row.Aside.Bench)); err != nil {
			return err
		}
		row.Course = course
		s = row.Settings
		return nil
	})
	if err == nil {
		l.abandon(ctx, b.id, old, s)
	}
	return err
}

// asideHeld reports whether something was put aside.
func (b *Bench) asideHeld() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.aside != nil
}

// closeRun writes the entry of a run's end, unless there is one, and removes the run's
// browsers.
func (l *Lab) closeRun(ctx context.Context, b *Bench, result string) error {
	began, err := b.runBegan(ctx)
	if err != nil || began.N == 0 {
		return err
	}
	e := step.Entry{Kind: step.EntryRunEnded, Run: began.N, Value: began.Value, Variant: began.Variant, Result: result}
	return l.changingHeld(ctx, b, func() error {
		gone, was := b.runClients()
		if _, err := l.addEntry(ctx, b, e, gone, was); err != nil {
			return err
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		for id := range gone {
			delete(b.clients, id)
		}
		return nil
	})
}

// runBegan returns the entry of the run that has begun and not ended; its number is 0 if
// there is none.
func (b *Bench) runBegan(ctx context.Context) (began step.Entry, err error) {
	entries, err := b.Entries(ctx)
	for _, e := range entries {
		switch e.Kind {
		case step.EntryRunBegan:
			began = e
		case step.EntryRunEnded:
			began = step.Entry{}
		}
	}
	return began, err
}

// runClients are the clients that are browsers of a run, to be removed, and what is
// stored of them.
func (b *Bench) runClients() (gone, was map[string][]byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	gone, was = make(map[string][]byte), make(map[string][]byte)
	for id, c := range b.clients {
		if c.virtual != nil && c.virtual.Run {
			gone[id], was[id] = nil, c.stored
		}
	}
	return gone, was
}

// runLeft reports whether the bench has a run that nobody will end: its process died. Of
// several processes another one may have it under way, until its time is over.
func (b *Bench) runLeft() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, alone := b.lab.sync.(local)
	return b.run == nil && b.aside != nil && (alone || b.lab.now().After(b.aside.Until))
}

// endLeft ends a run that its process left.
func (l *Lab) endLeft(ctx context.Context, b *Bench) error {
	b = l.held(b.id, b)
	if !b.gate.TryAcquire(1) { // another request does, or a run has begun
		return nil
	}
	defer b.gate.Release(1)
	if !b.runLeft() {
		return nil
	}
	return l.putBack(ctx, b, "")
}
