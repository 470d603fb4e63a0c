package session

import (
	"context"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Memory is a [Backend] that keeps records in this process: fast, and gone with
// it. It is the reference for what a Backend does. It implements [Sweeper] and
// [Ranger], and is safe for concurrent use.
type Memory struct {
	// Max, unless 0, is how many records there may be, not yet swept ones among
	// them: for one more, one goes that has long been idle. Set it before the
	// first use.
	Max int

	now     func() time.Time
	evicted atomic.Int64

	mu      sync.RWMutex
	records map[string]packed
}

var (
	_ Backend = (*Memory)(nil)
	_ Sweeper = (*Memory)(nil)
	_ Ranger  = (*Memory)(nil)
)

// NewMemory returns an empty Memory that tells the time by now.
func NewMemory(now func() time.Time) *Memory {
	return &Memory{now: now, records: make(map[string]packed)}
}

// Load implements [Backend].
func (m *Memory) Load(ctx context.Context, key string) (Record, error) {
	if err := ctx.Err(); err != nil {
		return Record{}, err
	}
	watch := watched(ctx)
	m.mu.RLock()
	p, found := m.records[key]
	m.mu.RUnlock()
	watch.report("records[%]", key, found)
	if !found {
		return Record{}, ErrNotFound
	}
	rec, values := entry{key, p}.unpack()
	if !rec.Live(m.now()) {
		return Record{}, &ExpiredError{Record: rec}
	}
	rec.Values = []byte(values)
	return rec, nil
}

// Save implements [Backend].
func (m *Memory) Save(ctx context.Context, key string, rec Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	watch := watched(ctx)
	read := rec.Version
	rec.Version++
	e := pack(key, rec)
	now := m.now()
	m.mu.Lock()
	var version int64
	p, found := m.records[key]
	if found {
		if old, _ := (entry{key, p}).unpack(); old.Live(now) {
			version = old.Version
		}
	}
	same := version == read
	if same {
		if m.Max > 0 && !found && len(m.records) >= m.Max {
			m.makeRoom()
		}
		m.records[e.key] = e.packed
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
	m.mu.Lock()
	p, found := m.records[key]
	same := version == 0
	if found && !same {
		old, _ := entry{key, p}.unpack()
		same = old.Version == version
	}
	if same {
		delete(m.records, key)
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
	var dead []entry
	m.mu.RLock()
	for key, p := range m.records {
		e := entry{key, p}
		if rec, _ := e.unpack(); !rec.Live(now) {
			dead = append(dead, e)
		}
	}
	m.mu.RUnlock()
	for chunk := range slices.Chunk(dead, batch) {
		if err := ctx.Err(); err != nil {
			return removed, err
		}
		m.mu.Lock()
		for _, e := range chunk {
			if m.records[e.key] == e.packed { // not saved anew in the meantime
				delete(m.records, e.key)
				removed++
			}
		}
		m.mu.Unlock()
	}
	return removed, ctx.Err()
}

// Range implements [Ranger].
func (m *Memory) Range(ctx context.Context, prefix string, f func(key string, rec Record) bool) error {
	live := m.live(prefix)
	slices.SortFunc(live, func(a, b entry) int { return strings.Compare(a.key, b.key) })
	for _, e := range live {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, values := e.unpack()
		rec.Values = []byte(values)
		if !f(e.key, rec) {
			return nil
		}
	}
	return ctx.Err()
}

// Usage implements [Ranger]. Like Range it looks at every record there is.
func (m *Memory) Usage(ctx context.Context, prefix string) (Usage, error) {
	var u Usage
	for _, e := range m.live(prefix) {
		_, values := e.unpack()
		u.Sessions++
		u.Bytes += int64(len(values))
	}
	return u, ctx.Err()
}

// live returns the live records of the moment, which later changes do not touch.
func (m *Memory) live(prefix string) []entry {
	var live []entry
	now := m.now()
	m.mu.RLock()
	defer m.mu.RUnlock()
	for key, p := range m.records {
		if !strings.HasPrefix(key, prefix) {
			continue
		}
		e := entry{key, p}
		if rec, _ := e.unpack(); rec.Live(now) {
			live = append(live, e)
		}
	}
	return live
}
