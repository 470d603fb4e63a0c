package redisstate

import (
	"context"
	"fmt"
	"strconv"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// TakeNumber implements lab.SharedState.
func (s *State) TakeNumber(ctx context.Context, bench string) (int, error) {
	n, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (int64, error) {
		return s.number.Exec(ctx, c, []string{benchKey(bench)}, nil).ToInt64()
	})
	if err == nil && n == 0 {
		err = lab.ErrUnknown
	}
	return int(n), err
}

// AddStep implements lab.State.
func (s *State) AddStep(ctx context.Context, bench string, recorded *step.Step, summary step.Summary, jar []byte) (size int, err error) {
	if jar == nil {
		return s.addStep(ctx, bench, recorded, summary)
	}
	return s.addStep(ctx, bench, recorded, summary, string(jar))
}

// AddStepOver implements lab.SharedState.
func (s *State) AddStepOver(ctx context.Context, bench string, recorded *step.Step, summary step.Summary, jar, was []byte) (size int, err error) {
	return s.addStep(ctx, bench, recorded, summary, string(jar), string(was))
}

// addStep stores a step with the jar that it left, if given, in place of another one, if
// given.
func (s *State) addStep(ctx context.Context, bench string, recorded *step.Step, summary step.Summary, jars ...string) (size int, err error) {
	data, line, err := step.Encode(recorded, summary)
	if err != nil {
		return 0, fmt.Errorf("redisstate: step: %w", err)
	}
	keys := []string{benchKey(bench), stepsKey(bench), linesKey(bench)}
	args := []string{strconv.Itoa(recorded.N), data, line, newsKey, s.process + " " + bench}
	if len(jars) > 0 {
		keys, args = append(keys, jarsKey(bench)), append(append(args, recorded.ClientID), jars...)
	}
	added, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (int64, error) {
		return s.step.Exec(ctx, c, keys, args).ToInt64()
	})
	switch {
	case err != nil:
		return 0, err
	case added == 0:
		return 0, lab.ErrUnknown
	case added == -2:
		return 0, lab.ErrStale
	case added < 0:
		return 0, fmt.Errorf("redisstate: step %d is already stored", recorded.N)
	}
	return len(data), nil
}

// Step implements lab.State.
func (s *State) Step(ctx context.Context, bench string, n int) (*step.Step, error) {
	data, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) ([]byte, error) {
		return c.Do(ctx, c.B().Hget().Key(stepsKey(bench)).Field(strconv.Itoa(n)).Build()).AsBytes()
	})
	if rueidis.IsRedisNil(err) {
		return nil, lab.ErrUnknown
	}
	if err != nil {
		return nil, err
	}
	recorded, err := step.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("redisstate: step %d: %w", n, err)
	}
	return recorded, nil
}

// Summaries implements lab.State.
func (s *State) Summaries(ctx context.Context, bench string) ([]step.Summary, error) {
	all, err := s.SummariesFrom(ctx, bench, 0)
	step.SortSummaries(all)
	return all, err
}

// SummariesFrom implements lab.SharedState.
func (s *State) SummariesFrom(ctx context.Context, bench string, first int) ([]step.Summary, error) {
	lines, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) ([]string, error) {
		return c.Do(ctx, c.B().Lrange().Key(linesKey(bench)).Start(int64(first)).Stop(-1).Build()).AsStrSlice()
	})
	if err != nil {
		return nil, err
	}
	all := make([]step.Summary, len(lines))
	for i, line := range lines {
		if all[i], err = step.DecodeSummary([]byte(line)); err != nil {
			return nil, fmt.Errorf("redisstate: summary: %w", err)
		}
	}
	return all, nil
}
