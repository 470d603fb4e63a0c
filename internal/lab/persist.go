package lab

import (
	"context"
	"errors"
	"net/url"

	"github.com/sessionlab/sessionlab/internal/step"
)

// commit makes a step durable, and its bench with the first one. Jar, unless nil, is
// what its client's jar holds after it.
func (l *Lab) commit(ctx context.Context, b *Bench, s *step.Step, jar []byte) error {
	if err := l.persist(ctx, b); err != nil {
		return err
	}
	line := s.Summary()
	spellOctets(s)
	line.Path = s.Request.Path
	size, err := l.state.AddStep(ctx, b.id, s, line, jar)
	if errors.Is(err, ErrUnknown) { // it was removed while the request was served
		l.discard(b)
	}
	if err != nil {
		return fault("store step", err)
	}
	line.Size = size
	b.committed(line)
	return nil
}

// notify notifies the observers of a step, and returns err.
func (l *Lab) notify(b *Bench, s *step.Step, err error) error {
	for _, o := range l.observers {
		o.Recorded(b.id, s, err)
	}
	return err
}

// persist stores the bench unless it is stored, and its last use now and then.
func (l *Lab) persist(ctx context.Context, b *Bench) error {
	if l.persisted(b) {
		return nil
	}
	b.saving.Lock()
	defer b.saving.Unlock()
	if l.persisted(b) {
		return nil
	}
	_, _, err := l.change(ctx, b, func(s Settings) (Settings, error) { return s, nil })
	return err
}

func (l *Lab) persisted(b *Bench) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.stored && l.now().Sub(b.used) < l.timeouts.Precision()
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
		row.Version, err = l.sync.replace(ctx, row)
		switch {
		case err == nil:
			b.replaced(row)
			return old, now, nil
		case errors.Is(err, ErrUnknown): // it was removed meanwhile
			l.discard(b)
			return old, old, err
		case !errors.Is(err, ErrStale):
			return old, old, fault("store bench", err)
		}
		err = l.sync.refresh(ctx, b)
		if errors.Is(err, errGone) {
			l.discard(b)
			err = ErrUnknown
		}
		if err != nil {
			return old, old, err
		}
	}
}

// Configure changes the settings of a bench by the fields of a form, as
// [Settings.With] does, and returns them. A change of mechanism or store ends the
// app's sessions for good: see [generation].
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
		// A store that does not answer is a reason to choose another. No cookie leads
		// to the records left in it, even if it is chosen again, and they expire.
		_ = l.forget(ctx, old.Store, old.prefix(b.id))
	}
	return s, err
}
