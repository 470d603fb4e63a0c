package lab

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/stall"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
)

// Held is a record of the app, and who could open it.
type Held struct {
	Key, ID string
	User    string // who is logged in in it, "" for nobody
	Values  string // as stored
	Expires time.Time
	By      []Holder // whose cookie leads to it

	created time.Time
}

// A Holder is a client that has a cookie, or of which that is believed: its kind, and
// the id of a virtual browser.
type Holder struct {
	Kind    step.Client
	Browser string
}

// Held returns at most so many of the app's records, those that a browser's cookie
// leads to first, and then by age; it looks at no more than some hundred. There are
// none where cookies carry the sessions.
func (b *Bench) Held(ctx context.Context, most int) ([]Held, error) {
	s, now := b.Settings(), b.now()
	all, ok := b.lab.stores[s.store()].(session.Ranger)
	if !ok {
		return nil, nil
	}
	holders := b.holders(s)
	var rows []Held
	for _, prefix := range s.prefixes(b.id) {
		err := all.Range(ctx, prefix, now, func(key string, rec session.Record) bool {
			if !rec.Forwards() {
				rows = append(rows, Held{Key: key, ID: key[len(prefix):], User: userIn(rec.Values), Values: string(rec.Values), Expires: rec.Expires, By: holders[key], created: rec.Created})
			}
			return len(rows) < fewSessions
		})
		if err != nil {
			return nil, storeFault(s.store(), "list", stall.Cause(ctx, err))
		}
	}
	slices.SortStableFunc(rows, func(x, y Held) int {
		if (len(x.By) > 0) != (len(y.By) > 0) {
			return len(y.By) - len(x.By)
		}
		return x.created.Compare(y.created)
	})
	return rows[:min(most, len(rows))], nil
}

// holders returns which clients have a cookie that leads to a record, by the
// record's key: each virtual browser, and each kind of other client once.
func (b *Bench) holders(s Settings) map[string][]Holder {
	var workers []mechanism
	for n := range s.workers() {
		workers = append(workers, b.mechanism(s.of(n+1), false))
	}
	by := make(map[string][]Holder)
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, c := range b.clients {
		who := c.holder(id)
		cookie, err := c.jar.Named(step.CookieName, b.clientTime(who.Kind))
		if err != nil {
			continue
		}
		for _, m := range workers {
			if key := m.key(cookie.Value); key != "" && !slices.Contains(by[key], who) {
				by[key] = append(by[key], who)
			}
		}
	}
	for _, all := range by {
		slices.SortFunc(all, func(x, y Holder) int { return cmp.Or(cmp.Compare(x.Kind, y.Kind), b.slot(x)-b.slot(y)) })
	}
	return by
}

// holder is the client as a holder of cookies; id is the client's.
func (c *client) holder(id string) Holder {
	if c.virtual != nil {
		return Holder{step.ClientVirtual, c.virtual.ID}
	}
	for _, kind := range []step.Client{step.ClientOther, step.ClientCurl, step.ClientProgram} {
		if strings.HasPrefix(id, string(kind)) {
			return Holder{Kind: kind}
		}
	}
	return Holder{Kind: step.ClientBrowser}
}

// slot is the place of a virtual browser, 0 for others. The caller holds the lock.
func (b *Bench) slot(h Holder) int {
	c, err := b.virtualBrowser(h.Browser)
	if err != nil {
		return 0
	}
	return c.virtual.Slot
}

// userIn returns who is logged in by the values of a record.
func userIn(values []byte) string {
	var v struct {
		Name string `json:"uname"`
	}
	_ = json.Unmarshal(values, &v) // unreadable: somebody edited it by hand
	return v.Name
}
