package lab

import (
	"context"
	"errors"
	"net/url"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// save makes a step durable, and its bench with the first one.
func (l *Lab) save(ctx context.Context, b *Bench, s *step.Step) error {
	if err := l.store(ctx, b); err != nil {
		return err
	}
	line := s.Summary()
	spellOctets(s)
	line.Path = s.Request.Path
	size, err := l.state.AddStep(ctx, b.id, s, line)
	if errors.Is(err, ErrUnknown) { // it was removed while the request was served
		l.dropped(b)
	}
	if err != nil {
		return fault("store step", err)
	}
	line.Size = size
	b.keep(line)
	return nil
}

// told tells who wants to know of a step what became of it.
func (l *Lab) told(s *step.Step, err error) error {
	if l.recorded != nil {
		l.recorded(s, err)
	}
	return err
}

// store makes sure that the bench is stored, and its last use now and then.
func (l *Lab) store(ctx context.Context, b *Bench) error {
	if l.fresh(b) {
		return nil
	}
	b.saving.Lock()
	defer b.saving.Unlock()
	if l.fresh(b) {
		return nil
	}
	_, _, err := l.change(ctx, b, func(s Settings) (Settings, error) { return s, nil })
	return err
}

func (l *Lab) fresh(b *Bench) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stored && l.now().Sub(b.used) < l.timeouts.grain()
}

// change stores a bench with settings made of those it has, and puts these in
// force. The caller holds b.saving.
func (l *Lab) change(ctx context.Context, b *Bench, settings func(Settings) (Settings, error)) (old, now Settings, err error) {
	for {
		row := b.row()
		old = row.Settings
		if now, err = settings(old); err != nil {
			return old, old, err
		}
		row.Settings, row.Used = now, l.now()
		row.Version, err = l.company.replace(ctx, row)
		switch {
		case err == nil:
			b.replaced(row)
			return old, now, nil
		case !errors.Is(err, ErrStale):
			return old, old, fault("store bench", err)
		}
		err = l.company.refresh(ctx, b)
		if errors.Is(err, errGone) {
			l.dropped(b)
			err = ErrUnknown
		}
		if err != nil {
			return old, old, err
		}
	}
}

// Configure changes the settings of a bench by the fields of a form, as
// [Settings.With] does, and returns them. A change of mechanism or store ends the
// sessions there are, for good: see [past].
func (l *Lab) Configure(ctx context.Context, b *Bench, form url.Values) (Settings, error) {
	b = l.held(b.id, b)
	b.saving.Lock()
	defer b.saving.Unlock()
	stores := l.StoreNames()
	old, s, err := l.change(ctx, b, func(old Settings) (Settings, error) {
		s, err := old.With(form, stores)
		return s.after(old, b.now), err
	})
	if err == nil && old.store() != "" && old.store() != s.store() {
		// A store that does not answer is a reason to choose another. What stays
		// there is led to by no cookie, even if it is chosen again, and expires.
		_ = l.forget(ctx, old.Store, old.prefix(b.id))
	}
	return s, err
}

// Remove deletes a bench with its steps and sessions. Its address leads nowhere
// from then on, for as long as a seat may last; so sessions that a store which does
// not answer keeps harm nobody until they expire.
func (l *Lab) Remove(ctx context.Context, b *Bench) error {
	const patience = silence / 2 // with the store, of what the caller has
	if err := l.state.DeleteBench(ctx, b.id, l.now()); err != nil {
		return fault("remove bench", err)
	}
	l.drop(b.id)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	_ = l.forget(ctx, b.Settings().Store, keys(b.id))
	return nil
}

// dropped forgets a bench that is gone from the state, and has those who watch it
// look.
func (l *Lab) dropped(b *Bench) {
	l.mu.Lock()
	if l.open[b.id] == b {
		delete(l.open, b.id)
	}
	l.mu.Unlock()
	b.watchers.wake()
}

// drop forgets benches that are gone from the state.
func (l *Lab) drop(ids ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		delete(l.open, id)
	}
}

// forget deletes all sessions in a store whose keys begin with prefix, also those that
// have expired by the clock of their bench alone. It gives up a store that falls silent.
func (l *Lab) forget(ctx context.Context, store, prefix string) error {
	backend := l.stores[store]
	all, ok := backend.(session.Ranger)
	if !ok {
		return nil
	}
	ctx, heard, stop := attended(ctx)
	defer stop()
	var keys []string
	err := all.Range(ctx, prefix, l.now(), func(key string, _ session.Record) bool {
		heard()
		keys = append(keys, key)
		return true
	})
	if err != nil {
		return storeFault(store, "list", causeOf(ctx, err))
	}
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(32) // which a store may commit together
	for _, key := range keys {
		g.Go(func() error {
			err := backend.Delete(within, key, 0)
			heard()
			return err
		})
	}
	return storeFault(store, "delete", causeOf(ctx, g.Wait()))
}

// Sweep removes seats and benches whose time has run out, a few benches at a time.
func (l *Lab) Sweep(ctx context.Context) error {
	now := l.now()
	issued, used := now.Add(-l.timeouts.Absolute), now.Add(-l.timeouts.Idle)
	for {
		ids, err := l.state.Sweep(ctx, issued, used)
		if err != nil {
			return fault("sweep", err)
		}
		if len(ids) == 0 {
			return nil
		}
		l.drop(ids...)
		var errs []error // a store that is away keeps its records until they expire
		for _, id := range ids {
			for name := range l.stores {
				errs = append(errs, l.forget(ctx, name, keys(id)))
			}
		}
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
}
