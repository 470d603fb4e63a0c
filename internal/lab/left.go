package lab

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A left is where a client's last step left its session. If the key, the
// mechanism or the store changes, or the client loses its cookie, the record
// stays where it is. Then no cookie leads to it, and only this tells that it is
// there.
type left struct {
	mechanism, store string // of the session, as the settings name them; "" before the first step
	key              string // of its record, "" for none
}

// leftBy is where a step left its client's session. A step that left none leaves the
// record that an earlier one had left, if that is still there.
func leftBy(s *step.Step) left {
	l := left{mechanism: s.Mechanism, store: s.Store}
	carried := s.Mechanism != step.MechanismServer
	switch {
	case s.After.Cookie != nil && (s.After.Record != nil || carried):
		if s.After.Record != nil {
			l.key = s.After.Record.Key
		}
	case s.Expected != nil && s.Expected.Record != nil:
		l = left{mechanism: step.MechanismServer, store: s.Expected.Record.Store, key: s.Expected.Record.Key}
	}
	return l
}

// leave notes where a step leaves its client's session.
func (b *Bench) leave(s *step.Step) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.client(s.ClientID).left = leftBy(s)
}

// moved reports whether an app with these settings has its sessions elsewhere; prefixes
// are those of its records in the memory of all its workers.
func (l left) moved(s Settings, prefixes []string) bool {
	begins := func(prefix string) bool { return strings.HasPrefix(l.key, prefix) }
	return l.mechanism != "" &&
		(l.mechanism != s.Mechanism || l.store != s.store() || l.key != "" && !slices.ContainsFunc(prefixes, begins))
}

// awayPatience is how long a request waits for a store that the app no longer
// uses: perhaps it was changed because the store does not answer.
const awayPatience = 250 * time.Millisecond

// expected is what the client's last step left on both sides, where one of them is
// another now. Moved reports that the app has had its sessions elsewhere since.
func (g *Recording) expected() (sides *step.Sides, moved bool) {
	cookie, record := g.arrived.expected, g.recordLeft()
	if cookie == nil && record == nil {
		return nil, false
	}
	if held := g.step.Before.Cookie; cookie == nil && held != nil {
		cookie = &step.Cookie{Name: held.Name, Raw: held.Raw, Attributes: held.Attributes}
	}
	return &step.Sides{Cookie: cookie, Record: record}, g.arrived.left.moved(g.settings, g.settings.prefixes(g.bench.id))
}

// recordLeft reads the record that the client's last step left, unless the
// request's cookie leads there. It is nil if the record is gone or its store
// does not answer.
func (g *Recording) recordLeft() *step.Record {
	l := g.arrived.left
	if l.key == "" || l.key == g.key || g.bench.lab.stores[l.store] == nil {
		return nil
	}
	ctx, s := g.ctx, g.settings
	if l.store != s.store() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, awayPatience)
		defer cancel()
	}
	s.Store = l.store
	record, err := g.bench.record(ctx, s, l.key)
	if err != nil || record == nil {
		return nil
	}
	record.ID = l.key[strings.LastIndexByte(l.key, ':')+1:] // its prefix may be an earlier one
	return record
}
