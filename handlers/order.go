package handlers

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// An order has an answer that gives the client another session cookie go out after
// those that may still set the one it had: a request that was saved just before a
// log-in renewed the id is answered just before it too, lest the old cookie come
// last and take the new one's place.
type order struct {
	mu   sync.Mutex
	open map[string]map[*turn]struct{} // by the app and the cookie that came
}

// mostOrder is how long an answer waits for others at most.
const mostOrder = time.Second

// A turn is a request that is not answered yet.
type turn struct {
	order    *order
	key      string
	cookie   string
	answered chan struct{}
}

// enter notes a request to an app. What it returns is nil if the request brings no
// session cookie: then there is none to replace.
func (o *order) enter(app string, r *http.Request) *turn {
	cookie, found := session.CookieValue(r, step.CookieName)
	if !found {
		return nil
	}
	t := &turn{order: o, key: app + cookie, cookie: cookie, answered: make(chan struct{})}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.open == nil {
		o.open = make(map[string]map[*turn]struct{})
	}
	if o.open[t.key] == nil {
		o.open[t.key] = make(map[*turn]struct{})
	}
	o.open[t.key][t] = struct{}{}
	return t
}

// leave notes that the request is answered, and returns those that are not and came
// with the same cookie. It may be called again.
func (t *turn) leave() (others []*turn) {
	if t == nil {
		return nil
	}
	t.order.mu.Lock()
	defer t.order.mu.Unlock()
	same := t.order.open[t.key]
	if _, in := same[t]; !in {
		return nil
	}
	close(t.answered)
	if delete(same, t); len(same) == 0 {
		delete(t.order.open, t.key)
	}
	for other := range same {
		others = append(others, other)
	}
	return others
}

// replaced reports whether an answer sets another cookie than came.
func (t *turn) replaced(h http.Header) bool {
	if t == nil {
		return false
	}
	for _, line := range h["Set-Cookie"] {
		if pair, ok := strings.CutPrefix(line, step.CookieName+"="); ok {
			value, _, _ := strings.Cut(pair, ";")
			return value != t.cookie
		}
	}
	return false
}

// await waits until requests are answered, for a while.
func await(ctx context.Context, turns []*turn) {
	if len(turns) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, mostOrder)
	defer cancel()
	for _, t := range turns {
		select {
		case <-t.answered:
		case <-ctx.Done():
			return
		}
	}
}
