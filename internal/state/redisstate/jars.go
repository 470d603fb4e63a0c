package redisstate

import (
	"context"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/internal/lab"
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

// SaveJar implements lab.State.
func (s *State) SaveJar(ctx context.Context, bench, client string, jar []byte) error {
	saved, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (bool, error) {
		if jar == nil {
			return true, c.Do(ctx, c.B().Hdel().Key(jarsKey(bench)).Field(client).Build()).Error()
		}
		return s.jar.Exec(ctx, c, []string{benchKey(bench), jarsKey(bench)}, []string{client, string(jar)}).AsBool()
	})
	if err == nil && !saved {
		err = lab.ErrUnknown
	}
	return err
}
