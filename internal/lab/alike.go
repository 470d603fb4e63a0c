package lab

import (
	"context"
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// maxAlike is how many clients that look alike are told apart by their cookies.
const maxAlike = 16

// mostRecalled is how many of the last steps are searched for a cookie, so that
// a request does not cost more on a bench with many steps.
const mostRecalled = 256

// clientOf returns the id of the client that sent a request with this cookie, "" for
// none.
func (b *Bench) clientOf(ctx context.Context, s sender, cookie string) string {
	if s.one {
		return s.id
	}
	b.mu.Lock()
	id, given := b.identify(s.id, cookie)
	b.mu.Unlock()
	if given == 0 {
		return id
	}
	c := new(client)
	if recorded, err := b.Step(ctx, given); err == nil { // without, only the attributes are not known
		c = clientAfter(recorded)
		c.step = 0
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.clients[id] == nil {
		b.clients[id] = c
	}
	return id
}

// identify tells clients that look alike apart by the cookie that a request brings:
//
//   - A cookie comes from the client that holds it.
//   - If the client that held it has since sent a request without it, and got another
//     one, there are two clients. The one that brings it now is new, and given is the
//     step that gave it the cookie.
//   - A cookie that none of them was given was made by hand, most likely by the client
//     that was seen last.
//   - A request without a cookie comes from a client that holds none, or that never
//     sends what it is given, such as curl without a jar. If only one client is known,
//     it is that one, which has lost its cookie.
//
// The caller holds the lock.
func (b *Bench) identify(base, cookie string) (id string, given int) {
	if c := b.clients[base]; cookie != "" && c != nil && c.value == cookie {
		return base, 0
	}
	alike := b.alike(base)
	if cookie == "" {
		if len(alike) == 1 {
			return base, 0
		}
		for _, id := range alike {
			if c := b.clients[id]; c.value == "" || !c.sent {
				return id, 0
			}
		}
		return another(base, alike), 0
	}
	latest, at := base, 0
	for _, id := range alike {
		switch c := b.clients[id]; {
		case c == nil:
		case c.value == cookie:
			return id, 0
		case c.step > at:
			latest, at = id, c.step
		}
	}
	holder, given, lost := b.lastHolder(base, cookie)
	switch c := b.clients[holder]; {
	case c == nil:
		return latest, 0
	case !lost || c.value == "":
		return holder, 0
	}
	return another(base, alike), given
}

// alike returns the ids of the clients that look alike, at least one.
func (b *Bench) alike(base string) []string {
	all := []string{base}
	for b.clients[base] != nil && len(all) < maxAlike {
		id := another(base, all)
		if b.clients[id] == nil {
			break
		}
		all = append(all, id)
	}
	return all
}

// another returns the id of one more client that looks like these, or of the first if
// there are enough.
func another(base string, alike []string) string {
	if len(alike) == maxAlike {
		return base
	}
	return base + "." + strconv.Itoa(len(alike)+1)
}

// lastHolder returns which of the clients that look alike was the last one that
// a step left with a cookie, and that step. Lost reports that the client's next
// request came without it; a response may have replaced it instead.
func (b *Bench) lastHolder(base, cookie string) (id string, given int, lost bool) {
	wanted := (&step.Cookie{Raw: cookie}).Fingerprint()
	next := false // whether the holder's next step is still to come
	for _, s := range b.line[max(0, len(b.line)-mostRecalled):] {
		switch {
		case s.Left == wanted && (s.ClientID == base || strings.HasPrefix(s.ClientID, base+".")):
			id, given, lost, next = s.ClientID, s.N, false, true
		case next && s.ClientID == id:
			lost, next = s.Sent != wanted, false
		}
	}
	return id, given, lost
}
