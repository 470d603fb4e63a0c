package browser

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/sessionlab/sessionlab/internal/origin"
)

const (
	// mostIdle is how many connections are kept while there is nothing to send.
	mostIdle = 64
	// longestIdle is how long: a shorter time than the server waits for another request,
	// so that none is sent on a connection that the server is about to close.
	longestIdle = 30 * time.Second
)

// A line is a connection to the server on which requests are sent one after another, each
// perhaps of another browser. It belongs to whoever sends.
type line struct {
	*end
	as     origin.Peer
	reader *bufio.Reader
	idle   time.Time // since when
}

// exchange sends a request and reads the response. Ok says that the line can take another.
func (l *line) exchange(ctx context.Context, from origin.Addr, request []byte) (res *Response, ok bool, err error) {
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer func() {
		if !stop() {
			res, ok, err = nil, false, ctx.Err()
		}
	}()
	l.as.Turn(from)
	if _, err := l.Write(request); err != nil {
		return nil, false, err
	}
	got, err := http.ReadResponse(l.reader, nil)
	if err != nil {
		return nil, false, err
	}
	defer got.Body.Close()
	body, err := readBody(got)
	if err != nil {
		return nil, false, err
	}
	res = &Response{Status: got.StatusCode, Header: got.Header, Body: body}
	return res, !got.Close && l.reader.Buffered() == 0, nil
}

// readBody reads a body of at most maxBody bytes.
func readBody(r *http.Response) ([]byte, error) {
	var body bytes.Buffer
	if 0 < r.ContentLength && r.ContentLength <= maxBody {
		body.Grow(int(r.ContentLength) + bytes.MinRead) // so much room ReadFrom wants at the end
	}
	n, err := body.ReadFrom(io.LimitReader(r.Body, maxBody+1))
	if err == nil && n > maxBody {
		err = ErrBodyTooLarge
	}
	return body.Bytes(), err
}

// lines are those that nobody sends on. They are safe for concurrent use.
type lines struct {
	mu   sync.Mutex
	idle []*line // the one that was used last at the end
}

// take returns a line that is not in use, nil if there is none.
func (s *lines) take() *line {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := len(s.idle)
	if n == 0 {
		return nil
	}
	last := s.idle[n-1]
	if time.Since(last.idle) < longestIdle {
		s.idle[n-1] = nil
		s.idle = s.idle[:n-1]
		return last
	}
	for _, l := range s.idle {
		l.Close()
	}
	s.idle = nil
	return nil
}

// keep keeps a line for other requests.
func (s *lines) keep(l *line) {
	l.idle = time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.idle) == mostIdle {
		l.Close()
		return
	}
	s.idle = append(s.idle, l)
}
