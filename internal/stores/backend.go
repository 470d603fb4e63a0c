package stores

import (
	"context"
	"errors"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// Load implements [session.Backend].
func (s *Store) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	b, err := s.there()
	if err != nil {
		return session.Record{}, err
	}
	return b.Load(ctx, key, now)
}

// Save implements [session.Backend].
func (s *Store) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	b, err := s.there()
	if err != nil {
		return err
	}
	return s.written(b.Save(ctx, key, rec, now))
}

// Delete implements [session.Backend].
func (s *Store) Delete(ctx context.Context, key string, version int64) error {
	b, err := s.there()
	if err != nil {
		return err
	}
	return s.written(b.Delete(ctx, key, version))
}

// written doubts the store if a write failed by its fault.
func (s *Store) written(err error) error {
	if err != nil && !errors.Is(err, session.ErrConflict) {
		s.Doubt()
	}
	return err
}

// Range implements [session.Ranger].
func (s *Store) Range(ctx context.Context, prefix string, now time.Time, f func(key string, rec session.Record) bool) error {
	b, err := s.there()
	if err != nil {
		return err
	}
	return b.Range(ctx, prefix, now, f)
}

// Usage implements [session.Ranger].
func (s *Store) Usage(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	b, err := s.there()
	if err != nil {
		return session.Usage{}, err
	}
	return b.Usage(ctx, prefix, now)
}

// Reckon is Usage, or what the store believes it is without looking at each
// record, if that is cheaper.
func (s *Store) Reckon(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	b, err := s.there()
	if err != nil {
		return session.Usage{}, err
	}
	if reckoner, ok := b.(interface {
		Reckon(ctx context.Context, prefix string, now time.Time) (session.Usage, error)
	}); ok {
		return reckoner.Reckon(ctx, prefix, now)
	}
	return b.Usage(ctx, prefix, now)
}

// TTL returns how long the store itself says that it will keep a record, and
// whether it says so: Redis does, and tables do not.
func (s *Store) TTL(ctx context.Context, key string) (ttl time.Duration, says bool, err error) {
	b, err := s.there()
	if err != nil {
		return 0, false, err
	}
	teller, ok := b.(interface {
		TTL(ctx context.Context, key string) (time.Duration, error)
	})
	if !ok {
		return 0, false, nil
	}
	ttl, err = teller.TTL(ctx, key)
	return ttl, err == nil, err
}

// Footprint returns how many bytes the store itself says that a record takes in
// all, and whether it says so: Redis does, and tables do not.
func (s *Store) Footprint(ctx context.Context, key string) (bytes int64, says bool, err error) {
	b, err := s.there()
	if err != nil {
		return 0, false, err
	}
	teller, ok := b.(interface {
		Footprint(ctx context.Context, key string) (int64, error)
	})
	if !ok {
		return 0, false, nil
	}
	bytes, err = teller.Footprint(ctx, key)
	return bytes, err == nil, err
}

// Sweep implements [session.Sweeper]. A store that is away, or removes expired
// records by itself, has nothing to sweep.
func (s *Store) Sweep(ctx context.Context, now time.Time) (removed int, err error) {
	if s.State() != nil {
		return 0, nil
	}
	b, err := s.there()
	if err != nil {
		return 0, err
	}
	sweeper, ok := b.(session.Sweeper)
	if !ok {
		return 0, nil
	}
	return sweeper.Sweep(ctx, now)
}
