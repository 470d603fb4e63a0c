package lab

import (
	"context"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A syncer updates the benches in a process's memory from the state. A process
// that has its state to itself has a [local] one; several processes with one
// state have a [shared] one each.
type syncer interface {
	// refresh brings a bench up to date with what other processes have acknowledged
	// before, or returns errGone.
	refresh(ctx context.Context, b *Bench) error
	// reserve takes a place for a step among those of all processes, or returns
	// [ErrFull]. The place may be a number, or 0.
	reserve(ctx context.Context, b *Bench) (number int, err error)
	// number takes the next step number of a bench.
	number(ctx context.Context, b *Bench) (int, error)
	// replace stores a bench, and returns its new version.
	replace(ctx context.Context, row BenchRow) (version string, err error)
	// addStep is [State.AddStep]. It returns [ErrStale] if a jar is to be stored in place
	// of another one than was.
	addStep(ctx context.Context, bench string, s *step.Step, line step.Summary, jar, was []byte) (size int, err error)
	// addEntry is [State.AddEntry], and like addStep with jars.
	addEntry(ctx context.Context, bench string, e step.Entry, most int, jars, was map[string][]byte) (n int, err error)
	// follow wakes those who watch a bench of l whenever another process adds a
	// step to it or removes it, until ctx is done. It recovers from failures, and reports them.
	follow(ctx context.Context, l *Lab, failed func(error))
}

// syncerFor chooses by what a state can do.
func syncerFor(s State) syncer {
	if s, ok := s.(SharedState); ok {
		return shared{s}
	}
	return local{s}
}

// local is the syncer of a process that has its state to itself: what it holds in
// memory is what is stored.
type local struct{ state State }

func (local) refresh(context.Context, *Bench) error { return nil }

func (local) reserve(context.Context, *Bench) (int, error) { return 0, nil }

func (local) number(_ context.Context, b *Bench) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.next
	b.next++
	return n, nil
}

func (s local) replace(ctx context.Context, row BenchRow) (string, error) {
	return "", s.state.SaveBench(ctx, row)
}

func (s local) addStep(ctx context.Context, bench string, recorded *step.Step, line step.Summary, jar, _ []byte) (int, error) {
	return s.state.AddStep(ctx, bench, recorded, line, jar)
}

func (s local) addEntry(ctx context.Context, bench string, e step.Entry, most int, jars, _ map[string][]byte) (int, error) {
	return s.state.AddEntry(ctx, bench, e, most, jars)
}

func (local) follow(ctx context.Context, _ *Lab, _ func(error)) { <-ctx.Done() }

// Follow tells the watchers of a bench about steps that other processes add to
// it, until ctx is done. It calls failed with each failure, and goes on.
func (l *Lab) Follow(ctx context.Context, failed func(error)) error {
	l.sync.follow(ctx, l, failed)
	return nil
}
