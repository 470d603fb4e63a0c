package browser

import (
	"bytes"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// window is how many bytes a connection in memory holds in each direction: most
// messages of the app, so that who writes one need not wait for who reads it.
const window = 16 << 10

// pipe returns the two ends of a connection in memory. Unlike those of [net.Pipe] they
// have buffers, and deadlines that cost nothing until something waits: a server sets
// several for each request. As with TCP, what was written before an end was closed can
// still be read at the other.
func pipe(peer net.Addr) (client, server *end) {
	to, from := newStream(), newStream()
	return &end{in: from, out: to, peer: peer}, &end{in: to, out: from, peer: peer}
}

// An end is a [net.Conn]. It is safe for concurrent use.
type end struct {
	in, out *stream
	peer    net.Addr
}

func (e *end) Read(p []byte) (int, error)  { return e.in.read(p) }
func (e *end) Write(p []byte) (int, error) { return e.out.write(p) }

func (e *end) Close() error {
	e.in.close(true)
	e.out.close(false)
	return nil
}

func (e *end) LocalAddr() net.Addr  { return e.peer }
func (e *end) RemoteAddr() net.Addr { return e.peer }

func (e *end) SetDeadline(t time.Time) error {
	e.in.set(&e.in.readBy, t)
	e.out.set(&e.out.writeBy, t)
	return nil
}

func (e *end) SetReadDeadline(t time.Time) error {
	e.in.set(&e.in.readBy, t)
	return nil
}

func (e *end) SetWriteDeadline(t time.Time) error {
	e.out.set(&e.out.writeBy, t)
	return nil
}

// A stream is what goes in one direction.
type stream struct {
	mu      sync.Mutex
	changed sync.Cond
	held    bytes.Buffer // written, and not yet read
	ended   bool         // nothing more is written
	unread  bool         // nothing more is read

	readBy, writeBy time.Time // zero: at any time
}

func newStream() *stream {
	s := new(stream)
	s.changed.L = &s.mu
	return s
}

func (s *stream) read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.unread:
			return 0, net.ErrClosed
		case over(s.readBy):
			return 0, os.ErrDeadlineExceeded
		case s.held.Len() > 0 || len(p) == 0:
			n, _ := s.held.Read(p)
			s.changed.Broadcast()
			return n, nil
		case s.ended:
			return 0, io.EOF
		}
		s.await(s.readBy)
	}
}

func (s *stream) write(p []byte) (n int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case s.ended, s.unread:
			return n, net.ErrClosed
		case over(s.writeBy):
			return n, os.ErrDeadlineExceeded
		}
		fits := min(len(p), window-s.held.Len())
		s.held.Write(p[:fits])
		n, p = n+fits, p[fits:]
		if fits > 0 {
			s.changed.Broadcast()
		}
		if len(p) == 0 {
			return n, nil
		}
		s.await(s.writeBy)
	}
}

// await waits for a change, or the time. The caller holds the lock.
func (s *stream) await(deadline time.Time) {
	if !deadline.IsZero() {
		wake := time.AfterFunc(time.Until(deadline), func() {
			s.mu.Lock() // by when it waits
			defer s.mu.Unlock()
			s.changed.Broadcast()
		})
		defer wake.Stop()
	}
	s.changed.Wait()
}

// close ends the stream for its reader, or its writer.
func (s *stream) close(reader bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if reader {
		s.unread = true
	} else {
		s.ended = true
	}
	s.changed.Broadcast()
}

// set sets a deadline of the stream, which may wake what waits.
func (s *stream) set(deadline *time.Time, t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*deadline = t
	s.changed.Broadcast()
}

func over(deadline time.Time) bool { return !deadline.IsZero() && !time.Now().Before(deadline) }
