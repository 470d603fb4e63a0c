package redisstate

import (
	"context"
	"crypto/rand"
	"fmt"
	"strconv"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// AddEntry implements lab.State. The bench has another version after it: the jars that
// other processes hold of it may be old.
func (s *State) AddEntry(ctx context.Context, bench string, e step.Entry, most int, jars map[string][]byte) (n int, err error) {
	var args []string
	for client, jar := range jars {
		args = append(args, client, string(jar))
	}
	return s.addEntry(ctx, bench, e, most, "", args)
}

// AddEntryOver implements lab.SharedState.
func (s *State) AddEntryOver(ctx context.Context, bench string, e step.Entry, most int, jars, was map[string][]byte) (n int, err error) {
	var args []string
	for client, jar := range jars {
		args = append(args, client, string(jar), string(was[client]))
	}
	return s.addEntry(ctx, bench, e, most, "over", args)
}

func (s *State) addEntry(ctx context.Context, bench string, e step.Entry, most int, over string, jars []string) (n int, err error) {
	data, err := step.EncodeEntry(e)
	if err != nil {
		return 0, fmt.Errorf("redisstate: entry: %w", err)
	}
	keys := []string{benchKey(bench), entriesKey(bench), jarsKey(bench)}
	args := append([]string{data, strconv.Itoa(most), newsKey, s.process + " " + bench, rand.Text(), over}, jars...)
	added, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (int64, error) {
		return s.entry.Exec(ctx, c, keys, args).ToInt64()
	})
	switch {
	case err != nil:
		return 0, err
	case added == 0:
		return 0, lab.ErrUnknown
	case added == -2:
		return 0, lab.ErrStale
	case added < 0:
		return 0, lab.ErrFull
	}
	return int(added), nil
}

// Entries implements lab.State.
func (s *State) Entries(ctx context.Context, bench string) ([]step.Entry, error) {
	list, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) ([]string, error) {
		return c.Do(ctx, c.B().Lrange().Key(entriesKey(bench)).Start(0).Stop(-1).Build()).AsStrSlice()
	})
	if err != nil {
		return nil, err
	}
	all := make([]step.Entry, len(list))
	for i, data := range list {
		if all[i], err = step.DecodeEntry(i+1, []byte(data)); err != nil {
			return nil, fmt.Errorf("redisstate: entry %d: %w", i+1, err)
		}
	}
	return all, nil
}
