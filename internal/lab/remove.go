package lab

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/stall"
	"github.com/sessionlab/sessionlab/session"
)

// Remove deletes a bench with its steps and sessions. Its address stays unused
// for as long as a seat may last. So if a store does not answer, the sessions
// left in it do no harm until they expire. A bench that was already removed may
// be removed again.
//
// The benches that stand beside it go too.
func (l *Lab) Remove(ctx context.Context, id string) error {
	b, err := l.find(ctx, id)
	if errors.Is(err, ErrGone) {
		return nil
	}
	if err != nil {
		return err
	}
	return l.remove(ctx, append(l.besideIDs(b), id))
}

// remove deletes benches, their sessions at once: a store that is away is waited for
// once.
func (l *Lab) remove(ctx context.Context, ids []string) error {
	const patience = stall.Timeout / 2 // with the stores, of what the caller has
	var sessions errgroup.Group
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for _, id := range ids {
		b, err := l.find(ctx, id)
		if errors.Is(err, ErrGone) {
			continue
		}
		if err != nil {
			return err
		}
		if err := l.state.DeleteBench(ctx, id, l.now()); err != nil {
			return fault("remove bench", err)
		}
		l.drop(id)
		l.room.add(Totals{}.minus(b.taken()))
		sessions.Go(func() error { return l.forget(waiting, b.Settings().Store, keys(id)) })
	}
	_ = sessions.Wait()
	if e, ok := l.state.(Eraser); ok {
		_ = e.Erase(waiting) // it sees to it later, if it cannot now
	}
	return nil
}

// discard forgets a bench that was removed while it was in use, and wakes its
// watchers.
func (l *Lab) discard(b *Bench) {
	l.mu.Lock()
	if l.open[b.id] == b {
		delete(l.open, b.id)
	}
	l.mu.Unlock()
	l.read.drop(b.id)
	l.watchers.wake(b.id)
}

// drop forgets benches that this process removed, and wakes their watchers.
func (l *Lab) drop(ids ...string) {
	l.mu.Lock()
	for _, id := range ids {
		delete(l.open, id)
	}
	l.mu.Unlock()
	for _, id := range ids {
		l.read.drop(id)
		l.watchers.wake(id)
	}
}

// forget deletes all sessions in a store whose keys begin with prefix,
// including expired ones. It gives up if the store stalls.
func (l *Lab) forget(ctx context.Context, store, prefix string) error {
	backend := l.stores[store]
	all, ok := backend.(session.Ranger)
	if !ok {
		return nil
	}
	ctx, answered, stop := stall.Detect(ctx)
	defer stop()
	var keys []string
	err := all.Range(ctx, prefix, time.Time{}, func(key string, _ session.Record) bool {
		answered()
		keys = append(keys, key)
		return true
	})
	if err != nil {
		return storeFault(store, "list", stall.Cause(ctx, err))
	}
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(32) // which a store may commit together
	for _, key := range keys {
		g.Go(func() error {
			err := backend.Delete(within, key, 0)
			answered()
			return err
		})
	}
	return storeFault(store, "delete", stall.Cause(ctx, g.Wait()))
}

// Sweep removes the benches that have ended, a few at a time, as [Lab.Remove]
// does.
func (l *Lab) Sweep(ctx context.Context) error {
	now := l.now()
	removed, used := now.Add(-l.timeouts.Absolute), now.Add(-l.timeouts.Idle)
	for {
		ids, err := l.state.Sweep(ctx, removed, used)
		if err != nil {
			return fault("sweep", err)
		}
		if len(ids) == 0 {
			return nil
		}
		if err := l.swept(ctx, ids); err != nil {
			return err
		}
	}
}

// swept forgets benches that the state removed, with their sessions. Their
// addresses lead nowhere, so that a client that still polls one does not begin
// a new bench there. What stood beside them goes too.
func (l *Lab) swept(ctx context.Context, ids []string) error {
	for _, id := range ids {
		beside, err := l.leftBeside(ctx, id)
		if err != nil {
			return err
		}
		ids = append(ids, beside...)
	}
	for _, id := range ids {
		if err := l.state.DeleteBench(ctx, id, l.now()); err != nil {
			return fault("sweep", err)
		}
	}
	l.drop(ids...)
	var errs []error // a store that is away holds its records until they expire
	for _, id := range ids {
		for name := range l.stores {
			errs = append(errs, l.forget(ctx, name, keys(id)))
		}
	}
	return errors.Join(errs...)
}
