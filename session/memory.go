package session

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Memory is a [Backend] that keeps records in this process: it is fast, and its
// records are gone when the process stops. It is the reference for what a
// Backend does. It implements [Sweeper] and [Ranger], and is safe for
// concurrent use.
type Memory struct {
	// Max, unless 0, is the greatest number of records, including expired ones
	// that are not swept yet. Each one more replaces one that has been idle for
	// long. Set it before the first use.
	Max int

	evicted atomic.Int64

	mu     sync.RWMutex
	groups map[string]group // by what their keys begin with, up to the last colon
	size   int              // records in all of them
}

var (
	_ Backend = (*Memory)(nil)
	_ Sweeper = (*Memory)(nil)
	_ Ranger  = (*Memory)(nil)
)

// NewMemory returns an empty Memory.
func NewMemory() *Memory { return &Memory{groups: make(map[string]group)} }

// Load implements [Backend].
func (m *Memory) Load(ctx context.Context, key string, now time.Time) (Record, error) {
	if err := ctx.Err(); err != nil {
		return Record{}, err
	}
	watch := watched(ctx)
	start, end := split(key)
	m.mu.RLock()
	p, found := m.groups[start][end]
	m.mu.RUnlock()
	watch.report("records[%]", key, found)
	if !found {
		return Record{}, ErrNotFound
	}
	rec, values := entry{end, p}.unpack()
	rec.Values = []byte(values)
	if !rec.Live(now) {
		return Record{}, Expired(rec)
	}
	return rec, nil
}

// Save implements [Backend].
func (m *Memory) Save(ctx context.Context, key string, rec Record, now time.Time) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	watch := watched(ctx)
	read := rec.Version
	rec.Version++
	start, end := split(key)
	e := pack(end, rec)
	m.mu.Lock()
	var version int64
	g := m.groups[start]
	p, found := g[end]
	if found {
		if old, _ := (entry{end, p}).unpack(); old.Live(now) {
			version = old.Version
		}
	}
	same := version == read
	if same {
		if !found {
			m.makeRoom()
			m.size++
			g = m.group(start)
		}
		g[e.key] = e.packed
	}
	m.mu.Unlock()
	watch.report("records[%] = record", key, same)
	if !same {
		return ErrConflict
	}
	return nil
}

// Delete implements [Backend].
func (m *Memory) Delete(ctx context.Context, key string, version int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	watch := watched(ctx)
	start, end := split(key)
	m.mu.Lock()
	p, found := m.groups[start][end]
	same := version == 0
	if found && !same {
		old, _ := entry{end, p}.unpack()
		same = old.Version == version
	}
	if found && same {
		m.remove(start, end)
	}
	m.mu.Unlock()
	watch.report("delete(records, %)", key, found && same)
	if !same {
		return ErrConflict
	}
	return nil
}

// Sweep implements [Sweeper].
func (m *Memory) Sweep(ctx context.Context, now time.Time) (removed int, err error) {
	const batch = 1000 // records a lock is held for: well under a millisecond
	dead := m.list("", func(rec Record) bool { return !rec.Live(now) })
	for chunk := range slices.Chunk(dead, batch) {
		if err := ctx.Err(); err != nil {
			return removed, err
		}
		m.mu.Lock()
		for _, l := range chunk {
			if m.groups[l.start][l.key] == l.packed { // not saved anew in the meantime
				m.remove(l.start, l.key)
				removed++
			}
		}
		m.mu.Unlock()
	}
	return removed, ctx.Err()
}

// Range implements [Ranger].
func (m *Memory) Range(ctx context.Context, prefix string, now time.Time, f func(key string, rec Record) bool) error {
	live := m.live(prefix, now)
	slices.SortFunc(live, func(a, b listed) int { return strings.Compare(a.start+a.key, b.start+b.key) })
	for _, l := range live {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, values := l.unpack()
		rec.Values = []byte(values)
		if !f(l.start+l.key, rec) {
			return nil
		}
	}
	return ctx.Err()
}

// Usage implements [Ranger].
func (m *Memory) Usage(ctx context.Context, prefix string, now time.Time) (Usage, error) {
	var u Usage
	for _, l := range m.live(prefix, now) {
		_, values := l.unpack()
		u.Sessions++
		u.Bytes += int64(len(values))
	}
	return u, ctx.Err()
}

// live returns the records that are live at now, which later changes do not touch.
func (m *Memory) live(prefix string, now time.Time) []listed {
	return m.list(prefix, func(rec Record) bool { return rec.Live(now) })
}
