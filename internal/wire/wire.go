// Package wire shows an HTTP/1.1 handler the message heads as they cross the
// wire. For requests that is the order, case and repetition of header lines,
// which net/http folds into a map; for responses it is the list net/http is
// about to write.
//
// Three calls install it on a server:
//
//	srv := &http.Server{Handler: wire.Handler(mux), ConnContext: wire.ConnContext}
//	err := srv.Serve(wire.Listen(listener))
//
// after which any handler may ask for the head of its request:
//
//	head, ok := wire.Request(r)
//
// The listener's connections copy the bytes net/http reads into a tap, which
// follows the framing of RFC 9112 to find where each head starts and ends. The
// tap follows net/http where the two differ. It prefers silence to error: when
// it loses its place in a connection, Request reports false for every later
// request on that connection. Request bodies are walked but never stored.
//
// TLS and HTTP/2 connections are served but not tapped. Hijacked connections
// and full-duplex handlers are not supported.
package wire

import (
	"errors"
	"io"
	"net"
)

// Listen returns a listener that accepts from l and taps what the server reads
// from each connection. Pair it with [ConnContext] and [Handler]. The returned
// listener is as safe for concurrent use as l.
func Listen(l net.Listener) net.Listener { return listener{l} }

type listener struct{ net.Listener }

// Accept waits for a connection and taps it.
func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &conn{Conn: c, tap: new(tap)}, nil
}

// conn is a tapped connection. Beside net.Conn it has the two optional methods
// net/http looks for in a TCP connection.
type conn struct {
	net.Conn
	tap *tap
}

// Read reads from the connection and shows the tap what it read.
func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.tap.feed(p[:n])
	return n, err
}

// ReadFrom keeps sendfile(2) within reach of net/http.
func (c *conn) ReadFrom(src io.Reader) (int64, error) {
	if rf, ok := c.Conn.(io.ReaderFrom); ok {
		return rf.ReadFrom(src)
	}
	return io.Copy(struct{ io.Writer }{c.Conn}, src)
}

// CloseWrite lets net/http end a refused upload without a reset, which could
// destroy the response on its way to the client.
func (c *conn) CloseWrite() error {
	if cw, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return cw.CloseWrite()
	}
	return errors.ErrUnsupported
}
