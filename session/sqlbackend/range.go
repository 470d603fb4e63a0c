package sqlbackend

import (
	"context"
	"errors"
	"time"

	"github.com/sessionlab/sessionlab/session"
)

// page is how many records Range holds at a time.
const page = 64

// Range implements [session.Ranger]. It reads page by page, so f may take its
// time, and use b; records that change meanwhile may be seen before or after. One
// that cannot be read is a zero Record, so that it can be removed by its key.
func (b *Backend) Range(ctx context.Context, prefix string, now time.Time, f func(string, session.Record) bool) error {
	type item struct {
		key string
		rec session.Record
	}
	var items []item
	for from, to := prefix, b.end(prefix); ; {
		items = items[:0]
		err := b.scan(ctx, func(c Conn) error {
			return c.Query(func(row Row) error {
				var key string
				rec, err := b.record(row, &key)
				if errors.Is(err, session.ErrUnreadable) && key != "" {
					rec, err = session.Record{}, nil
				}
				items = append(items, item{b.parseKey(key), rec})
				return err
			}, b.dialect.Range, b.key(from), to, now.UnixMilli(), int64(page))
		})
		if err != nil {
			return err
		}
		for _, it := range items {
			if !f(it.key, it.rec) {
				return nil
			}
		}
		if len(items) < page {
			return nil
		}
		from = after(items[page-1].key)
	}
}

// Usage implements [session.Ranger].
func (b *Backend) Usage(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	var u session.Usage
	err := b.scan(ctx, func(c Conn) error {
		return c.Query(func(row Row) error {
			return row.Scan(&u.Sessions, &u.Bytes)
		}, b.dialect.Usage, b.key(prefix), b.end(prefix), now.UnixMilli())
	})
	return u, err
}

// after returns the first string after key in the order of bytes.
func after(key string) string { return key + "\x00" }

// end returns an argument that is greater than all keys that begin with prefix,
// and not greater than any other that follows them.
func (b *Backend) end(prefix string) any {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			return b.key(prefix[:i] + string([]byte{prefix[i] + 1}))
		}
	}
	return b.dialect.End
}
