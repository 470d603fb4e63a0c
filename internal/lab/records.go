package lab

import (
	"context"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// Records are the records of an app in its present store, for an experiment
// that adds some of its own. No cookie leads to these, but they count as the
// app's.
type Records struct {
	Store string // its name

	bench   *Bench
	backend session.Backend
	prefix  string
}

// Records returns the app's records, or false if its mechanism has none.
func (b *Bench) Records() (Records, bool) {
	s := b.Settings()
	backend := b.lab.stores[s.store()]
	return Records{s.store(), b, backend, s.prefix(b.id)}, backend != nil
}

// Room returns how many more records the app may have. Records that have
// expired only by the bench's clock count, because the store still holds them.
func (r Records) Room(ctx context.Context) (int, error) {
	l := r.bench.lab
	usage, err := l.usage(ctx, r.Store, r.prefix, l.now())
	return l.limits.Sessions - usage.Sessions, err
}

// Usage returns what the records cost whose ids begin with mark.
func (r Records) Usage(ctx context.Context, mark string) (session.Usage, error) {
	return r.bench.lab.usage(ctx, r.Store, r.prefix+mark, r.bench.now())
}

// Add stores a record that expires after life. The error is the store's own.
// The id must begin with a mark with which no session's id can begin.
func (r Records) Add(ctx context.Context, id string, values []byte, life time.Duration) error {
	now := r.bench.now()
	return r.backend.Save(ctx, r.prefix+id, session.Record{Values: values, Created: now, Renewed: now, Expires: now.Add(life)}, now)
}

// Remove deletes the records whose ids begin with mark.
func (r Records) Remove(ctx context.Context, mark string) error {
	return r.bench.lab.forget(ctx, r.Store, r.prefix+mark)
}
