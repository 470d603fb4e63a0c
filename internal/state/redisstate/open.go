package redisstate

import (
	"context"
	"crypto/rand"
	_ "embed"
	"fmt"
	"time"

	"github.com/redis/rueidis"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/session/redisbackend/redisconn"
)

// gather is how long commands wait for others to be sent with them.
const gather = 20 * time.Microsecond

// do runs f as [redisconn.Do] does. What f began it ends, whatever becomes of ctx.
func do[T any](ctx context.Context, c *redisconn.Conn, f func(context.Context, rueidis.Client) (T, error)) (T, error) {
	return redisconn.Do(ctx, c, func(client rueidis.Client) (T, error) { return f(context.WithoutCancel(ctx), client) })
}

// A State implements lab.SharedState and seat.State over Redis. It is safe for concurrent use,
// and must be closed.
type State struct {
	conn    *redisconn.Conn
	process string // the id of this process on the news channel
	key     []byte

	seat, bench, number, step, entry, sweep *rueidis.Lua
}

var (
	_ lab.SharedState = (*State)(nil)
	_ seat.State      = (*State)(nil)
)

// Scripts run within Redis, each as one command.
var (
	//go:embed seat.lua
	seatScript string
	//go:embed bench.lua
	benchScript string
	//go:embed number.lua
	numberScript string
	//go:embed step.lua
	stepScript string
	//go:embed entry.lua
	entryScript string
	//go:embed sweep.lua
	sweepScript string
)

// Open returns the State on the server that address names, as
// redisbackend.Open has it: redis://user:password@host:port/database. The server
// must answer before ctx is done. Errors do not name the address, which may hold a
// password.
func Open(ctx context.Context, address string) (*State, error) {
	conn, err := redisconn.Open(address, gather)
	if err != nil {
		return nil, fmt.Errorf("redisstate: %w", err)
	}
	s := &State{
		conn: conn, process: rand.Text(),
		seat: rueidis.NewLuaScript(seatScript), bench: rueidis.NewLuaScript(benchScript), number: rueidis.NewLuaScript(numberScript),
		step: rueidis.NewLuaScript(stepScript), entry: rueidis.NewLuaScript(entryScript), sweep: rueidis.NewLuaScript(sweepScript),
	}
	if s.key, err = s.seatKey(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("redisstate: open: %w", err)
	}
	return s, nil
}

// seatKey returns the key that the first process made.
func (s *State) seatKey(ctx context.Context) ([]byte, error) {
	fresh := make([]byte, 32)
	rand.Read(fresh)
	return do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) ([]byte, error) {
		err := c.Do(ctx, c.B().Setnx().Key(keyKey).Value(rueidis.BinaryString(fresh)).Build()).Error()
		if err != nil {
			return nil, err
		}
		key, err := c.Do(ctx, c.B().Get().Key(keyKey).Build()).AsBytes()
		if err == nil && len(key) != len(fresh) {
			err = fmt.Errorf("%s holds %d bytes, not %d", keyKey, len(key), len(fresh))
		}
		return key, err
	})
}

// Key returns 32 random bytes that are the same for all processes.
func (s *State) Key() []byte { return s.key }

// Ping reports whether Redis answers.
func (s *State) Ping(ctx context.Context) error {
	_, err := do(ctx, s.conn, func(ctx context.Context, c rueidis.Client) (string, error) {
		return c.Do(ctx, c.B().Ping().Build()).ToString()
	})
	return err
}

// Close ends the connections, and waits for what runs on them.
func (s *State) Close() error {
	return s.conn.Close()
}
