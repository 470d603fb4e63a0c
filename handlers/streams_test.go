package handlers_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// stream asks for a bench's stream until ctx ends, and returns the status of the answer.
func (l *learner) stream(t *testing.T, ctx context.Context) int {
	t.Helper()
	req := must(http.NewRequestWithContext(ctx, "GET", l.site.URL+"/en/lab/live", nil))(t)
	res := must((&http.Client{Jar: l.Jar}).Do(req))(t)
	if res.StatusCode != 200 {
		res.Body.Close()
	}
	t.Cleanup(func() { res.Body.Close() })
	return res.StatusCode
}

func TestASeatHasSoManyStreamsOpen(t *testing.T) {
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.SeatStreams = 3 })
	l, other := s.learner(), s.learner()
	first, closeFirst := context.WithCancel(t.Context())
	defer closeFirst()
	for _, ctx := range []context.Context{first, t.Context(), t.Context()} {
		if got := l.stream(t, ctx); got != 200 {
			t.Fatalf("a stream within the limit = %d", got)
		}
	}
	for range 3 {
		a := l.Get("/en/lab/live").Want(429)
		var got struct {
			Error struct{ Code, Message string }
		}
		a.JSON(&got)
		if got.Error.Code != "too_many_streams" || !strings.Contains(got.Error.Message, "tabs") || a.Header.Get("Retry-After") == "" {
			t.Errorf("over the limit: %+v, Retry-After %q", got.Error, a.Header.Get("Retry-After"))
		}
	}
	if got := other.stream(t, t.Context()); got != 200 {
		t.Errorf("another seat's first stream = %d", got)
	}
	l.Get("/en/lab").Want(200)
	closeFirst()
	for l.stream(t, t.Context()) != 200 { // until the server has noticed
	}
	l.Get("/en/lab/live").Want(429)
}

// Whoever sends no cookie gets a seat with each request.
func TestAllSeatsTogetherHaveSoManyStreamsOpen(t *testing.T) {
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.Streams = 3 })
	for range 3 {
		if got := s.learner().stream(t, t.Context()); got != 200 {
			t.Fatalf("a stream within the limit = %d", got)
		}
	}
	l := s.learner()
	a := s.Raw(t, "GET /en/lab/live HTTP/1.1\r\nHost: "+s.Addr+"\r\n\r\n")
	if a.Status != 429 || a.Header("Retry-After") == "" || a.Header("Connection") != "close" {
		t.Errorf("over the limit: %d, Retry-After %q, Connection %q; want 429, one, and close", a.Status, a.Header("Retry-After"), a.Header("Connection"))
	}
	l.Get(l.app + "me").Want(401)
}

func TestNobodyHoldsThousandsOfStreamsByDefault(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	n := 0
	for l.stream(t, t.Context()) == 200 {
		if n++; n > 100 {
			t.Fatal("one seat holds 100 streams")
		}
	}
	if n < 8 { // tabs that a browser may have open over http/2
		t.Errorf("a seat may have %d streams; want enough for many tabs", n)
	}
}
