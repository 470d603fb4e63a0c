package redisbackend

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/session"
)

// Usage implements [session.Ranger]. It asks of each session in the index whether
// it is still there, some hundred at a time, since somebody may have deleted its
// key by hand. Those that are there it believes the index: a session counts until
// the end of the second in which it expires.
func (b *Backend) Usage(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	return b.sum(ctx, prefix, now, func(ctx context.Context, family string) (session.Usage, error) {
		u, err := b.usage(ctx, family, now)
		if err != nil || u.Sessions == 0 {
			return u, err
		}
		if gone, err := b.forgetGone(ctx, family, now); err != nil || gone == 0 {
			return u, err
		}
		return b.usage(ctx, family, now)
	})
}

// Reckon is Usage by the index alone. For a prefix that ends with a colon its cost
// does not depend on how many sessions there are, as that of a limit must not: at
// real time. Ahead of that, it depends on how many have expired in between.
func (b *Backend) Reckon(ctx context.Context, prefix string, now time.Time) (session.Usage, error) {
	return b.sum(ctx, prefix, now, func(ctx context.Context, family string) (session.Usage, error) {
		return b.usage(ctx, family, now)
	})
}

// sum adds up what the families of keys cost that begin with prefix. A prefix that
// is not of whole families has all its records read.
func (b *Backend) sum(ctx context.Context, prefix string, now time.Time, of func(context.Context, string) (session.Usage, error)) (session.Usage, error) {
	var sum session.Usage
	if prefix != "" && !strings.HasSuffix(prefix, ":") {
		err := b.Range(ctx, prefix, now, func(_ string, rec session.Record) bool {
			sum.Sessions++
			sum.Bytes += int64(len(rec.Values))
			return true
		})
		return sum, err
	}
	families, err := b.families(ctx, prefix)
	if err != nil {
		return sum, err
	}
	for _, family := range families {
		u, err := of(ctx, family)
		if err != nil {
			return session.Usage{}, err
		}
		sum.Sessions += u.Sessions
		sum.Bytes += u.Bytes
	}
	return sum, nil
}

// forgetGone rids the index of a family of sessions that are not there, and
// returns how many it met. One that is saved again at the same instant may be
// missing from the index until its next save.
func (b *Backend) forgetGone(ctx context.Context, family string, now time.Time) (met int, err error) {
	const together = 500
	keys, err := b.keys(ctx, nil, family, family)
	if err != nil {
		return 0, err
	}
	for chunk := range slices.Chunk(keys, together) {
		n, err := run(ctx, b.conn, func(c *call) (int, error) {
			// A command for each, as the keys of a cluster are on several servers.
			ask := make([]rueidis.Completed, len(chunk))
			for i, key := range chunk {
				ask[i] = c.conn.B().Exists().Key(key).Build()
			}
			clock := seconds(passed(now))
			var forget []rueidis.Completed
			for i, res := range c.all(ask) {
				there, err := res.AsInt64()
				if err != nil {
					return 0, fault(err)
				}
				if there == 0 {
					_, name := split(chunk[i])
					forget = append(forget, c.conn.B().Evalsha().Sha1(indexScript.sha).Numkeys(2).Key(indexOf(family)...).Arg(clock, name).Build())
				}
			}
			if len(forget) > 0 {
				c.all(forget) // what it cannot forget now, it meets again
			}
			return len(forget), nil
		})
		if err != nil {
			return 0, err
		}
		met += n
	}
	return met, nil
}
