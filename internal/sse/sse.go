// Package sse writes server-sent events: a response that stays open, to which an
// event is added whenever there is one.
package sse

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// An Event is one event. Its fields hold no line breaks.
type Event struct {
	ID   string // the client sends it as Last-Event-ID when it connects again
	Name string
	Data string
}

// Options say how a stream stays open.
type Options struct {
	// Retry is how long a client waits before it connects again.
	Retry time.Duration
	// WriteTimeout bounds each write, in place of the server's own timeout, which
	// bounds the whole response.
	WriteTimeout time.Duration
	// Beat, whenever it receives, has a comment written: proxies close a
	// connection that stays quiet.
	Beat <-chan time.Time
	// Stopping, unless nil, ends the stream when it is closed.
	Stopping <-chan struct{}
}

// ErrEnded is why a wait ends on a stream that is to be closed.
var ErrEnded = errors.New("sse: the stream ended")

// A Stream is an open response. Its methods are to be called by one goroutine. An
// error of theirs means that nothing more can be sent.
type Stream struct {
	Options
	w       http.ResponseWriter
	control *http.ResponseController
}

// Start sends the header and a first comment at once, so that client and proxies
// see an open stream before there is an event. The header asks proxies not to
// buffer the response (X-Accel-Buffering is nginx's name for that) nor to compress
// it, which buffers too.
func Start(w http.ResponseWriter, o Options) (*Stream, error) {
	s := &Stream{Options: o, w: w, control: http.NewResponseController(w)}
	header := w.Header()
	header.Set("Content-Type", "text/event-stream")
	header.Set("Cache-Control", "no-store, no-transform")
	header.Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	return s, s.write(": open\nretry: %d\n\n", o.Retry.Milliseconds())
}

// Send sends an event.
func (s *Stream) Send(e Event) error {
	return s.write("id: %s\nevent: %s\ndata: %s\n\n", e.ID, e.Name, e.Data)
}

// Wait returns nil when wake or retry receives, either of which may be nil, and an
// error when ctx is done or the stream is to end. Until then it keeps the stream
// open.
func (s *Stream) Wait(ctx context.Context, wake <-chan struct{}, retry <-chan time.Time) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-s.Stopping:
			return ErrEnded
		case <-wake:
			return nil
		case <-retry:
			return nil
		case <-s.Beat:
			if err := s.write(": still here\n\n"); err != nil {
				return err
			}
		}
	}
}

func (s *Stream) write(format string, args ...any) error {
	if err := s.control.SetWriteDeadline(time.Now().Add(s.WriteTimeout)); err != nil {
		return fmt.Errorf("sse: set write deadline: %w", err)
	}
	if _, err := fmt.Fprintf(s.w, format, args...); err != nil {
		return fmt.Errorf("sse: write: %w", err)
	}
	if err := s.control.Flush(); err != nil {
		return fmt.Errorf("sse: flush: %w", err)
	}
	return nil
}
