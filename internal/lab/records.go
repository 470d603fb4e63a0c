package lab

import (
	"context"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// Records are the records of an app in the store that it uses just now, for an
// experiment that adds some of its own: no cookie leads to these, and they count as
// the app's.
type Records struct {
	Store string // its name

	lab     *Lab
	backend session.Backend
	prefix  string
}

// Records returns the app's records, or false if its mechanism has none.
func (b *Bench) Records() (Records, bool) {
	s := b.Settings()
	backend := b.lab.stores[s.store()]
	return Records{s.store(), b.lab, backend, s.prefix(b.id)}, backend != nil
}

// Usage returns what the records cost whose ids begin with mark.
func (r Records) Usage(ctx context.Context, mark string) (session.Usage, error) {
	return r.lab.usage(ctx, r.Store, r.prefix+mark)
}

// Add stores a record that expires after life. The error is the store's own. The id
// must begin with a mark that those of sessions cannot begin with.
func (r Records) Add(ctx context.Context, id string, values []byte, life time.Duration) error {
	now := r.lab.now()
	return r.backend.Save(ctx, r.prefix+id, session.Record{Values: values, Created: now, Renewed: now, Expires: now.Add(life)})
}

// Remove deletes the records whose ids begin with mark.
func (r Records) Remove(ctx context.Context, mark string) error {
	return r.lab.forget(ctx, r.Store, r.prefix+mark)
}
