package lab

import (
	"context"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// sharedMemory is a memory whose benches other processes may change, and whose
// answers about them can be held up.
type sharedMemory struct {
	*memory
	read     func() // is called when a bench was read, before the answer
	jarsRead func() // likewise, when its jars were

	swap sync.Mutex // held while stored jars are compared and replaced
}

func (m *sharedMemory) Jars(ctx context.Context, bench string) (map[string][]byte, error) {
	jars, err := m.memory.Jars(ctx, bench)
	m.mu.Lock()
	read := m.jarsRead
	m.mu.Unlock()
	if read != nil {
		read()
	}
	return jars, err
}

func (m *sharedMemory) BenchRow(ctx context.Context, id string) (BenchRow, error) {
	row, err := m.memory.BenchRow(ctx, id)
	m.mu.Lock()
	row.Steps = len(m.lines[id])
	read := m.read
	m.mu.Unlock()
	if read != nil {
		read()
	}
	return row, err
}

func (m *sharedMemory) ReplaceBench(ctx context.Context, row BenchRow) (string, error) {
	defer m.call("ReplaceBench")()
	old := m.benches[row.ID]
	if old.Version != row.Version {
		return "", ErrStale
	}
	n, _ := strconv.Atoi(old.Version)
	row.Version = strconv.Itoa(n + 1)
	m.benches[row.ID] = row
	return row.Version, nil
}

func (m *sharedMemory) AddEntry(ctx context.Context, bench string, e step.Entry, most int, jars map[string][]byte) (int, error) {
	n, err := m.memory.AddEntry(ctx, bench, e, most, jars)
	if err == nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		row := m.benches[bench]
		version, _ := strconv.Atoi(row.Version)
		row.Version = strconv.Itoa(version + 1)
		m.benches[bench] = row
	}
	return n, err
}

func (m *sharedMemory) AddStepOver(ctx context.Context, bench string, s *step.Step, line step.Summary, jar, was []byte) (int, error) {
	m.swap.Lock()
	defer m.swap.Unlock()
	if m.jarsDiffer(bench, map[string][]byte{s.ClientID: was}) {
		return 0, ErrStale
	}
	return m.AddStep(ctx, bench, s, line, jar)
}

func (m *sharedMemory) AddEntryOver(ctx context.Context, bench string, e step.Entry, most int, jars, was map[string][]byte) (int, error) {
	m.swap.Lock()
	defer m.swap.Unlock()
	if m.jarsDiffer(bench, was) {
		return 0, ErrStale
	}
	return m.AddEntry(ctx, bench, e, most, jars)
}

// jarsDiffer reports whether jars are stored that are not these.
func (m *sharedMemory) jarsDiffer(bench string, was map[string][]byte) bool {
	defer m.call("jarsDiffer")()
	for client, jar := range was {
		if string(m.jars[bench+" "+client]) != string(jar) {
			return true
		}
	}
	return false
}

func (m *sharedMemory) TakeNumber(_ context.Context, bench string) (int, error) {
	defer m.call("TakeNumber")()
	m.taken[bench]++
	return m.taken[bench], nil
}

func (m *sharedMemory) SummariesFrom(_ context.Context, bench string, first int) ([]step.Summary, error) {
	defer m.call("SummariesFrom")()
	return m.lines[bench][first:], nil
}

func (m *sharedMemory) Follow(ctx context.Context, ready func(), _ func(string)) error {
	ready()
	<-ctx.Done()
	return ctx.Err()
}

// newShared returns two Labs on one state.
func newShared() (one, other *Lab, state *sharedMemory) {
	state = &sharedMemory{memory: newMemory()}
	share := func(o *Options) { o.State = state }
	one, _, _ = newLab(share)
	other, _, _ = newLab(share)
	return one, other, state
}

func TestAnAnswerThatWasOvertakenChangesNothing(t *testing.T) {
	one, other, state := newShared()
	s := owner()
	id := one.BenchID(s, 0)
	b := enter(t, one, id)
	if _, err := visit(t, b, ""); err != nil {
		t.Fatal(err)
	}
	seen := enter(t, other, id)
	if _, err := other.Configure(t.Context(), seen, map[string][]string{"lifetime": {"5s"}}); err != nil {
		t.Fatal(err)
	}
	began, goOn := make(chan struct{}), make(chan struct{})
	var asked atomic.Int64
	state.read = func() {
		if asked.Add(1) == 1 {
			close(began)
			<-goOn
		}
	}
	late := make(chan error)
	go func() { // asks, and waits long for the answer
		_, err := one.Bench(context.Background(), id)
		late <- err
	}()
	<-began
	seen = enter(t, other, id)
	if _, err := other.Configure(t.Context(), seen, map[string][]string{"lifetime": {"10s"}}); err != nil {
		t.Fatal(err)
	}
	b = enter(t, one, id)
	close(goOn)
	if err := <-late; err != nil {
		t.Fatal(err)
	}
	if got := b.Settings().Lifetime; got != Duration(10*time.Second) {
		t.Errorf("lifetime = %v after an older answer; want 10s", got)
	}
}

func TestABenchThatNobodyElseUsesIsReadOnce(t *testing.T) {
	one, _, state := newShared()
	s := owner()
	first := enter(t, one, one.BenchID(s, 0))
	for range 20 {
		b := enter(t, one, first.ID())
		if b != first {
			t.Fatal("the bench is not held")
		}
		if _, err := visit(t, b, ""); err != nil {
			t.Fatal(err)
		}
	}
	if n := state.calls["SummariesFrom"] + state.calls["Summaries"]; n != 0 {
		t.Errorf("its steps were read %d times; want never", n)
	}
	if n := state.calls["ReplaceBench"]; n != 1 {
		t.Errorf("it was stored %d times; want once", n)
	}
}

func TestAStepStoredLateByAnotherIsNotMissed(t *testing.T) {
	one, other, _ := newShared()
	s := owner()
	id := one.BenchID(s, 0)
	if _, err := visit(t, enter(t, one, id), ""); err != nil {
		t.Fatal(err)
	}
	slow := enter(t, other, id)
	n, err := other.sync.number(t.Context(), slow) // 2, to be stored after 3
	if err != nil {
		t.Fatal(err)
	}
	if _, err := visit(t, enter(t, one, id), ""); err != nil {
		t.Fatal(err)
	}
	enter(t, one, id)
	if err := other.commit(t.Context(), slow, nil, &step.Step{N: n}); err != nil {
		t.Fatal(err)
	}
	for _, l := range []*Lab{one, other} {
		steps := enter(t, l, id).Steps()
		if len(steps) != 3 || steps[0].N != 1 || steps[1].N != 2 || steps[2].N != 3 {
			t.Errorf("steps are %+v; want 1, 2 and 3", steps)
		}
	}
}
