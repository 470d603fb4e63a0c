package lab

import (
	"context"
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/step"
)

// The values of entries about keys.
const (
	sameKey     = "same"
	randomKey   = "random"
	fallbackKey = "fallback" // the old one verifies still
)

// Restart stops the app's processes and starts them again, with the same key
// or, if fresh is true, with a random one, as with a key of os.urandom(24).
// Only the records in the processes' memory are lost. Like every act on the
// server, it returns the settings that are then in force.
func (l *Lab) Restart(ctx context.Context, b *Bench, fresh bool) (Settings, error) {
	entry := step.Entry{Kind: step.EntryServerRestarted, Value: sameKey}
	if fresh {
		entry.Value = randomKey
	}
	return l.perform(ctx, b, entry, func(b *Bench) error {
		if fresh {
			_, err := l.rewrite(ctx, b, func(row *BenchRow) error {
				row.Settings.SecretKey = newSecretKey()
				return nil
			})
			if err != nil {
				return err
			}
		}
		if l.stores[memoryStore] == nil {
			return nil
		}
		return l.forget(ctx, memoryStore, b.Settings().keys(b.id))
	})
}

// Rotate gives the app a fresh key, and keeps the old one as the first of the
// fallback keys, so that it still verifies cookies.
func (l *Lab) Rotate(ctx context.Context, b *Bench) (Settings, error) {
	entry := step.Entry{Kind: step.EntryKeyChanged, Value: fallbackKey}
	return l.perform(ctx, b, entry, func(b *Bench) error {
		_, err := l.rewrite(ctx, b, func(row *BenchRow) (err error) {
			row.Settings, err = row.Settings.rotated()
			return err
		})
		return err
	})
}

// rotated returns settings with a fresh key before the others. If there is no
// room for all, it removes the oldest.
func (s Settings) rotated() (Settings, error) {
	s.FallbackKeys = append([]string{s.SecretKey}, s.FallbackKeys...)
	s.SecretKey = newSecretKey()
	for s.keyBytes() > maxSecretKey && len(s.FallbackKeys) > 1 {
		s.FallbackKeys = s.FallbackKeys[:len(s.FallbackKeys)-1]
	}
	if n := s.keyBytes(); n > maxSecretKey {
		return s, &SettingError{Field: "secret_key", Value: strconv.Itoa(n) + " bytes"}
	}
	return s, nil
}

// Empty deletes all records that the app has in its store.
func (l *Lab) Empty(ctx context.Context, b *Bench) (Settings, error) {
	store := b.Settings().Store
	return l.perform(ctx, b, step.Entry{Kind: step.EntryStoreEmptied, Value: store}, func(b *Bench) error {
		return l.forget(ctx, store, b.Settings().keys(b.id))
	})
}

// perform does something to a bench, records it, and returns the settings then. It
// returns [ErrFull], and does nothing, if the bench has no room for another entry.
func (l *Lab) perform(ctx context.Context, b *Bench, e step.Entry, do func(*Bench) error) (Settings, error) {
	b = l.held(b.id, b)
	release, err := b.hold(ctx)
	if err != nil {
		return b.Settings(), err
	}
	defer release()
	entries, err := b.Entries(ctx)
	if err == nil && len(entries) >= l.limits.Entries {
		err = ErrFull
	}
	if err == nil {
		err = do(b)
	}
	if err == nil {
		_, err = l.addEntry(ctx, b, e, nil, nil)
	}
	return b.Settings(), err
}

// rewrite is change for a caller that does not hold b.saving.
func (l *Lab) rewrite(ctx context.Context, b *Bench, edit func(*BenchRow) error) (old Settings, err error) {
	b.saving.Lock()
	defer b.saving.Unlock()
	return l.change(ctx, b, edit)
}

// moved is the entry of a change of settings that has the sessions kept elsewhere; none
// before the first step, when there is no session to end.
func (b *Bench) moved(s, old Settings) (entries []step.Entry) {
	if s.location() == old.location() || b.newest() == 0 {
		return nil
	}
	return []step.Entry{{Kind: step.EntrySessionsMoved, Value: s.location()}}
}

// changes are the entries of a change of settings: what it does to the keys and
// workers of the server.
func (s Settings) changes(old Settings) (entries []step.Entry) {
	if s.SecretKey != old.SecretKey {
		e := step.Entry{Kind: step.EntryKeyChanged}
		if slices.Contains(s.FallbackKeys, old.SecretKey) {
			e.Value = fallbackKey
		}
		entries = append(entries, e)
	}
	if s.Workers != old.Workers || s.workers() > 1 && (s.WorkerKeys != old.WorkerKeys || s.WorkerMemory != old.WorkerMemory) {
		e := step.Entry{Kind: step.EntryWorkersChanged, Value: s.Workers}
		if s.workers() > 1 {
			e.Keys, e.Memory = s.WorkerKeys, s.WorkerMemory
		}
		entries = append(entries, e)
	}
	return entries
}
