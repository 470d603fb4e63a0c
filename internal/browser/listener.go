package browser

import (
	"context"
	"net"
	"sync"

	"github.com/sessionlab/sessionlab/internal/origin"
)

// A Listener is a [net.Listener] within the process: a server that serves it
// treats virtual browsers like any other client. Its connections have an
// [origin.Peer] as their remote address. It is safe for concurrent use.
type Listener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

var _ net.Listener = (*Listener)(nil)

// Listen returns a Listener. The caller serves it and closes it.
func Listen() *Listener {
	return &Listener{conns: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept waits for a browser to connect, or returns [net.ErrClosed].
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close makes Accept, and each request for which there is no connection yet, return
// [net.ErrClosed]. It may be called again.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr implements [net.Listener].
func (l *Listener) Addr() net.Addr { return new(origin.Peer) }

// dial connects to the server, which knows the client by that peer. It waits until the
// connection is accepted.
func (l *Listener) dial(ctx context.Context, as *origin.Peer) (*end, error) {
	client, server := pipe(as)
	select {
	case l.conns <- server:
		return client, nil
	case <-l.closed:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
