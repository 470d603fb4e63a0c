package redisstate

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/rueidis"
)

const (
	dialTimeout = time.Second
	silence     = 2 * time.Second       // of a server that was asked, before its connection is given up
	gather      = 20 * time.Microsecond // commands wait so long for others to be sent with them
	mostCalls   = 1024                  // operations under way; others wait
)

var errClosed = errors.New("redisstate: closed")

// A conn is the way to the servers: one connection to each, which all operations
// share. It is made when it is first needed, and mends itself.
type conn struct {
	option rueidis.ClientOption
	calls  chan struct{} // holds one for each operation under way
	closed chan struct{}

	mu     sync.Mutex
	client rueidis.Client // nil until a server has answered
}

func newConn(option rueidis.ClientOption) *conn {
	option.Dialer.Timeout = dialTimeout
	option.ConnWriteTimeout = silence
	option.MaxFlushDelay = gather
	option.PipelineMultiplex = -1 // one connection
	option.AlwaysPipelining = true
	option.ReadBufferEachConn, option.WriteBufferEachConn = 64<<10, 64<<10
	option.DisableCache = true
	option.DisableRetry = true // a step must not be added twice, and who waits for a dead server learns of it at once
	return &conn{option: option, calls: make(chan struct{}, mostCalls), closed: make(chan struct{})}
}

// do runs f and returns what it does, or the error of ctx when that is done first:
// f is left to itself then. The client alone would have everybody wait who needs a
// connection that is still being made.
func do[T any](ctx context.Context, c *conn, f func(context.Context, rueidis.Client) (T, error)) (result T, err error) {
	select {
	case c.calls <- struct{}{}:
	case <-ctx.Done():
		return result, ctx.Err()
	case <-c.closed:
		return result, errClosed
	}
	type answer struct {
		result T
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() { <-c.calls }()
		var a answer
		var client rueidis.Client
		if client, a.err = c.connect(); a.err == nil {
			a.result, a.err = f(context.WithoutCancel(ctx), client)
		}
		answers <- a
	}()
	select {
	case a := <-answers:
		return a.result, a.err
	case <-ctx.Done():
		return result, ctx.Err()
	}
}

// connect returns the client. Until it has been made, each who needs it tries in
// turn.
func (c *conn) connect() (rueidis.Client, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case <-c.closed:
		return nil, errClosed
	default:
	}
	if c.client == nil {
		client, err := rueidis.NewClient(c.option)
		if err != nil {
			return nil, err
		}
		c.client = client
	}
	return c.client, nil
}

func (c *conn) close() {
	c.mu.Lock()
	select {
	case <-c.closed:
		c.mu.Unlock()
		return
	default:
	}
	close(c.closed)
	client := c.client
	c.mu.Unlock()
	if client != nil {
		client.Close()
	}
	for range mostCalls {
		c.calls <- struct{}{}
	}
}
