// Package redisconn is the way to a Redis server, or to a cluster, that many
// operations share: it is made when it is first needed, mends itself, and keeps
// nobody waiting whose context is done.
package redisconn

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/redis/rueidis"
	"golang.org/x/sync/singleflight"
)

const (
	// dialTimeout is how long it may take to connect to a server and to be let in.
	dialTimeout = time.Second
	// silence is how long a server may be silent, when asked, before its connection
	// is given up and another is tried.
	silence = 2 * time.Second
	// mostCalls is how many operations may be under way. Others wait.
	mostCalls = 1024
)

// ErrClosed is returned by a [Conn] that was closed.
var ErrClosed = errors.New("redisconn: closed")

// A DialError tells why no connection could be made.
type DialError struct{ Err error }

func (e *DialError) Error() string { return "redisconn: connect: " + e.Err.Error() }

// Unwrap returns what the server or the network said.
func (e *DialError) Unwrap() error { return e.Err }

// A Conn is the way to the servers: one connection to each, which all operations
// share. Its methods may be called concurrently.
type Conn struct {
	option rueidis.ClientOption
	calls  chan struct{} // holds one for each operation under way
	closed chan struct{}

	connecting singleflight.Group
	mu         sync.Mutex
	client     rueidis.Client // nil until a server has answered
	ended      bool
}

// Open returns the way to the servers that address names; see [Parse]. It connects
// to nothing, so that a server may be started later than we are. Gather is how long
// commands wait for others to be sent with them, if there are others under way.
// The Conn must be closed.
func Open(address string, gather time.Duration) (*Conn, error) {
	option, err := Parse(address)
	if err != nil {
		return nil, err
	}
	option.Dialer.Timeout = dialTimeout
	option.ConnWriteTimeout = silence
	option.MaxFlushDelay = gather
	option.PipelineMultiplex = -1 // one connection
	option.AlwaysPipelining = true
	option.ReadBufferEachConn, option.WriteBufferEachConn = 64<<10, 64<<10
	option.DisableCache = true
	option.DisableRetry = true // nothing is done twice, and whoever waits for a dead server learns of it at once
	return &Conn{option: option, calls: make(chan struct{}, mostCalls), closed: make(chan struct{})}, nil
}

// Do runs f on a goroutine of its own, and returns what f does; or the error of ctx
// when that is done first, and f is then left to itself. The error is a
// [*DialError] if there is no connection to run f on.
//
// The client could abandon commands by itself, but neither a connection that is
// being made nor one for which several wait: the first of those who wait decides
// how long.
func Do[T any](ctx context.Context, c *Conn, f func(rueidis.Client) (T, error)) (result T, err error) {
	if err := ctx.Err(); err != nil {
		return result, err
	}
	select {
	case c.calls <- struct{}{}:
	case <-ctx.Done():
		return result, ctx.Err()
	case <-c.closed:
		return result, ErrClosed
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
		if client, a.err = c.Client(); a.err == nil {
			a.result, a.err = f(client)
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

// Client returns what commands are sent by, for those that last. As long as there
// has been none, it tries to connect, with all who wait for it.
func (c *Conn) Client() (rueidis.Client, error) {
	if client, err := c.current(); client != nil || err != nil {
		return client, err
	}
	client, err, _ := c.connecting.Do("", func() (any, error) {
		if client, err := c.current(); client != nil || err != nil {
			return client, err
		}
		client, err := dial(c.option)
		if err != nil {
			return nil, &DialError{err}
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.ended {
			client.Close()
			return nil, ErrClosed
		}
		c.client = client
		return client, nil
	})
	if err != nil {
		return nil, err
	}
	return client.(rueidis.Client), nil
}

// dial connects to a server, or to all of its cluster if it is part of one.
func dial(option rueidis.ClientOption) (rueidis.Client, error) {
	if len(option.InitAddress) > 1 {
		return rueidis.NewClient(option)
	}
	single := option
	single.ForceSingleClient = true
	client, err := rueidis.NewClient(single)
	if err == nil {
		var hello map[string]rueidis.RedisMessage
		hello, err = client.Do(context.Background(), client.B().Arbitrary("HELLO", "3").Build()).AsMap()
		mode := hello["mode"]
		if text, _ := mode.ToString(); err == nil && text != "cluster" {
			return client, nil
		}
	}
	if client != nil { // there is one even if it is not connected
		client.Close()
	}
	if err != nil {
		return nil, err
	}
	return rueidis.NewClient(option)
}

func (c *Conn) current() (rueidis.Client, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return nil, ErrClosed
	}
	return c.client, nil
}

// Close ends the connections and waits for the operations under way, which fail.
// Later ones fail too.
func (c *Conn) Close() error {
	c.mu.Lock()
	ended, client := c.ended, c.client
	c.ended = true
	c.mu.Unlock()
	if ended {
		return nil
	}
	close(c.closed)
	if client != nil {
		client.Close()
	}
	for range mostCalls {
		c.calls <- struct{}{}
	}
	return nil
}
