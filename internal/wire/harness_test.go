package wire

import (
	"bufio"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// choppy is a listener whose connections read at most size bytes at a time and
// count them.
type choppy struct {
	net.Listener
	size int
	read *atomic.Int64
}

func (l choppy) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return choppyConn{c, l.size, l.read}, err
}

type choppyConn struct {
	net.Conn
	size int
	read *atomic.Int64
}

func (c choppyConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p[:min(len(p), c.size)])
	c.read.Add(int64(n))
	return n, err
}

// server is a real http.Server with a tap, on a free port.
type server struct {
	*http.Server
	addr string
	read atomic.Int64 // bytes the server has read, over all connections
}

// serve starts a server that reads at most size bytes at a time.
func serve(t *testing.T, size int, h http.HandlerFunc, options ...func(*http.Server)) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{addr: l.Addr().String()}
	s.Server = &http.Server{
		Handler:     Handler(h),
		ConnContext: ConnContext,
		ErrorLog:    log.New(io.Discard, "", 0),
	}
	for _, option := range options {
		option(s.Server)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(Listen(choppy{l, size, &s.read})) }()
	t.Cleanup(func() {
		s.Close()
		if err := <-done; err != http.ErrServerClosed {
			t.Errorf("Serve() = %v; want %v", err, http.ErrServerClosed)
		}
	})
	return s
}

// client is a raw TCP client.
type client struct {
	net.Conn
	*bufio.Reader
	t *testing.T
}

func (s *server) dial(t *testing.T) *client {
	t.Helper()
	c, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	c.SetDeadline(time.Now().Add(time.Minute))
	return &client{Conn: c, Reader: bufio.NewReader(c), t: t}
}

func (c *client) Read(p []byte) (int, error) { return c.Reader.Read(p) }

func (c *client) send(s string) {
	c.t.Helper()
	if _, err := io.WriteString(c.Conn, s); err != nil {
		c.t.Fatal(err)
	}
}

// answer is what the echo handler reports about a request.
type answer struct {
	OK   bool
	Head Head
	Body int64
}

// echo answers with the head the tap found. It reads the request body unless
// the path says otherwise.
func echo(w http.ResponseWriter, r *http.Request) {
	var a answer
	a.Head, a.OK = Request(r)
	if r.URL.Path != "/unread" {
		a.Body, _ = io.Copy(io.Discard, r.Body)
	}
	json.NewEncoder(w).Encode(a)
}

// answer reads the response to a request of the given method. The echo of a
// HEAD request is not to be seen.
func (c *client) answer(method string) (a answer) {
	c.t.Helper()
	resp, err := http.ReadResponse(c.Reader, &http.Request{Method: method})
	if err != nil {
		c.t.Fatalf("ReadResponse() = %v", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusContinue {
		return c.answer(method)
	}
	if resp.StatusCode != http.StatusOK {
		c.t.Fatalf("status = %v; want 200", resp.Status)
	}
	if method == http.MethodHead {
		return a
	}
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		c.t.Fatalf("Decode() = %v", err)
	}
	io.Copy(io.Discard, resp.Body)
	return a
}
