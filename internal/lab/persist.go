package lab

import (
	"context"
	"errors"
	"net/url"
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
)

// commit makes a step durable, and its bench with the first one, and with a step of a
// virtual browser its jar; the place, unless nil, is the one it was given. It returns
// [ErrStale] if another process changed the jar.
func (l *Lab) commit(ctx context.Context, b *Bench, place *Place, s *step.Step) error {
	if err := l.persist(ctx, b); err != nil {
		return err
	}
	jar, was, err := b.jarOf(s)
	if err != nil {
		return err
	}
	line := s.Summary()
	spellOctets(s)
	line.Path = s.Request.Path
	size, err := l.sync.addStep(ctx, b.id, s, line, jar, was)
	if errors.Is(err, ErrStale) {
		return err
	}
	if errors.Is(err, ErrUnknown) { // it was removed while the request was served
		l.discard(b)
	}
	if err != nil {
		return fault("store step", err)
	}
	b.storedJar(s.ClientID, jar)
	line.Size = size
	l.room.add(Totals{Bytes: int64(size)})
	b.committed(line, place)
	return nil
}

// notify notifies the observers of a step, and returns err.
func (l *Lab) notify(b *Bench, s *step.Step, err error) error {
	for _, o := range l.observers {
		o.Recorded(b.id, s, err)
	}
	return err
}

// persist stores the bench unless it is stored.
func (l *Lab) persist(ctx context.Context, b *Bench) error {
	if b.Stored() {
		return nil
	}
	b.saving.Lock()
	defer b.saving.Unlock()
	if b.Stored() {
		return nil
	}
	_, err := l.change(ctx, b, func(*BenchRow) error { return nil })
	return err
}

// change stores the bench with the change that edit makes, and puts its
// settings in force. It returns the settings before the change. The caller
// holds b.saving.
func (l *Lab) change(ctx context.Context, b *Bench, edit func(*BenchRow) error) (old Settings, err error) {
	if !b.Stored() {
		if !l.room.addBench(l.limits.Benches) {
			return b.Settings(), ErrNoRoom
		}
		defer func() {
			if err != nil {
				l.room.add(Totals{Benches: -1})
			}
		}()
	}
	for {
		row := b.row()
		old = row.Settings
		if row.Used.IsZero() { // it is new
			now := l.now()
			row.Used = l.timeouts.End(now, now).Add(-l.timeouts.Idle)
		}
		if err := edit(&row); err != nil {
			return old, err
		}
		row.Version, err = l.sync.replace(ctx, row)
		switch {
		case err == nil:
			b.replaced(row)
			return old, nil
		case errors.Is(err, ErrUnknown): // it was removed meanwhile
			l.discard(b)
			return old, err
		case !errors.Is(err, ErrStale):
			return old, fault("store bench", err)
		}
		err = l.sync.refresh(ctx, b)
		if errors.Is(err, errGone) {
			l.discard(b)
			err = ErrUnknown
		}
		if err != nil {
			return old, err
		}
	}
}

// Configure changes the settings of a bench by the fields of a form, as
// [Settings.With] does, and returns them. A change of mechanism or store ends the
// app's sessions for good: see [generation]. What it does to keys and workers is
// recorded, if there is room for it.
func (l *Lab) Configure(ctx context.Context, b *Bench, form url.Values) (Settings, error) {
	b = l.held(b.id, b)
	release, err := b.hold(ctx)
	if err != nil {
		return b.Settings(), err
	}
	defer release()
	stores := l.StoreNames()
	var s Settings
	old, err := l.rewrite(ctx, b, func(row *BenchRow) error {
		with, err := row.Settings.With(form, stores)
		s = with.after(row.Settings, b.now)
		row.Settings = s
		return err
	})
	if err != nil {
		return old, err
	}
	for _, e := range append(b.moved(s, old), s.changes(old)...) {
		if _, err := l.addEntry(ctx, b, e, nil, nil); err != nil && !errors.Is(err, ErrFull) && !errors.Is(err, ErrNoRoom) {
			return s, err
		}
	}
	l.abandon(ctx, b.id, old, s) // last: a store that is away takes all the time there is
	return s, nil
}

// abandon deletes the records that an app had by old settings and has no more by those
// that follow. A store that does not answer is a reason to choose another: no cookie
// leads to the records left in it, even if it is chosen again, and they expire.
func (l *Lab) abandon(ctx context.Context, bench string, old, s Settings) {
	if old.store() == "" {
		return
	}
	has := s.prefixes(bench)
	for _, prefix := range old.prefixes(bench) {
		if s.store() != old.store() || !slices.Contains(has, prefix) {
			_ = l.forget(ctx, old.Store, prefix)
		}
	}
}
