package lab

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

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
	if r := c.jar.SetCookie(urlOf(s), cookie.Attributes.Line, s.Time); r.Outcome == jar.Stored {
		c.line = cookie.Attributes.Line
	}
	return c
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
	last, virtual := make(map[string]int), false
	for _, s := range lines {
		last[s.ClientID] = max(last[s.ClientID], s.N)
		virtual = virtual || s.Client == step.ClientVirtual
	}
	b.mu.Lock()
	for id, c := range b.clients {
		if c.step >= last[id] {
			delete(last, id)
		}
	}
	b.mu.Unlock()
	var jars map[string][]byte
	if virtual {
		var err error
		if jars, err = b.lab.state.Jars(ctx, b.id); err != nil {
			return nil, fault("load jars", err)
		}
	}
	clients := make(map[string]*client, len(last))
	for id, n := range last {
		recorded, err := b.Step(ctx, n)
		if err != nil {
			return nil, err
		}
		c := clientAfter(recorded)
		if stored, ok := jars[id]; ok {
			if err := json.Unmarshal(stored, &c.jar); err != nil {
				return nil, fmt.Errorf("lab: jar of %s: %w", id, err)
			}
		}
		clients[id] = c
	}
	return clients, nil
}

// jarOf returns what is to be stored of a client's jar with its step: that of a virtual
// browser. What others are believed to hold follows from their steps.
func (b *Bench) jarOf(s *step.Step) ([]byte, error) {
	if s.Client != step.ClientVirtual {
		return nil, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return json.Marshal(b.clients[s.ClientID].jar)
}
