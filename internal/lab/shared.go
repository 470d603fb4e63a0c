package lab

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sessionlab/sessionlab/internal/chore"
	"github.com/sessionlab/sessionlab/internal/step"
)

// shared is the syncer of a process that shares its state with others.
type shared struct{ state SharedState }

// errGone reports that another process has removed a bench held here.
var errGone = errors.New("lab: the bench was removed")

// refresh reads a bench's row, and the steps that its version and its number of steps
// say are new. Requests do so at once, and their answers may overtake each other: see
// [snapshot]. So a request goes by what was true when it came, or later.
func (m shared) refresh(ctx context.Context, b *Bench) error {
	held := b.snapshot()
	row, err := m.state.BenchRow(ctx, b.id)
	switch {
	case errors.Is(err, ErrUnknown) && !errors.Is(err, ErrGone) && !held.stored:
		return nil
	case errors.Is(err, ErrUnknown):
		return errGone
	case err != nil:
		return fault("load bench", err)
	case held.stored && row.Created.UnixMilli() != held.created.UnixMilli(): // another one at its address
		return errGone
	case held.stored && row.Version == held.version && row.Steps == held.steps && !held.stale:
		b.upToDate(row)
		return nil
	}
	u := update{row: row, first: held.read}
	if row.Steps != held.steps {
		if u.lines, err = m.state.SummariesFrom(ctx, b.id, held.read); err != nil {
			return fault("load steps", err)
		}
	}
	if u.clients, err = b.clientsAfter(ctx, u.lines); err != nil {
		return err
	}
	if row.Version != held.version || held.stale || slices.ContainsFunc(u.lines, func(s step.Summary) bool { return s.Client == step.ClientVirtual }) {
		if u.browsers, err = b.lab.browsers(ctx, b.id); err != nil {
			return err
		}
	}
	b.apply(u, held)
	return nil
}

// reserve takes a number before the request is served: no two processes get the same
// one, so there are no more places than numbers. That of a step which could not be
// stored stays empty.
func (m shared) reserve(ctx context.Context, b *Bench) (int, error) {
	n, err := m.number(ctx, b)
	if err == nil && n > b.lab.limits.Steps {
		err = ErrFull
	}
	return n, err
}

func (m shared) number(ctx context.Context, b *Bench) (int, error) {
	if err := b.lab.persist(ctx, b); err != nil { // numbers are those of a stored bench
		return 0, err
	}
	n, err := m.state.TakeNumber(ctx, b.id)
	return n, fault("take a number", err)
}

func (m shared) replace(ctx context.Context, row BenchRow) (string, error) {
	return m.state.ReplaceBench(ctx, row)
}

func (m shared) addStep(ctx context.Context, bench string, s *step.Step, line step.Summary, jar, was []byte) (int, error) {
	if jar == nil {
		return m.state.AddStep(ctx, bench, s, line, nil)
	}
	return m.state.AddStepOver(ctx, bench, s, line, jar, was)
}

func (m shared) addEntry(ctx context.Context, bench string, e step.Entry, most int, jars, was map[string][]byte) (int, error) {
	return m.state.AddEntryOver(ctx, bench, e, most, jars, was)
}

// follow subscribes again after a while when the subscription ends. Those who watch
// look once it has begun, and find what was missed in between.
func (m shared) follow(ctx context.Context, l *Lab, failed func(error)) {
	const pause = time.Second
	for {
		err := m.state.Follow(ctx, l.watchers.wakeAll, l.watchers.wake)
		if ctx.Err() != nil {
			return
		}
		failed(fault("follow", err))
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause/2 + chore.Jitter(pause)): // not all processes at once
		}
	}
}
