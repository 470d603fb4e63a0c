package lab

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
)

// clientAfter is what a step left of a client's jar.
func clientAfter(s *step.Step) *client {
	c := &client{left: leftBy(s), step: s.N, sent: len(s.Events) > 0 && s.Events[0].Why == step.WhyCookie}
	cookie := s.After.Cookie
	if cookie == nil {
		return c
	}
	c.value = cookie.Raw
	if cookie.Attributes == nil {
		return c
	}
	if r := c.jar.SetCookie(urlOf(s), cookie.Attributes.Line, clientTime(s)); r.Outcome == jar.Stored {
		c.line = cookie.Attributes.Line
	}
	return c
}

// clientTime is when a step's client got its response, by the clock it goes by; see
// [Bench.clientTime].
func clientTime(s *step.Step) time.Time {
	if s.Client == step.ClientVirtual {
		return s.Time
	}
	return s.RealTime()
}

// urlOf is the address that a step's request was sent to.
func urlOf(s *step.Step) *url.URL {
	u := &url.URL{Scheme: "http", Path: s.Request.Path}
	if s.After.Cookie.Attributes.Secure {
		u.Scheme = "https"
	}
	for _, h := range s.Request.Headers {
		if strings.EqualFold(h[0], "Host") {
			u.Host = h[1]
		}
	}
	return u
}

// clientsAfter returns the clients as their last steps among lines left them, but for
// those of which a later step is known.
func (b *Bench) clientsAfter(ctx context.Context, lines []step.Summary) (map[string]*client, error) {
	last := make(map[string]int)
	for _, s := range lines {
		if s.Run != 0 { // its client is gone
			continue
		}
		last[s.ClientID] = max(last[s.ClientID], s.N)
	}
	b.mu.Lock()
	for id, c := range b.clients {
		if c.step >= last[id] {
			delete(last, id)
		}
	}
	b.mu.Unlock()
	clients := make(map[string]*client, len(last))
	for id, n := range last {
		recorded, err := b.Step(ctx, n)
		if err != nil {
			return nil, err
		}
		clients[id] = clientAfter(recorded)
	}
	return clients, nil
}
