package lab

import (
	"context"
	"slices"
	"strconv"
)

// Restart ends the app's processes and starts them again, with the key that they had
// or, if fresh, with a random one, as a server has whose key is os.urandom(24). The
// records in the processes' memory are gone then, and no others.
func (l *Lab) Restart(ctx context.Context, b *Bench, fresh bool) error {
	if fresh {
		_, err := l.rekey(ctx, b, func(s Settings) (Settings, error) {
			s.SecretKey = newSecretKey()
			return s, nil
		})
		if err != nil {
			return err
		}
	}
	if l.stores[memoryStore] == nil {
		return nil
	}
	return l.forget(ctx, memoryStore, keys(b.id))
}

// Rotate gives the app a fresh key, and has the one that it had verify cookies still:
// it comes first among the fallback keys. The oldest of these go where there is no room
// for all.
func (l *Lab) Rotate(ctx context.Context, b *Bench) error {
	_, err := l.rekey(ctx, b, func(s Settings) (Settings, error) {
		s.FallbackKeys = append([]string{s.SecretKey}, s.FallbackKeys...)
		s.SecretKey = newSecretKey()
		for s.keyBytes() > maxSecretKey && len(s.FallbackKeys) > 1 {
			s.FallbackKeys = s.FallbackKeys[:len(s.FallbackKeys)-1]
		}
		if n := s.keyBytes(); n > maxSecretKey {
			return s, &SettingError{"secret_key", strconv.Itoa(n) + " bytes"}
		}
		return s, nil
	})
	return err
}

// rekey stores settings with other keys, and puts them in force.
func (l *Lab) rekey(ctx context.Context, b *Bench, edit func(Settings) (Settings, error)) (old Settings, err error) {
	b = l.held(b.id, b)
	b.saving.Lock()
	defer b.saving.Unlock()
	return l.change(ctx, b, func(row *BenchRow) (err error) {
		row.Settings.FallbackKeys = slices.Clone(row.Settings.FallbackKeys)
		row.Settings, err = edit(row.Settings)
		return err
	})
}

// Empty deletes all records that the app has in its store.
func (l *Lab) Empty(ctx context.Context, b *Bench) error {
	return l.forget(ctx, b.Settings().Store, keys(b.id))
}
