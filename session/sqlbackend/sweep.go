package sqlbackend

import (
	"context"
	"time"
)

// sweepBatch is how many records one transaction of Sweep removes. It keeps other
// writers waiting for a few milliseconds at most.
const sweepBatch = 256

// Sweep implements [session.Sweeper]. Expired keys are searched without a lock;
// each is removed only if it has still expired by then.
func (b *Backend) Sweep(ctx context.Context, now time.Time) (removed int, err error) {
	ms := now.UnixMilli()
	for from := ""; ; {
		var keys []string
		err := b.scan(ctx, func(c Conn) error {
			return c.Query(func(row Row) error {
				var key string
				err := row.Scan(&key)
				keys = append(keys, b.parseKey(key))
				return err
			}, b.dialect.Expired, ms, b.key(from), int64(sweepBatch))
		})
		if err != nil || len(keys) == 0 {
			return removed, err
		}
		var n int64
		err = b.write(ctx, func(c Conn) error {
			n = 0
			for _, key := range keys {
				changed, err := c.Exec(b.dialect.Sweep, b.key(key), ms)
				if err != nil {
					return err
				}
				n += changed
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
		removed += int(n)
		if len(keys) < sweepBatch {
			return removed, nil
		}
		from = after(keys[len(keys)-1])
	}
}
