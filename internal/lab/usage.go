package lab

import (
	"context"
	"errors"
	"time"

	"github.com/sessionlab/sessionlab/internal/stall"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// Usage returns what the app's sessions cost in their store. The marker that a
// log-in leaves under the old id for [RenewGrace] is not a session, and does
// not count.
func (b *Bench) Usage(ctx context.Context) (session.Usage, error) {
	s, now := b.Settings(), b.now()
	if all, ok := b.lab.stores[s.store()].(session.Ranger); ok && b.loggedInSince(now.Add(-RenewGrace)) {
		usage, whole, err := sessionsIn(ctx, all, s.prefixes(b.id), now)
		if whole || err != nil {
			return usage, storeFault(s.store(), "list", stall.Cause(ctx, err))
		}
	}
	return b.lab.usageOf(ctx, s, b.id, now)
}

// fewSessions is up to how many are looked at one by one.
const fewSessions = 200

// sessionsIn counts records that are no markers. It is not the whole count if they are
// many, or one cannot be read, of which only the store knows the bytes.
func sessionsIn(ctx context.Context, all session.Ranger, prefixes []string, now time.Time) (sum session.Usage, whole bool, err error) {
	whole = true
	for _, prefix := range prefixes {
		err := all.Range(ctx, prefix, now, func(_ string, rec session.Record) bool {
			if !rec.Forwards() {
				sum.Sessions++
				sum.Bytes += int64(len(rec.Values))
				whole = sum.Sessions <= fewSessions && len(rec.Values) > 0
			}
			return whole
		})
		if err != nil || !whole {
			return sum, false, err
		}
	}
	return sum, true, nil
}

// loggedInSince reports whether a step since then was a log-in.
func (b *Bench) loggedInSince(then time.Time) bool {
	steps := b.Steps()
	for i := len(steps) - 1; i >= 0 && steps[i].Time.After(then); i-- {
		if steps[i].Op == step.OpLogin {
			return true
		}
	}
	return false
}

// A footprinter is a store that knows how many bytes a record takes in all, or says
// that it does not.
type footprinter interface {
	Footprint(ctx context.Context, key string) (bytes int64, says bool, err error)
}

// Footprint returns how many bytes one of the app's records takes in its store, not
// only its values; 0 if the store does not know, or the app has no record.
func (b *Bench) Footprint(ctx context.Context) (int64, error) {
	s := b.Settings()
	store, tells := b.lab.stores[s.store()].(footprinter)
	all, ranges := store.(session.Ranger)
	if !tells || !ranges {
		return 0, nil
	}
	var one string
	err := all.Range(ctx, s.prefix(b.id), b.now(), func(key string, rec session.Record) bool {
		if !rec.Forwards() {
			one = key
		}
		return one == ""
	})
	if err != nil || one == "" {
		return 0, storeFault(s.store(), "list", err)
	}
	bytes, _, err := store.Footprint(ctx, one)
	if errors.Is(err, session.ErrNotFound) { // it has just gone
		return 0, nil
	}
	return bytes, storeFault(s.store(), "weigh", err)
}

// A reckoner is a store that can estimate what records cost without looking at
// each of them.
type reckoner interface {
	Reckon(ctx context.Context, prefix string, now time.Time) (session.Usage, error)
}

// sessionCount returns how many sessions the app has. It is asked for each new one, so
// it takes the store's word. Sessions that have expired by the bench's clock alone
// count, since the store still holds them.
func (b *Bench) sessionCount(ctx context.Context) (int, error) {
	s := b.Settings()
	store, ok := b.lab.stores[s.store()].(reckoner)
	if !ok {
		usage, err := b.lab.usageOf(ctx, s, b.id, b.lab.now())
		return usage.Sessions, err
	}
	sessions := 0
	for _, prefix := range s.prefixes(b.id) {
		usage, err := store.Reckon(ctx, prefix, b.lab.now())
		if err != nil {
			return 0, storeFault(s.store(), "count", err)
		}
		sessions += usage.Sessions
	}
	return sessions, nil
}

// usageOf returns what the sessions of a bench's app cost, with all its workers.
func (l *Lab) usageOf(ctx context.Context, s Settings, bench string, now time.Time) (sum session.Usage, err error) {
	for _, prefix := range s.prefixes(bench) {
		usage, err := l.usage(ctx, s.store(), prefix, now)
		if err != nil {
			return sum, err
		}
		sum.Sessions += usage.Sessions
		sum.Bytes += usage.Bytes
	}
	return sum, nil
}

func (l *Lab) usage(ctx context.Context, store, prefix string, now time.Time) (session.Usage, error) {
	if all, ok := l.stores[store].(session.Ranger); ok {
		usage, err := all.Usage(ctx, prefix, now)
		return usage, storeFault(store, "count", stall.Cause(ctx, err))
	}
	return session.Usage{}, nil
}
