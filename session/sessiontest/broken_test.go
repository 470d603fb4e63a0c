package sessiontest

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// A broken backend does what the functions that are set say, and otherwise what
// the sound one in it does.
type broken struct {
	*session.Memory
	load     func(m *session.Memory, ctx context.Context, key string, now time.Time) (session.Record, error)
	save     func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error
	delete   func(m *session.Memory, ctx context.Context, key string, version int64) error
	sweep    func(m *session.Memory, ctx context.Context, now time.Time) (int, error)
	rangeAll func(m *session.Memory, ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error
	usage    func(m *session.Memory, ctx context.Context, prefix string, now time.Time) (session.Usage, error)
}

func (b *broken) Load(ctx context.Context, key string, now time.Time) (session.Record, error) {
	if b.load != nil {
		return b.load(b.Memory, ctx, key, now)
	}
	return b.Memory.Load(ctx, key, now)
}

func (b *broken) Save(ctx context.Context, key string, rec session.Record, now time.Time) error {
	if b.save != nil {
		return b.save(b.Memory, ctx, key, rec, now)
	}
	return b.Memory.Save(ctx, key, rec, now)
}

func (b *broken) Delete(ctx context.Context, key string, version int64) error {
	if b.delete != nil {
		return b.delete(b.Memory, ctx, key, version)
	}
	return b.Memory.Delete(ctx, key, version)
}

func (b *broken) Sweep(ctx context.Context, now time.Time) (int, error) {
	if b.sweep != nil {
		return b.sweep(b.Memory, ctx, now)
	}
	return b.Memory.Sweep(ctx, now)
}

func (b *broken) Range(ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error {
	if b.rangeAll != nil {
		return b.rangeAll(b.Memory, ctx, prefix, now, f)
	}
	return b.Memory.Range(ctx, prefix, now, f)
}

func (b *broken) Usage(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	if b.usage != nil {
		return b.usage(b.Memory, ctx, prefix, now)
	}
	return b.Memory.Usage(ctx, prefix, now)
}

// overwrite saves rec whatever version is stored.
func overwrite(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
	for {
		old, err := m.Load(ctx, key, now)
		if err != nil && !errors.Is(err, session.ErrNotFound) {
			return err
		}
		rec.Version = old.Version
		if err := m.Save(ctx, key, rec, now); !errors.Is(err, session.ErrConflict) {
			return err
		}
	}
}

// keepSlices stores the caller's slices, and gives out what it stores.
func keepSlices() *broken {
	kept := map[string][]byte{}
	return &broken{
		save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
			kept[key] = rec.Values
			return m.Save(ctx, key, rec, now)
		},
		load: func(m *session.Memory, ctx context.Context, key string, now time.Time) (session.Record, error) {
			rec, err := m.Load(ctx, key, now)
			rec.Values = kept[key]
			return rec, err
		},
	}
}

// checkThenAct forgets to hold a lock between looking at the version and saving.
// That the first two updates meet there is made sure of.
func checkThenAct() *broken {
	var looked atomic.Int64
	second := make(chan struct{})
	return &broken{save: func(m *session.Memory, ctx context.Context, key string, rec session.Record, now time.Time) error {
		old, err := m.Load(ctx, key, now)
		if err == nil && old.Version != rec.Version {
			return session.ErrConflict
		}
		if rec.Version > 0 {
			switch looked.Add(1) {
			case 1:
				<-second
			case 2:
				close(second)
			}
		}
		return overwrite(m, ctx, key, rec, now)
	}}
}
