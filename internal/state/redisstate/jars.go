package redisstate

import (
	"context"

	"github.com/redis/rueidis"
)

// Jars implements lab.State.
func (s *State) Jars(ctx context.Context, bench string) (map[string][]byte, error) {
	all, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (map[string]string, error) {
		return c.Do(ctx, c.B().Hgetall().Key(jarsKey(bench)).Build()).AsStrMap()
	})
	if err != nil {
		return nil, err
	}
	jars := make(map[string][]byte, len(all))
	for client, jar := range all {
		jars[client] = []byte(jar)
	}
	return jars, nil
}
