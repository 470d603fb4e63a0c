// Package browser lets virtual browsers send real HTTP requests to the server
// that they are part of, over connections in memory. The server treats these
// requests like those from outside. The jars of the browsers are in package
// jar.
package browser

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/sessionlab/sessionlab/internal/origin"
)

// maxBody is how many bytes of a response's body are read. No response of the
// app is larger.
const maxBody = 4 << 20

// ErrBodyTooLarge is returned for a response whose body is larger than maxBody.
var ErrBodyTooLarge = errors.New("browser: the response is too large")

// A Client sends the requests of virtual browsers. It is safe for concurrent use.
type Client struct {
	listener *Listener
	lines    lines
}

// NewClient returns a Client of the server that serves l.
func NewClient(l *Listener) *Client { return &Client{listener: l} }

// A Response is a response that was read to its end.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Send sends a request of the browser with that id, and reads the response
// until ctx is done. Cookie is the value of its Cookie header, "" for none.
// Send does not follow redirects. Connections are kept open for other requests,
// of any browser, for less than a minute.
func (c *Client) Send(ctx context.Context, id, cookie string, r Request) (*Response, error) {
	request, err := r.wire(cookie)
	if err != nil {
		return nil, err
	}
	l, err := c.line(ctx)
	if err != nil {
		return nil, fmt.Errorf("browser: connect: %w", err)
	}
	from := origin.Addr{Origin: origin.Origin(id), HTTPS: r.URL.Scheme == "https"}
	res, ok, err := l.exchange(ctx, from, request)
	if ok {
		c.lines.keep(l)
	} else {
		l.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("browser: %s %s: %w", r.Method, r.URL.Path, err)
	}
	return res, nil
}

// line returns a connection that nobody sends on: one that is open, or a new one.
func (c *Client) line(ctx context.Context) (*line, error) {
	if l := c.lines.take(); l != nil {
		return l, nil
	}
	l := new(line)
	conn, err := c.listener.dial(ctx, &l.as)
	if err != nil {
		return nil, err
	}
	l.end, l.reader = conn, bufio.NewReader(conn)
	return l, nil
}
