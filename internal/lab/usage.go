package lab

import (
	"context"

	"github.com/sessionlab/sessionlab/session"
)

// Usage tells what the app's sessions cost in their store.
func (b *Bench) Usage(ctx context.Context) (session.Usage, error) {
	s := b.Settings()
	if s.Mechanism != MechanismServer {
		return session.Usage{}, nil
	}
	return b.lab.usage(ctx, s.Store, s.prefix(b.id))
}

// A reckoner is a store that can tell about what records cost without looking at
// each of them.
type reckoner interface {
	Reckon(ctx context.Context, prefix string) (session.Usage, error)
}

// HasRoom reports whether the app may have one more session. It is asked for each
// new one, so it takes the store's word for how many there are.
func (b *Bench) HasRoom(ctx context.Context) (bool, error) {
	s := b.Settings()
	count := b.Usage
	if store, ok := b.lab.stores[s.store()].(reckoner); ok {
		count = func(ctx context.Context) (session.Usage, error) { return store.Reckon(ctx, s.prefix(b.id)) }
	}
	usage, err := count(ctx)
	return usage.Sessions < b.lab.limits.Sessions, err
}

func (l *Lab) usage(ctx context.Context, store, prefix string) (session.Usage, error) {
	if all, ok := l.stores[store].(session.Ranger); ok {
		usage, err := all.Usage(ctx, prefix)
		return usage, storeFault(store, "count", err)
	}
	return session.Usage{}, nil
}
