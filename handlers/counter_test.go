package handlers_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// counts is a Counter.
type counts struct {
	mu      sync.Mutex
	all     []string
	streams int
}

func (c *counts) Request(method, route string, status int, _ time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, fmt.Sprint(method, " ", route, " ", status))
}

func (c *counts) Stream() (ended func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.streams++
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.streams--
	}
}

// requests returns all requests so far, each once.
func (c *counts) requests() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := slices.Clone(c.all)
	slices.Sort(all)
	return slices.Compact(all)
}

func TestRequestsAreCountedByRouteAndNothingElse(t *testing.T) {
	c := new(counts)
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.Counter = c })
	l := s.learner()
	l.Get("/canary?canary=canary").Want(404)
	l.Get("/en/lab/canary").Want(404)
	l.Get("/en/canary").Want(404)
	l.Get("/static/canary").Want(404)
	l.Get(l.app + "canary").Want(404)
	l.Get("/app/canary/me").Want(404)
	s.curl().Get(l.app + "me").Want(401)
	want := []string{
		"GET  404", "GET /:lang 404", "GET /:lang/lab 200", "GET /app/:bench/* 404", "GET /app/:bench/me 401", "GET /app/:bench/me 404", "GET /static/* 404",
	}
	if got := c.requests(); !slices.Equal(got, want) {
		t.Errorf("counted %q; want %q", got, want)
	}
}

func TestOpenStreamsAreCounted(t *testing.T) {
	c, stopping := new(counts), make(chan struct{})
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.Counter, h.Stopping = c, stopping })
	lines := s.learner().follow(t, "")
	until(t, lines, "retry:")
	c.mu.Lock()
	open := c.streams
	c.mu.Unlock()
	if open != 1 {
		t.Errorf("%d streams are open; want 1", open)
	}
	close(stopping)
	for range lines {
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.streams != 0 {
		t.Errorf("%d streams are open; want none", c.streams)
	}
}
