package handlers_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

// follow opens a bench's stream and returns its lines, until it ends.
func (l *learner) follow(t *testing.T, after string) <-chan string {
	t.Helper()
	req := must(http.NewRequestWithContext(t.Context(), "GET", l.site.URL+"/en/lab/live", nil))(t)
	req.Header.Set("Last-Event-ID", after)
	res := must((&http.Client{Jar: l.Jar}).Do(req))(t)
	if kind := res.Header.Get("Content-Type"); res.StatusCode != 200 || kind != "text/event-stream" {
		t.Fatalf("live = %d, %s", res.StatusCode, kind)
	}
	lines := make(chan string, 100)
	go func() {
		defer res.Body.Close()
		defer close(lines)
		for in := bufio.NewScanner(res.Body); in.Scan(); {
			lines <- in.Text()
		}
	}()
	return lines
}

// until reads lines up to one that begins with prefix, and returns that.
func until(t *testing.T, lines <-chan string, prefix string) string {
	t.Helper()
	for line := range lines {
		if strings.HasPrefix(line, prefix) {
			return line
		}
	}
	t.Fatalf("the stream ended without %q", prefix)
	return ""
}

// A stream goes on when the time is up in which other requests must be read and
// answered.
func TestAStreamOutlivesTheTimeoutsOfTheServer(t *testing.T) {
	stopping := make(chan struct{})
	defer close(stopping)
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.Stopping = stopping })
	l := s.learner()
	s.Server = webtest.Serve(t, s.web, s.log, func(server *http.Server) {
		server.ReadTimeout, server.WriteTimeout = 200*time.Millisecond, 200*time.Millisecond
	})
	l.Get("/en/lab").Want(200) // the other server's cookies are good for this host
	lines := l.follow(t, "")
	until(t, lines, "retry:")
	for range 2 { // one after the other, requests that this server cuts off
		conn := must(net.Dial("tcp", s.Addr))(t)
		must(io.WriteString(conn, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nslow"))(t)
		_, _ = io.ReadAll(conn)
		conn.Close()
	}
	s.curl().Get(l.app + "me").Want(401)
	if got := until(t, lines, "data:"); got != "data: 1" {
		t.Errorf("after a step the stream says %q", got)
	}
}

// Without this a proxy such as nginx keeps the stream to itself until it has some
// kilobytes of it.
func TestAStreamIsOpenAtOnceAndAsksProxiesNotToBuffer(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	req := must(http.NewRequestWithContext(t.Context(), "GET", s.URL+"/en/lab/live", nil))(t)
	res := must((&http.Client{Jar: l.Jar}).Do(req))(t)
	defer res.Body.Close()
	if got := res.Header.Get("X-Accel-Buffering"); got != "no" {
		t.Errorf("X-Accel-Buffering = %q; want no", got)
	}
	if got := res.Header["Cache-Control"]; !slices.Equal(got, []string{"no-store, no-transform"}) {
		t.Errorf("Cache-Control = %q", got)
	}
	line := must(bufio.NewReader(res.Body).ReadString('\n'))(t)
	if !strings.HasPrefix(line, ":") {
		t.Errorf("the first line is %q; want a comment", line)
	}
}

func TestAnOpenPageHearsOfEachStep(t *testing.T) {
	stopping := make(chan struct{})
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.Stopping = stopping })
	l, other := s.learner(), s.learner()
	lines := l.follow(t, "")
	until(t, lines, "retry:")
	other.Get(other.app + "me").Want(401) // on another bench
	s.curl().Get(l.app + "me").Want(401)
	if got := until(t, lines, "data:"); got != "data: 1" {
		t.Errorf("after a step the stream says %q", got)
	}
	for range 20 { // a burst may be one event, but none of it is lost
		s.curl().Get(l.app + "me").Want(401)
	}
	for until(t, lines, "data:") != "data: 21" {
	}

	// A page that connects again gets what it missed, and nothing else.
	if got := until(t, l.follow(t, "20"), "id:"); got != "id: 21" {
		t.Errorf("after step 20 the stream says %q", got)
	}
	late := l.follow(t, "21")
	until(t, late, "retry:")
	s.curl().Get(l.app + "me").Want(401)
	if got := until(t, late, "data:"); got != "data: 22" {
		t.Errorf("after step 21 the stream says %q", got)
	}

	close(stopping)
	for range lines { // ends
	}
	for range late {
	}
}
