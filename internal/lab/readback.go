package lab

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// record reads a record back from its store, with the command that read it. It
// is nil if the store has none.
func (b *Bench) record(ctx context.Context, s Settings, key string) (*step.Record, error) {
	if key == "" {
		return nil, nil
	}
	var queries []session.QueryInfo
	ctx = session.WithTrace(ctx, &session.Trace{
		Query: func(q session.QueryInfo) { queries = append(queries, q) },
	})
	backend := b.lab.stores[s.Store]
	rec, err := backend.Load(ctx, key, b.now())
	if errors.Is(err, session.ErrNotFound) {
		return nil, nil
	}
	if err == nil && rec.Forwards() { // no session is there any more
		return nil, nil
	}
	if err != nil && !errors.Is(err, session.ErrUnreadable) {
		return nil, err
	}
	var ttl time.Duration
	if store, ok := backend.(expirer); ok {
		if ttl, _, err = store.TTL(ctx, key); err != nil {
			return nil, err
		}
	}
	record := b.recordOf(s, key, rec, queries)
	record.TTL = ttl.Seconds()
	return record, nil
}

// An expirer is a store that removes records itself and knows when it will, or
// says that it does not.
type expirer interface {
	TTL(ctx context.Context, key string) (ttl time.Duration, says bool, err error)
}

// recordOf is a record that was read, with the commands that read it.
func (b *Bench) recordOf(s Settings, key string, rec session.Record, queries []session.QueryInfo) *step.Record {
	query, args, _ := commandOf(queries)
	if args != "" {
		query += " -- " + args
	}
	values := json.RawMessage(rec.Values)
	if !json.Valid(values) || !bytes.HasPrefix(bytes.TrimSpace(values), []byte("{")) {
		values = nil // unreadable: somebody edited it by hand
	}
	return &step.Record{
		Key: key, ID: strings.TrimPrefix(key, s.prefix(b.id)),
		Values: values, Raw: string(rec.Values),
		Created: rec.Created, Renewed: rec.Renewed, Expires: rec.Expires,
		Version: rec.Version, Store: s.Store, Query: query,
	}
}
