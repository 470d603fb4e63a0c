package lab

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A snapshot is what a process knew of a bench when it began to ask the state
// for it. Its number orders answers that arrive out of order: an answer
// replaces settings only if its question was asked later.
type snapshot struct {
	asked   int64 // the number of the question
	stored  bool
	created time.Time
	version string
	steps   int // how many were held
	read    int // how many of the first steps stored were held, at least
	turns   int // the bench's jarTurns
	stale   bool
}

// An update is what the state holds besides.
type update struct {
	row     BenchRow
	first   int            // how many summaries are left out of lines
	lines   []step.Summary // in the order in which they were stored
	clients map[string]*client
	// browsers are all virtual browsers by the ids of their clients; nil: as before.
	browsers map[string]storedBrowser
}

// snapshot returns what is held, and numbers the question.
func (b *Bench) snapshot() snapshot {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	return snapshot{b.asked, b.stored, b.created, b.version, len(b.line), b.read, b.jarTurns, b.stale}
}

// upToDate is called when the state counts as many steps as were held when it was
// asked: each of these is among them.
func (b *Bench) upToDate(row BenchRow) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.read = max(b.read, row.Steps)
}

// apply adds an update that answers the question of a snapshot. Jars that this process
// changed meanwhile stay as they are until the next question.
func (b *Bench) apply(u update, held snapshot) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range u.lines {
		b.add(s)
	}
	b.read = max(b.read, u.first+len(u.lines))
	for id, c := range u.clients {
		held := b.clients[id]
		if held != nil && held.step >= c.step {
			continue
		}
		if held != nil && held.virtual != nil { // whose jar is not what its step tells
			c.virtual, c.jar = held.virtual, held.jar
		}
		b.clients[id] = c
	}
	if held.asked < b.applied {
		return
	}
	b.applied = held.asked
	if b.stale = held.turns != b.jarTurns || b.jarTurns%2 != 0; !b.stale && u.browsers != nil {
		b.setBrowsers(u.browsers)
	}
	b.setRow(u.row)
}

// setRow puts in force what is stored of the bench. The caller holds the lock, or no
// one else has the bench yet.
func (b *Bench) setRow(row BenchRow) {
	if row.Version == "" || row.Version != b.version {
		if _, ok := b.lab.stores[row.Settings.Store]; !ok {
			row.Settings.Store = b.lab.defaultStore
		}
		b.configure(row.Settings)
		b.hintsAway, b.beside, b.course = row.HintsAway, row.Beside, row.Course
		b.ahead.Store(int64(row.Ahead))
	}
	b.stored, b.created, b.used, b.version, b.aside = true, row.Created, row.Used, row.Version, row.Aside
}

// row returns the bench as it is stored, or will be.
func (b *Bench) row() BenchRow {
	b.mu.Lock()
	defer b.mu.Unlock()
	return BenchRow{ID: b.id, Settings: b.settings, HintsAway: b.hintsAway, Beside: b.beside, Ahead: step.Ahead(b.ahead.Load()), Aside: b.aside, Course: b.course, Created: b.created, Used: b.used, Version: b.version}
}

// replaced puts in force what was just stored.
func (b *Bench) replaced(row BenchRow) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.setRow(row)
}
