package redisstate

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// batch is how many seats or benches are removed at a time. Redis does nothing
// else meanwhile, and a bench may have thousands of steps.
const batch = 20

// Sweep implements lab.State.
func (s *State) Sweep(ctx context.Context, removed, used time.Time) (benches []string, err error) {
	if err := s.sweepGone(ctx, removed); err != nil {
		return nil, err
	}
	return s.Evict(ctx, used, batch)
}

// Evict implements lab.State.
func (s *State) Evict(ctx context.Context, used time.Time, most int) (benches []string, err error) {
	for len(benches) == 0 {
		ids, err := s.listed(ctx, benchesKey, used)
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		for _, id := range ids[:min(len(ids), most)] {
			swept, err := s.sweepBench(ctx, id, used)
			if err != nil {
				return nil, err
			}
			if swept {
				benches = append(benches, id)
			}
		}
	}
	return benches, nil
}

// listed returns the first members of a list whose time is before t.
func (s *State) listed(ctx context.Context, key string, t time.Time) ([]string, error) {
	return do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) ([]string, error) {
		before := "(" + millis(t)
		return c.Do(ctx, c.B().Zrangebyscore().Key(key).Min("-inf").Max(before).Limit(0, batch).Build()).AsStrSlice()
	})
}

// sweepBench removes a bench if it was last used before used, which the list of
// benches may not know as exactly as the bench itself.
func (s *State) sweepBench(ctx context.Context, id string, used time.Time) (removed bool, err error) {
	return do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (bool, error) {
		answer, err := s.sweep.Exec(ctx, c, []string{benchKey(id), stepsKey(id), linesKey(id), jarsKey(id), entriesKey(id)}, []string{millis(used)}).ToArray()
		if err != nil {
			return false, err
		}
		removed, err := answer[0].AsBool()
		if err != nil {
			return false, err
		}
		if removed {
			return true, unlist(ctx, c, benchesKey, id)
		}
		last, err := answer[1].AsInt64()
		if err != nil {
			return false, err
		}
		return false, list(ctx, c, benchesKey, id, time.UnixMilli(last))
	})
}

// sweepGone forgets benches that were removed before t.
func (s *State) sweepGone(ctx context.Context, t time.Time) error {
	for {
		ids, err := s.listed(ctx, goneKey, t)
		if err != nil || len(ids) == 0 {
			return err
		}
		_, err = do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (struct{}, error) {
			var none struct{}
			for _, id := range ids {
				if err := c.Do(ctx, c.B().Hdel().Key(benchKey(id)).Field("gone").Build()).Error(); err != nil {
					return none, err
				}
			}
			return none, unlist(ctx, c, goneKey, ids...)
		})
		if err != nil {
			return err
		}
	}
}

// Totals implements lab.State. Each bench counts its bytes itself.
func (s *State) Totals(ctx context.Context) (t lab.Totals, err error) {
	const some = 500 // benches that are asked at a time
	for first := 0; ; first += some {
		part, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (part lab.Totals, err error) {
			from, to := strconv.Itoa(first), strconv.Itoa(first+some-1)
			ids, err := c.Do(ctx, c.B().Zrange().Key(benchesKey).Min(from).Max(to).Build()).AsStrSlice()
			asked := make(rueidis.Commands, len(ids))
			for i, id := range ids {
				asked[i] = c.B().Hget().Key(benchKey(id)).Field("bytes").Build()
			}
			for _, answer := range c.DoMulti(ctx, asked...) {
				bytes, err := answer.AsInt64()
				if err != nil && !rueidis.IsRedisNil(err) { // nil: it has no steps
					return part, err
				}
				part.Bytes += bytes
			}
			part.Benches = len(ids)
			return part, err
		})
		if err != nil {
			return lab.Totals{}, err
		}
		t.Benches, t.Bytes = t.Benches+part.Benches, t.Bytes+part.Bytes
		if part.Benches < some {
			return t, nil
		}
	}
}
