package redisbackend

import (
	"context"
	"sync"
	"time"

	"github.com/redis/rueidis"
	"golang.org/x/sync/singleflight"

	"github.com/sessionlab/sessionlab/session"
)

const (
	// dialTimeout is how long it may take to connect to a server and to be let in.
	dialTimeout = time.Second
	// silence is how long a server may be silent, when asked, before its connection
	// is given up and another is tried.
	silence = 2 * time.Second
	// mostCalls is how many operations may be under way. Others wait.
	mostCalls = 1024
	// gather is how long commands wait for others to be sent with them, if there
	// are others under way. It halves the processor time that a command takes, here
	// and in the server.
	gather = 100 * time.Microsecond
)

// A client is the way to the servers: one connection to each, which all
// operations share. It is made when it is first needed, so that a server may be
// started later than we are, and mends itself.
type client struct {
	option rueidis.ClientOption
	calls  chan struct{} // holds one for each operation under way
	closed chan struct{}

	connecting singleflight.Group
	mu         sync.Mutex
	conn       rueidis.Client // nil until a server has answered
	ended      bool
}

func newClient(option rueidis.ClientOption) *client {
	option.Dialer.Timeout = dialTimeout
	option.ConnWriteTimeout = silence
	option.MaxFlushDelay = gather
	option.PipelineMultiplex = -1 // one connection
	option.AlwaysPipelining = true
	option.ReadBufferEachConn, option.WriteBufferEachConn = 64<<10, 64<<10
	option.DisableCache = true
	option.DisableRetry = true // whoever waits for a dead server learns of it at once
	return &client{option: option, calls: make(chan struct{}, mostCalls), closed: make(chan struct{})}
}

// run runs f on a goroutine of its own, and returns what f does; or an error of
// ctx when that is done first, and f is then left to itself. The trace of ctx is
// told on the caller's goroutine.
//
// The client could abandon commands by itself, but neither a connection that is
// being made nor one for which several wait: the first of those who wait decides
// how long.
func run[T any](ctx context.Context, cl *client, f func(*call) (T, error)) (result T, err error) {
	if err := ctx.Err(); err != nil {
		return result, err
	}
	select {
	case cl.calls <- struct{}{}:
	case <-ctx.Done():
		return result, ctx.Err()
	case <-cl.closed:
		return result, errClosed
	}
	trace := session.ContextTrace(ctx)
	type answer struct {
		result T
		told   []session.QueryInfo
		err    error
	}
	answers := make(chan answer, 1)
	go func() {
		defer func() { <-cl.calls }()
		var a answer
		c := call{watched: trace != nil && trace.Query != nil}
		if c.conn, a.err = cl.connect(); a.err == nil {
			a.result, a.err = f(&c)
		}
		a.told = c.told
		answers <- a
	}()
	select {
	case a := <-answers:
		for _, info := range a.told {
			trace.Query(info)
		}
		return a.result, a.err
	case <-ctx.Done():
		return result, ctx.Err()
	}
}

// connect returns the connection. As long as there has been none, it tries to
// make it, with all who wait for it.
func (cl *client) connect() (rueidis.Client, error) {
	if conn, err := cl.current(); conn != nil || err != nil {
		return conn, err
	}
	conn, err, _ := cl.connecting.Do("", func() (any, error) {
		if conn, err := cl.current(); conn != nil || err != nil {
			return conn, err
		}
		conn, err := dial(cl.option)
		if err != nil {
			return nil, fault(err)
		}
		cl.mu.Lock()
		defer cl.mu.Unlock()
		if cl.ended {
			conn.Close()
			return nil, errClosed
		}
		cl.conn = conn
		return conn, nil
	})
	if err != nil {
		return nil, err
	}
	return conn.(rueidis.Client), nil
}

// dial connects to a server, or to all of its cluster if it is part of one.
func dial(option rueidis.ClientOption) (rueidis.Client, error) {
	if len(option.InitAddress) > 1 {
		return rueidis.NewClient(option)
	}
	single := option
	single.ForceSingleClient = true
	conn, err := rueidis.NewClient(single)
	if err == nil {
		var hello map[string]rueidis.RedisMessage
		hello, err = conn.Do(context.Background(), conn.B().Arbitrary("HELLO", "3").Build()).AsMap()
		mode := hello["mode"]
		if text, _ := mode.ToString(); err == nil && text != "cluster" {
			return conn, nil
		}
	}
	if conn != nil { // there is one even if it is not connected
		conn.Close()
	}
	if err != nil {
		return nil, err
	}
	return rueidis.NewClient(option)
}

func (cl *client) current() (rueidis.Client, error) {
	cl.mu.Lock()
	defer cl.mu.Unlock()
	if cl.ended {
		return nil, errClosed
	}
	return cl.conn, nil
}

// close ends the connections and waits for the operations under way.
func (cl *client) close() error {
	cl.mu.Lock()
	ended, conn := cl.ended, cl.conn
	cl.ended = true
	cl.mu.Unlock()
	if ended {
		return nil
	}
	close(cl.closed)
	if conn != nil {
		conn.Close()
	}
	for range mostCalls {
		cl.calls <- struct{}{}
	}
	return nil
}
