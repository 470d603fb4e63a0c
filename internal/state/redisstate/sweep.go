package redisstate

import (
	"context"
	"time"

	"github.com/redis/rueidis"
)

// batch is how many seats or benches are removed at a time. Redis does nothing
// else meanwhile, and a bench may have thousands of steps.
const batch = 20

// Sweep implements lab.State.
func (s *State) Sweep(ctx context.Context, removed, used time.Time) (benches []string, err error) {
	if err := s.sweepGone(ctx, removed); err != nil {
		return nil, err
	}
	for len(benches) == 0 {
		ids, err := s.listed(ctx, benchesKey, used)
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		for _, id := range ids {
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
		answer, err := s.sweep.Exec(ctx, c, []string{benchKey(id), stepsKey(id), linesKey(id), jarsKey(id)}, []string{millis(used)}).ToArray()
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
