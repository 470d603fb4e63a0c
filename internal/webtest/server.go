// Package webtest tests a web server from outside: over TCP, with the heads of
// messages tapped as main does it, by clients with jars of their own and by raw
// bytes.
package webtest

import (
	"bytes"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/sessionlab/sessionlab/internal/origin"
	"github.com/sessionlab/sessionlab/internal/wire"
)

// A Server is a running server. It stops when the test ends.
type Server struct {
	URL  string // http://127.0.0.1:port
	Addr string // 127.0.0.1:port

	config    *http.Server
	transport *http.Transport // of its clients
}

// Serve serves h as main does, but for what changes change.
func Serve(t testing.TB, h http.Handler, log *Log, changes ...func(*http.Server)) *Server {
	t.Helper()
	s := httptest.NewUnstartedServer(nil)
	s.Listener = wire.Listen(s.Listener)
	s.Config = wire.NewServer(origin.Handler(h), log.Handler())
	s.Config.ConnContext = origin.ConnContext(s.Config.ConnContext)
	for _, change := range changes {
		change(s.Config)
	}
	s.Start()
	t.Cleanup(s.Close)
	// A client asks for no compression on its own: like curl, and unlike a browser,
	// since to compress each page of each test takes a tenth of their time.
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true
	t.Cleanup(transport.CloseIdleConnections)
	return &Server{URL: s.URL, Addr: s.Listener.Addr().String(), config: s.Config, transport: transport}
}

// Also serves what comes by another listener, as main does, until the test ends.
func (s *Server) Also(t testing.TB, l net.Listener) {
	t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.config.Serve(wire.Listen(l)) // until l is closed
	}()
	t.Cleanup(func() {
		l.Close()
		<-ended
	})
}

// A Log collects what is logged, at every level. It is safe for concurrent use.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Handler returns a handler that writes to l as the server's own does.
func (l *Log) Handler() slog.Handler {
	return slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})
}

// Write implements io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

// Text returns all that was logged.
func (l *Log) Text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// MustLack fails the test for each of the words that was logged.
func (l *Log) MustLack(t testing.TB, words ...string) {
	t.Helper()
	for line := range strings.Lines(l.Text()) {
		for _, word := range words {
			if strings.Contains(line, word) {
				t.Errorf("the log has %q: %s", word, line)
			}
		}
	}
}
