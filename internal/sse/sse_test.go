package sse_test

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/sse"
)

// A fakeWriter is a ResponseWriter that keeps what it was given, and fails as told.
type fakeWriter struct {
	header    http.Header
	status    int
	written   strings.Builder
	flushed   int // bytes
	deadlines []time.Time
	err       map[string]error // by method
}

func newWriter() *fakeWriter {
	return &fakeWriter{header: make(http.Header), err: make(map[string]error)}
}

func (w *fakeWriter) Header() http.Header    { return w.header }
func (w *fakeWriter) WriteHeader(status int) { w.status = status }

func (w *fakeWriter) Write(p []byte) (int, error) {
	if err := w.err["Write"]; err != nil {
		return 0, err
	}
	return w.written.Write(p)
}

func (w *fakeWriter) FlushError() error {
	w.flushed = w.written.Len()
	return w.err["FlushError"]
}

func (w *fakeWriter) SetWriteDeadline(at time.Time) error {
	w.deadlines = append(w.deadlines, at)
	return w.err["SetWriteDeadline"]
}

// sent returns what was written since the last call, which must have been flushed.
func (w *fakeWriter) sent(t *testing.T) string {
	t.Helper()
	if w.flushed != w.written.Len() {
		t.Errorf("%d of %d bytes are flushed", w.flushed, w.written.Len())
	}
	text := w.written.String()
	w.written.Reset()
	w.flushed = 0
	return text
}

func start(t *testing.T, w http.ResponseWriter, o sse.Options) *sse.Stream {
	t.Helper()
	s, err := sse.Start(w, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAStreamBeginsWithACommentAtOnce(t *testing.T) {
	w := newWriter()
	start(t, w, sse.Options{Retry: 1500 * time.Millisecond})
	if got, want := w.sent(t), ": open\nretry: 1500\n\n"; got != want {
		t.Errorf("a stream begins with %q; want %q", got, want)
	}
	want := map[string]string{"Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}
	for name, value := range want {
		if got := w.header.Get(name); got != value || w.status != http.StatusOK {
			t.Errorf("%d, %s = %q; want 200, %q", w.status, name, got, value)
		}
	}
}

func TestAnEventIsWrittenInItsFormat(t *testing.T) {
	w := newWriter()
	s := start(t, w, sse.Options{})
	w.sent(t)
	if err := s.Send(sse.Event{ID: "7", Name: "step", Data: "seven"}); err != nil {
		t.Fatal(err)
	}
	if got, want := w.sent(t), "id: 7\nevent: step\ndata: seven\n\n"; got != want {
		t.Errorf("an event is %q; want %q", got, want)
	}
}

func TestEachBeatWritesACommentUntilTheStreamIsWoken(t *testing.T) {
	w, beat, wake := newWriter(), make(chan time.Time), make(chan struct{})
	s := start(t, w, sse.Options{Beat: beat})
	w.sent(t)
	go func() {
		for range 3 {
			beat <- time.Time{}
		}
		wake <- struct{}{}
	}()
	if err := s.Wait(t.Context(), wake, nil); err != nil {
		t.Fatal(err)
	}
	if got, want := w.sent(t), strings.Repeat(": still here\n\n", 3); got != want {
		t.Errorf("three beats wrote %q; want %q", got, want)
	}
}

func TestAWaitEnds(t *testing.T) {
	done, cancel := context.WithCancel(t.Context())
	cancel()
	wake, retry, stopping := make(chan struct{}, 1), make(chan time.Time, 1), make(chan struct{})
	wake <- struct{}{}
	retry <- time.Time{}
	close(stopping)
	for name, tt := range map[string]struct {
		ctx      context.Context
		wake     <-chan struct{}
		retry    <-chan time.Time
		stopping <-chan struct{}
		want     error
	}{
		"woken":            {ctx: t.Context(), wake: wake},
		"to retry":         {ctx: t.Context(), retry: retry},
		"the client left":  {ctx: done, want: context.Canceled},
		"the server shuts": {ctx: t.Context(), stopping: stopping, want: sse.ErrEnded},
	} {
		s := start(t, newWriter(), sse.Options{Stopping: tt.stopping})
		if err := s.Wait(tt.ctx, tt.wake, tt.retry); !errors.Is(err, tt.want) {
			t.Errorf("%s: Wait = %v; want %v", name, err, tt.want)
		}
	}
}

func TestEachWriteHasADeadlineOfItsOwn(t *testing.T) {
	const timeout = time.Hour
	w, beat := newWriter(), make(chan time.Time, 1)
	before := time.Now()
	s := start(t, w, sse.Options{WriteTimeout: timeout, Beat: beat})
	_ = s.Send(sse.Event{})
	beat <- time.Time{}
	w.err["Write"] = errors.New("broken pipe") // ends the wait
	_ = s.Wait(t.Context(), nil, nil)
	after := time.Now()
	if len(w.deadlines) != 3 {
		t.Fatalf("three writes set %d deadlines", len(w.deadlines))
	}
	for i, at := range w.deadlines {
		if at.Before(before.Add(timeout)) || at.After(after.Add(timeout)) {
			t.Errorf("write %d has a deadline %v from now; want %v", i, time.Until(at), timeout)
		}
	}
}

func TestAClientThatCannotBeReachedIsAnError(t *testing.T) {
	for _, method := range []string{"SetWriteDeadline", "Write", "FlushError"} {
		w, beat, broken := newWriter(), make(chan time.Time, 1), errors.New("broken pipe")
		s := start(t, w, sse.Options{Beat: beat})
		w.err[method] = broken
		if err := s.Send(sse.Event{}); !errors.Is(err, broken) {
			t.Errorf("%s fails: Send = %v", method, err)
		}
		beat <- time.Time{}
		if err := s.Wait(t.Context(), nil, nil); !errors.Is(err, broken) {
			t.Errorf("%s fails: Wait = %v", method, err)
		}
		if _, err := sse.Start(w, sse.Options{}); !errors.Is(err, broken) {
			t.Errorf("%s fails: Start = %v", method, err)
		}
	}
}

// A real server sends the first line while nothing has happened yet, and ends the
// stream when its client goes.
func TestTheFirstLineArrivesBeforeAnyEvent(t *testing.T) {
	ended := make(chan error, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, err := sse.Start(w, sse.Options{WriteTimeout: time.Minute})
		if err == nil {
			err = s.Wait(r.Context(), nil, nil)
		}
		ended <- err
	}))
	defer server.Close()
	res, err := http.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(res.Body).ReadString('\n')
	if err != nil || line != ": open\n" {
		t.Errorf("the first line is %q, %v", line, err)
	}
	res.Body.Close()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the stream ended with %v; want %v", err, context.Canceled)
	}
}
