package lab

import "context"

// A company is how a process keeps its benches while others may work on the same
// ones.
type company interface {
	// refresh brings a bench up to date with what others have acknowledged before,
	// or returns errGone.
	refresh(ctx context.Context, b *Bench) error
	// number takes the next step number of a bench.
	number(ctx context.Context, b *Bench) (int, error)
	// replace stores a bench, and returns its new version.
	replace(ctx context.Context, row BenchRow) (version string, err error)
	// follow wakes those who watch a bench of l whenever another process adds a
	// step to it, until ctx is done. A failure, from which it recovers, it reports.
	follow(ctx context.Context, l *Lab, failed func(error))
}

// companyOf tells by what a state can do.
func companyOf(s State) company {
	if shared, ok := s.(SharedState); ok {
		return many{shared}
	}
	return alone{s}
}

// alone is the company of a process that has its state to itself: what it holds
// in memory is the truth.
type alone struct{ state State }

func (alone) refresh(context.Context, *Bench) error { return nil }

func (alone) number(_ context.Context, b *Bench) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.next
	b.next++
	return n, nil
}

func (a alone) replace(ctx context.Context, row BenchRow) (string, error) {
	return "", a.state.SaveBench(ctx, row)
}

func (alone) follow(ctx context.Context, _ *Lab, _ func(error)) { <-ctx.Done() }
