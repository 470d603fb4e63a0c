package redisbackend

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
)

const (
	page  = 64   // how many records Range holds at a time
	names = 1000 // how many names it asks for at a time, in order not to hold up others
)

// Range implements [session.Ranger]. It first collects the keys, from the index,
// and then reads record after record, so f may take its time, and use b. Its cost is
// that of the families that prefix is about, whatever else there is.
func (b *Backend) Range(ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error {
	families, err := b.families(ctx, prefix)
	if err != nil {
		return err
	}
	var keys []string
	for _, family := range families {
		if _, err := b.usage(ctx, family, now); err != nil {
			return err
		}
		if keys, err = b.keys(ctx, keys, family, prefix); err != nil {
			return err
		}
	}
	slices.Sort(keys)
	for chunk := range slices.Chunk(slices.Compact(keys), page) {
		records, err := b.records(ctx, chunk, now)
		if err != nil {
			return err
		}
		for i, rec := range records {
			if rec != nil && !f(chunk[i], *rec) {
				return nil
			}
		}
	}
	return nil
}

// keys appends the keys of a family that begin with prefix, some perhaps twice.
func (b *Backend) keys(ctx context.Context, keys []string, family, prefix string) ([]string, error) {
	for cursor := uint64(0); ; {
		entry, err := run(ctx, b.conn, func(c *call) (rueidis.ScanEntry, error) {
			cmd := c.conn.B().Zscan().Key(expiresOf(family)).Cursor(cursor).Count(names).Build()
			entry, err := c.do(cmd, "").AsScanEntry()
			if err != nil {
				return entry, fault(err)
			}
			c.rows(int64(len(entry.Elements) / 2))
			return entry, nil
		})
		if err != nil {
			return nil, err
		}
		for i := 0; i < len(entry.Elements); i += 2 { // the score follows
			if key := family + entry.Elements[i]; strings.HasPrefix(key, prefix) {
				keys = append(keys, key)
			}
		}
		if cursor = entry.Cursor; cursor == 0 {
			return keys, nil
		}
	}
}

// records loads what is stored under keys: nil for what is not there, which is then gone
// from the index, and for what is not live at now. What cannot be read is a zero Record:
// it may be deleted, but nobody knows until when it is live.
func (b *Backend) records(ctx context.Context, keys []string, now time.Time) ([]*session.Record, error) {
	return run(ctx, b.conn, func(c *call) ([]*session.Record, error) {
		commands := make([]rueidis.Completed, len(keys))
		for i, key := range keys {
			commands[i] = c.conn.B().Hgetall().Key(key).Build()
		}
		records := make([]*session.Record, len(keys))
		for i, res := range c.all(commands) {
			rec, err := recordOf(res)
			switch {
			case errors.Is(err, session.ErrNotFound):
				c.forget(passed(now), keys[i])
			case errors.Is(err, ErrUnreadable):
				records[i] = new(session.Record)
			case err != nil:
				return nil, err
			case rec.Live(now):
				records[i] = &rec
			}
		}
		return records, nil
	})
}
