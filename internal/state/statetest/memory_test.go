package statetest_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A world is what the memories of several processes share, and what ails them.
type world struct {
	ails string

	mu        sync.Mutex
	seats     map[string]seat.Row
	benches   map[string]*held
	gone      map[string]time.Time
	versions  int
	followers map[*memory]func(string)
}

// held is a bench.
type held struct {
	row   lab.BenchRow
	next  int
	steps map[int]step.Step
	lines []step.Summary
	jars  map[string][]byte // by client

	entries []step.Entry
}

// A memory is a SharedState in memory.
type memory struct{ *world }

func newWorld(ails string) *world {
	return &world{ails: ails, seats: map[string]seat.Row{}, gone: map[string]time.Time{}, benches: map[string]*held{}, followers: map[*memory]func(string){}}
}

// begin locks the world, unless ctx is done.
func (m *memory) begin(ctx context.Context) (end func(), err error) {
	if err := ctx.Err(); err != nil && m.ails != "does not give up" {
		return func() {}, err
	}
	m.mu.Lock()
	return m.mu.Unlock, nil
}

func (m *memory) SeatRow(ctx context.Context, hash string) (seat.Row, error) {
	end, err := m.begin(ctx)
	defer end()
	row, ok := m.seats[hash]
	if err == nil && !ok && m.ails != "knows every seat" {
		err = lab.ErrUnknown
	}
	return row, err
}

func (m *memory) SaveSeat(ctx context.Context, row seat.Row) error {
	end, err := m.begin(ctx)
	defer end()
	if err != nil {
		return err
	}
	if old, ok := m.seats[row.Hash]; ok && m.ails != "seats come back" {
		row.Issued, row.Bench, row.Ended = old.Issued, max(old.Bench, row.Bench), old.Ended || row.Ended
	}
	m.seats[row.Hash] = row
	return nil
}

func (m *memory) BenchRow(ctx context.Context, id string) (lab.BenchRow, error) {
	end, err := m.begin(ctx)
	defer end()
	b, ok := m.benches[id]
	switch {
	case err != nil:
		return lab.BenchRow{}, err
	case !ok && !m.gone[id].IsZero():
		return lab.BenchRow{}, lab.ErrGone
	case !ok:
		return lab.BenchRow{}, lab.ErrUnknown
	case m.ails == "never counts steps":
		return b.row, nil
	}
	row := b.row
	row.Steps = len(b.lines)
	return row, nil
}

func (m *memory) SaveBench(ctx context.Context, row lab.BenchRow) error {
	_, err := m.replace(ctx, row, true)
	return err
}

func (m *memory) ReplaceBench(ctx context.Context, row lab.BenchRow) (string, error) {
	return m.replace(ctx, row, m.ails == "last change wins")
}

func (m *memory) replace(ctx context.Context, row lab.BenchRow, any bool) (string, error) {
	end, err := m.begin(ctx)
	defer end()
	if err != nil {
		return "", err
	}
	b := m.benches[row.ID]
	if b == nil {
		b = &held{steps: map[int]step.Step{}, jars: map[string][]byte{}, row: lab.BenchRow{Created: row.Created}}
	}
	if !any && row.Version != b.row.Version {
		return "", lab.ErrStale
	}
	if !m.gone[row.ID].IsZero() && m.ails != "revives what was removed" {
		return "", lab.ErrGone
	}
	if m.ails != "forgets when it was made" {
		row.Created = b.row.Created
	}
	m.versions++
	row.Version = strconv.Itoa(m.versions)
	if m.ails == "versions come twice" {
		n, _ := strconv.Atoi(b.row.Version)
		row.Version = strconv.Itoa(n + 1)
	}
	b.row = row
	m.benches[row.ID] = b
	return row.Version, nil
}

func (m *memory) DeleteBench(ctx context.Context, id string, at time.Time) error {
	end, err := m.begin(ctx)
	defer end()
	if err == nil && m.ails != "removes nothing" {
		delete(m.benches, id)
	}
	if err == nil && m.ails != "remembers nothing" {
		m.gone[id] = at
	}
	switch {
	case err == nil && m.ails == "tells of another removal":
		m.tell("another")
	case err == nil:
		m.tell(id)
	}
	return err
}

func (m *memory) AddStep(ctx context.Context, bench string, s *step.Step, line step.Summary, jar []byte) (int, error) {
	end, err := m.begin(ctx)
	defer end()
	if err != nil {
		return 0, err
	}
	b := m.benches[bench]
	if b == nil && m.ails == "makes benches up" {
		b = &held{steps: map[int]step.Step{}, jars: map[string][]byte{}}
		m.benches[bench] = b
	}
	if b == nil {
		return 0, lab.ErrUnknown
	}
	if _, ok := b.steps[s.N]; ok && m.ails != "replaces steps" {
		return 0, errors.New("there is one")
	}
	line.Size = 100
	b.steps[s.N], b.lines = *s, append(b.lines, line)
	if jar != nil && m.ails != "stores no jar with a step" {
		b.jars[s.ClientID] = jar
	}
	if m.ails != "gives numbers of steps" {
		b.next = max(b.next, s.N)
	}
	m.tell(bench)
	return 100, nil
}

// tell has the other processes hear of a bench.
func (m *memory) tell(bench string) {
	for who, changed := range m.followers {
		if who != m || m.ails == "tells its own news" {
			changed(bench)
		}
	}
}

func (m *memory) Step(ctx context.Context, bench string, n int) (*step.Step, error) {
	end, err := m.begin(ctx)
	defer end()
	if err != nil {
		return nil, err
	}
	if b := m.benches[bench]; b != nil {
		if s, ok := b.steps[n]; ok {
			return &s, nil
		}
	}
	return nil, lab.ErrUnknown
}

func (m *memory) Summaries(ctx context.Context, bench string) ([]step.Summary, error) {
	all, err := m.SummariesFrom(ctx, bench, 0)
	if m.ails != "lists as stored" {
		step.SortSummaries(all)
	}
	return all, err
}

func (m *memory) SummariesFrom(ctx context.Context, bench string, first int) ([]step.Summary, error) {
	end, err := m.begin(ctx)
	defer end()
	b := m.benches[bench]
	if err != nil || b == nil {
		return nil, err
	}
	lines := slices.Clone(b.lines)
	if m.ails == "sorts what it stored" {
		step.SortSummaries(lines)
	}
	return lines[min(first, len(lines)):], nil
}

func (m *memory) TakeNumber(ctx context.Context, bench string) (int, error) {
	end, err := m.begin(ctx)
	defer end()
	b := m.benches[bench]
	switch {
	case err != nil:
		return 0, err
	case b == nil && m.ails != "numbers nothing":
		return 0, lab.ErrUnknown
	case b == nil:
		return 1, nil
	case m.ails == "numbers twice":
		return b.next/2 + 1, nil
	}
	b.next++
	return b.next, nil
}

func (m *memory) Follow(ctx context.Context, ready func(), changed func(string)) error {
	m.mu.Lock()
	m.followers[m] = changed
	m.mu.Unlock()
	ready()
	<-ctx.Done()
	return ctx.Err()
}

func (m *memory) Sweep(ctx context.Context, removed, used time.Time) (ids []string, err error) {
	end, err := m.begin(ctx)
	defer end()
	if err != nil {
		return nil, err
	}
	if m.ails == "sweeps by when it was made" {
		used = used.Add(24 * time.Hour)
	}
	for id, b := range m.benches {
		if b.row.Used.Before(used) && (len(ids) < 20 || m.ails == "sweeps all at once") {
			ids = append(ids, id)
			delete(m.benches, id)
		}
	}
	for id, at := range m.gone {
		if at.Before(removed) && m.ails != "never forgets" {
			delete(m.gone, id)
		}
	}
	return ids, nil
}

func (m *memory) Totals(ctx context.Context) (t lab.Totals, err error) {
	end, err := m.begin(ctx)
	defer end()
	for _, b := range m.benches {
		t.Benches++
		for _, s := range b.steps {
			if m.ails != "counts benches alone" {
				t.Bytes += int64(len(s.Request.Body))
			}
		}
	}
	return t, err
}

func (m *memory) Evict(ctx context.Context, used time.Time, most int) (ids []string, err error) {
	end, err := m.begin(ctx)
	defer end()
	if err != nil {
		return nil, err
	}
	for id, b := range m.benches {
		if b.row.Used.Before(used) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b string) int { return m.benches[a].row.Used.Compare(m.benches[b].row.Used) })
	if m.ails == "evicts the newest" {
		slices.Reverse(ids)
	}
	ids = ids[:min(most, len(ids))]
	for _, id := range ids {
		delete(m.benches, id)
	}
	return ids, nil
}

func (m *memory) SweepSeats(ctx context.Context, issued time.Time) error {
	end, err := m.begin(ctx)
	defer end()
	for hash, row := range m.seats {
		if err == nil && row.Issued.Before(issued) && m.ails != "sweeps no seats" {
			delete(m.seats, hash)
		}
	}
	return err
}

func (m *memory) Jars(ctx context.Context, bench string) (map[string][]byte, error) {
	end, err := m.begin(ctx)
	defer end()
	b := m.benches[bench]
	if err != nil || b == nil {
		return nil, err
	}
	return maps.Clone(b.jars), nil
}

func (m *memory) AddEntry(ctx context.Context, bench string, e step.Entry, most int, jars map[string][]byte) (int, error) {
	end, err := m.begin(ctx)
	defer end()
	b := m.benches[bench]
	switch {
	case err != nil:
		return 0, err
	case b == nil && m.ails != "has entries without a bench":
		return 0, lab.ErrUnknown
	case b == nil:
		return 1, nil
	case len(b.entries) >= most && m.ails != "has room for any entry":
		return 0, lab.ErrFull
	}
	e.N = len(b.entries) + 1
	b.entries = append(b.entries, e)
	for client, jar := range jars {
		switch {
		case jar == nil && m.ails != "removes no jar":
			delete(b.jars, client)
		case jar != nil && m.ails != "stores no jar with an entry":
			b.jars[client] = jar
		}
	}
	if m.ails != "keeps entries to itself" {
		m.versions++
		b.row.Version = strconv.Itoa(m.versions)
		m.tell(bench)
	}
	return e.N, nil
}

func (m *memory) AddStepOver(ctx context.Context, bench string, s *step.Step, line step.Summary, jar, was []byte) (int, error) {
	if m.differs(bench, map[string][]byte{s.ClientID: was}) {
		return 0, lab.ErrStale
	}
	return m.AddStep(ctx, bench, s, line, jar)
}

func (m *memory) AddEntryOver(ctx context.Context, bench string, e step.Entry, most int, jars, was map[string][]byte) (int, error) {
	if m.differs(bench, was) {
		return 0, lab.ErrStale
	}
	return m.AddEntry(ctx, bench, e, most, jars)
}

func (m *memory) differs(bench string, was map[string][]byte) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for client, jar := range was {
		if string(m.benches[bench].jars[client]) != string(jar) {
			return m.ails != "stores any jar"
		}
	}
	return false
}

func (m *memory) Entries(ctx context.Context, bench string) ([]step.Entry, error) {
	end, err := m.begin(ctx)
	defer end()
	b := m.benches[bench]
	if err != nil || b == nil {
		return nil, err
	}
	all := slices.Clone(b.entries)
	if m.ails == "lists entries backwards" {
		slices.Reverse(all)
	}
	return all, nil
}
