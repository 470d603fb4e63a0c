package lab

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sessiontest"
)

// memory is a State in memory, which counts what it is asked.
type memory struct {
	mu      sync.Mutex
	benches map[string]BenchRow
	steps   map[string]map[int]*step.Step
	lines   map[string][]step.Summary
	calls   map[string]int
	taken   map[string]int // numbers of steps
	gone    map[string]bool
	jars    map[string][]byte // by bench and client
	entries map[string][]step.Entry
}

func newMemory() *memory {
	return &memory{
		benches: map[string]BenchRow{}, calls: map[string]int{}, taken: map[string]int{},
		gone: map[string]bool{}, jars: map[string][]byte{}, entries: map[string][]step.Entry{}, steps: map[string]map[int]*step.Step{}, lines: map[string][]step.Summary{},
	}
}

func (m *memory) call(name string) func() {
	m.mu.Lock()
	m.calls[name]++
	return m.mu.Unlock
}

func (m *memory) BenchRow(_ context.Context, id string) (BenchRow, error) {
	defer m.call("BenchRow")()
	row, ok := m.benches[id]
	if m.gone[id] {
		return row, ErrGone
	}
	if !ok {
		return row, ErrUnknown
	}
	return row, nil
}

func (m *memory) SaveBench(_ context.Context, row BenchRow) error {
	defer m.call("SaveBench")()
	m.benches[row.ID] = row
	return nil
}

func (m *memory) DeleteBench(_ context.Context, id string, _ time.Time) error {
	defer m.call("DeleteBench")()
	m.gone[id] = true
	delete(m.benches, id)
	delete(m.steps, id)
	delete(m.lines, id)
	return nil
}

func (m *memory) AddStep(_ context.Context, bench string, s *step.Step, line step.Summary, jar []byte) (int, error) {
	defer m.call("AddStep")()
	if _, ok := m.benches[bench]; !ok {
		return 0, ErrUnknown
	}
	if m.steps[bench] == nil {
		m.steps[bench] = map[int]*step.Step{}
	}
	if m.steps[bench][s.N] != nil {
		return 0, errors.New("a number was used twice")
	}
	m.steps[bench][s.N] = s
	if jar != nil {
		m.jars[bench+" "+s.ClientID] = jar
	}
	line.Size = 100
	m.lines[bench] = append(m.lines[bench], line)
	return 100, nil
}

func (m *memory) Step(_ context.Context, bench string, n int) (*step.Step, error) {
	defer m.call("Step")()
	if s := m.steps[bench][n]; s != nil {
		return s, nil
	}
	return nil, ErrUnknown
}

func (m *memory) Summaries(_ context.Context, bench string) ([]step.Summary, error) {
	defer m.call("Summaries")()
	return slices.SortedFunc(slices.Values(m.lines[bench]), func(a, b step.Summary) int { return a.N - b.N }), nil
}

func (m *memory) Sweep(_ context.Context, _, used time.Time) (ids []string, err error) {
	defer m.call("Sweep")()
	for id, row := range m.benches {
		if row.Used.Before(used) && len(ids) < 2 {
			ids = append(ids, id)
			delete(m.benches, id)
			delete(m.lines, id)
			delete(m.steps, id)
		}
	}
	return ids, nil
}

func (m *memory) Totals(context.Context) (Totals, error) {
	defer m.call("Totals")()
	t := Totals{Benches: len(m.benches)}
	for _, lines := range m.lines {
		t.Bytes += 100 * int64(len(lines))
	}
	return t, nil
}

func (m *memory) Evict(_ context.Context, used time.Time, most int) (ids []string, err error) {
	defer m.call("Evict")()
	for id, row := range m.benches {
		if row.Used.Before(used) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return m.benches[a].Used.Compare(m.benches[b].Used) })
	ids = ids[:min(most, 2, len(ids))]
	for _, id := range ids {
		delete(m.benches, id)
		delete(m.lines, id)
		delete(m.steps, id)
	}
	return ids, nil
}

func (m *memory) Jars(_ context.Context, bench string) (map[string][]byte, error) {
	defer m.call("Jars")()
	jars := map[string][]byte{}
	for id, jar := range m.jars {
		if client, ok := strings.CutPrefix(id, bench+" "); ok {
			jars[client] = jar
		}
	}
	return jars, nil
}

func (m *memory) AddEntry(_ context.Context, bench string, e step.Entry, most int, jars map[string][]byte) (int, error) {
	defer m.call("AddEntry")()
	if _, ok := m.benches[bench]; !ok {
		return 0, ErrUnknown
	}
	e.N = len(m.entries[bench]) + 1
	if e.N > most {
		return 0, ErrFull
	}
	m.entries[bench] = append(m.entries[bench], e)
	for client, jar := range jars {
		if m.jars[bench+" "+client] = jar; jar == nil {
			delete(m.jars, bench+" "+client)
		}
	}
	return e.N, nil
}

func (m *memory) Entries(_ context.Context, bench string) ([]step.Entry, error) {
	defer m.call("Entries")()
	return slices.Clone(m.entries[bench]), nil
}

// owner returns somebody who has no bench yet.
func owner() string { return rand.Text() }

func newLab(changes ...func(*Options)) (*Lab, *memory, *sessiontest.Clock) {
	clock := sessiontest.NewClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	state := newMemory()
	o := Options{
		Key: bytes.Repeat([]byte{7}, 32), State: state, Limits: DefaultLimits(), Timeouts: DefaultTimeouts(), Now: clock.Now,
		Stores: map[string]session.Backend{"sqlite": session.NewMemory(), "memory": session.NewMemory()},
	}
	for _, change := range changes {
		change(&o)
	}
	return New(o), state, clock
}
