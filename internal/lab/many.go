package lab

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

// many is the company of processes that share a state.
type many struct{ state SharedState }

// errGone says that a bench that is held has been removed by another process.
var errGone = errors.New("lab: the bench was removed")

// refresh reads a bench's row, and what its version and its number of steps say
// is new. Requests do so at once, and their answers may overtake each other: each
// takes a ticket before it asks, and settings give way only to those of a later
// one. So a request goes by what was true when it came, or later.
func (m many) refresh(ctx context.Context, b *Bench) error {
	v := b.view()
	row, err := m.state.BenchRow(ctx, b.id)
	switch {
	case errors.Is(err, ErrUnknown) && !errors.Is(err, ErrGone) && !v.stored:
		return nil
	case errors.Is(err, ErrUnknown):
		return errGone
	case err != nil:
		return fault("load bench", err)
	case v.stored && row.Created.UnixMilli() != v.created.UnixMilli(): // another one at its address
		return errGone
	case v.stored && row.Version == v.version && row.Steps == v.steps:
		b.knowsAll(row)
		return nil
	}
	news := news{row: row, first: v.read}
	if row.Steps != v.steps {
		if news.lines, err = m.state.SummariesFrom(ctx, b.id, v.read); err != nil {
			return fault("load steps", err)
		}
	}
	if news.clients, err = b.clientsAfter(ctx, news.lines); err != nil {
		return err
	}
	b.learn(v, news)
	return nil
}

func (m many) number(ctx context.Context, b *Bench) (int, error) {
	if err := b.lab.store(ctx, b); err != nil { // numbers are those of a stored bench
		return 0, err
	}
	n, err := m.state.TakeNumber(ctx, b.id)
	return n, fault("take a number", err)
}

func (m many) replace(ctx context.Context, row BenchRow) (string, error) {
	return m.state.ReplaceBench(ctx, row)
}

// follow asks again after a while when news stop coming. What was missed in
// between the watchers find when they look.
func (m many) follow(ctx context.Context, l *Lab, failed func(error)) {
	const pause = time.Second
	for {
		err := m.state.Follow(ctx, func() { l.wake("") }, l.wake)
		if ctx.Err() != nil {
			return
		}
		failed(fault("follow", err))
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause/2 + rand.N(pause)): // not all processes at once
		}
	}
}

// Follow has those who watch a bench learn of the steps that other processes add
// to it, until ctx is done. A Lab that has its State to itself needs it as little
// as it minds. Failed is told of failures, after which Follow goes on.
func (l *Lab) Follow(ctx context.Context, failed func(error)) error {
	l.company.follow(ctx, l, failed)
	return nil
}

// wake wakes those who watch a bench, or any bench if it has no name.
func (l *Lab) wake(bench string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if bench != "" {
		if b := l.open[bench]; b != nil {
			b.watchers.wake()
		}
		return
	}
	for _, b := range l.open {
		b.watchers.wake()
	}
}
