// Package browser lets virtual browsers send real HTTP requests to the server
// that they are part of, over connections in memory. The server treats these
// requests like those from outside. The jars of the browsers are in package
// jar.
package browser

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"

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
}

// NewClient returns a Client of the server that serves l.
func NewClient(l *Listener) *Client { return &Client{l} }

// A Response is a response that was read to its end.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// Send sends a request of the browser with that id, and reads the response
// until ctx is done. Cookie is the value of its Cookie header, "" for none.
// Send does not follow redirects. Each request has its own connection, so no
// connection is left open.
func (c *Client) Send(ctx context.Context, id, cookie string, r Request) (*Response, error) {
	req, err := r.http(cookie)
	if err != nil {
		return nil, fmt.Errorf("browser: %w", err)
	}
	conn, err := c.listener.Dial(ctx, origin.Addr{Origin: origin.Origin(id), HTTPS: r.URL.Scheme == "https"})
	if err != nil {
		return nil, fmt.Errorf("browser: connect: %w", err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	res, err := exchange(conn, req)
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("browser: %s %s: %w", r.Method, r.URL.Path, err)
	}
	return res, nil
}

// readers are for responses, each as long as it is read.
var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// exchange sends a request and reads the response.
func exchange(conn io.ReadWriter, req *http.Request) (*Response, error) {
	var sent bytes.Buffer // each write to a pipe waits for its reader: there is one
	if err := req.Write(&sent); err != nil {
		return nil, err
	}
	if _, err := sent.WriteTo(conn); err != nil {
		return nil, err
	}
	reader := readers.Get().(*bufio.Reader)
	reader.Reset(conn)
	defer func() {
		reader.Reset(nil)
		readers.Put(reader)
	}()
	res, err := http.ReadResponse(reader, req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	if err == nil && len(body) > maxBody {
		err = ErrBodyTooLarge
	}
	return &Response{Status: res.StatusCode, Header: res.Header, Body: body}, err
}
