package redisstate

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// BenchRow implements lab.State.
func (s *State) BenchRow(ctx context.Context, id string) (lab.BenchRow, error) {
	row := lab.BenchRow{ID: id}
	fields, err := s.fields(ctx, benchKey(id), "version", "settings", "created", "used", "steps")
	if errors.Is(err, lab.ErrUnknown) {
		return row, s.gone(ctx, id)
	}
	if err != nil {
		return row, err
	}
	row.Version = fields[0]
	numbers, err := integers(fields[2], fields[3], fields[4])
	if err == nil {
		err = lab.DecodeBench(&row, []byte(fields[1]))
	}
	if err != nil {
		return row, fmt.Errorf("redisstate: bench: %w", err)
	}
	row.Created, row.Used, row.Steps = time.UnixMilli(numbers[0]), time.UnixMilli(numbers[1]), int(numbers[2])
	return row, nil
}

// SaveBench implements lab.State.
func (s *State) SaveBench(ctx context.Context, bench lab.BenchRow) error {
	_, err := s.saveBench(ctx, bench, "*")
	return err
}

// ReplaceBench implements lab.SharedState.
func (s *State) ReplaceBench(ctx context.Context, bench lab.BenchRow) (version string, err error) {
	return s.saveBench(ctx, bench, bench.Version)
}

func (s *State) saveBench(ctx context.Context, bench lab.BenchRow, only string) (version string, err error) {
	settings, err := lab.EncodeBench(bench)
	if err != nil {
		return "", fmt.Errorf("redisstate: bench: %w", err)
	}
	version = rand.Text()
	args := []string{only, version, settings, millis(bench.Created), millis(bench.Used)}
	done, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (int64, error) {
		if err := list(ctx, c, benchesKey, bench.ID, bench.Used); err != nil {
			return 0, err
		}
		return s.bench.Exec(ctx, c, []string{benchKey(bench.ID)}, args).ToInt64()
	})
	switch {
	case err != nil:
		return "", err
	case done == 0:
		return "", lab.ErrStale
	case done < 0:
		return "", lab.ErrGone
	}
	return version, nil
}

// gone tells a bench that was removed from one that never was.
func (s *State) gone(ctx context.Context, id string) error {
	_, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (float64, error) {
		return c.Do(ctx, c.B().Zscore().Key(goneKey).Member(id).Build()).AsFloat64()
	})
	switch {
	case rueidis.IsRedisNil(err):
		return lab.ErrUnknown
	case err == nil:
		return lab.ErrGone
	}
	return err
}

// DeleteBench implements lab.State. Of the bench's own key it leaves that the bench is
// gone, in the first place: from then on scripts store nothing of it.
func (s *State) DeleteBench(ctx context.Context, id string, at time.Time) error {
	_, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (struct{}, error) {
		err := list(ctx, c, goneKey, id, at)
		if err == nil {
			err = c.Do(ctx, c.B().Hset().Key(benchKey(id)).FieldValue().FieldValue("gone", millis(at)).Build()).Error()
		}
		if err == nil {
			err = c.Do(ctx, c.B().Hdel().Key(benchKey(id)).Field("version", "settings", "created", "used", "steps", "next", "bytes").Build()).Error()
		}
		if err == nil {
			err = c.Do(ctx, c.B().Unlink().Key(stepsKey(id), linesKey(id), jarsKey(id), entriesKey(id)).Build()).Error()
		}
		if err == nil {
			err = unlist(ctx, c, benchesKey, id)
		}
		if err == nil {
			err = c.Do(ctx, c.B().Publish().Channel(newsKey).Message(s.process+" "+id).Build()).Error()
		}
		return struct{}{}, err
	})
	return err
}

// fields returns fields of a hash, "" for one that it has not; ErrUnknown if it
// has not the first.
func (s *State) fields(ctx context.Context, key string, names ...string) ([]string, error) {
	return do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) ([]string, error) {
		values, err := c.Do(ctx, c.B().Hmget().Key(key).Field(names...).Build()).ToArray()
		if err != nil {
			return nil, err
		}
		texts := make([]string, len(values))
		for i, v := range values {
			switch texts[i], err = v.ToString(); {
			case rueidis.IsRedisNil(err) && i == 0:
				return nil, lab.ErrUnknown
			case err != nil && !rueidis.IsRedisNil(err):
				return nil, err
			}
		}
		return texts, nil
	})
}

// list has a seat or a bench found by its time when it is swept.
func list(ctx context.Context, c rueidis.Client, key, member string, t time.Time) error {
	return c.Do(ctx, c.B().Zadd().Key(key).ScoreMember().ScoreMember(float64(t.UnixMilli()), member).Build()).Error()
}

func unlist(ctx context.Context, c rueidis.Client, key string, members ...string) error {
	return c.Do(ctx, c.B().Zrem().Key(key).Member(members...).Build()).Error()
}

func millis(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) }

// integers reads numbers; no text at all is 0.
func integers(texts ...string) ([]int64, error) {
	numbers := make([]int64, len(texts))
	var errs []error
	for i, text := range texts {
		if text == "" {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		numbers[i], errs = n, append(errs, err)
	}
	return numbers, errors.Join(errs...)
}
