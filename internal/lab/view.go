package lab

import (
	"context"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A view is what a process held of a bench at one moment.
type view struct {
	ticket  int64 // the later, the higher
	stored  bool
	created time.Time
	version string
	steps   int // how many it knew
	read    int // how many of the first ones stored it knew, at least
}

// news are what the state holds besides.
type news struct {
	row     BenchRow
	first   int            // how many summaries are left out of lines
	lines   []step.Summary // in the order in which they were stored
	clients map[string]*client
}

// view returns what is held, and takes a ticket.
func (b *Bench) view() view {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.ticket++
	return view{b.ticket, b.stored, b.created, b.version, len(b.line), b.read}
}

// knowsAll notes that the state counts as many steps as were known when it was
// asked: each of these is among them.
func (b *Bench) knowsAll(row BenchRow) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.read = max(b.read, row.Steps)
}

// learn adds to what is held what was new to v.
func (b *Bench) learn(v view, n news) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range n.lines {
		b.add(s)
	}
	b.read = max(b.read, n.first+len(n.lines))
	for id, c := range n.clients {
		if held := b.clients[id]; held == nil || held.step < c.step {
			b.clients[id] = c
		}
	}
	if v.ticket < b.learnt {
		return
	}
	b.learnt = v.ticket
	b.take(n.row)
}

// take puts in force what is stored of the bench. The caller holds the lock, or
// the bench is nobody else's yet.
func (b *Bench) take(row BenchRow) {
	if row.Version == "" || row.Version != b.version {
		if _, ok := b.lab.stores[row.Settings.Store]; !ok {
			row.Settings.Store = b.lab.defaultStore
		}
		b.configure(row.Settings)
	}
	b.stored, b.created, b.used, b.version = true, row.Created, row.Used, row.Version
}

// row returns the bench as it is stored, or will be.
func (b *Bench) row() BenchRow {
	b.mu.Lock()
	defer b.mu.Unlock()
	return BenchRow{ID: b.id, Settings: b.settings, Created: b.created, Used: b.used, Version: b.version}
}

// replaced puts in force what was just stored.
func (b *Bench) replaced(row BenchRow) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.take(row)
}

// clientsAfter returns what the last step of each client among lines left of its
// jar, unless a later step of it is known.
func (b *Bench) clientsAfter(ctx context.Context, lines []step.Summary) (map[string]*client, error) {
	last := make(map[string]int)
	for _, s := range lines {
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
