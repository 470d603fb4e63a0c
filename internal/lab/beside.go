package lab

import (
	"context"
	"errors"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Benches stand beside a bench, one for each mechanism, for the page that sends one
// operation to all of them. They are benches like any other, with settings, browsers and
// steps of their own, and count as such. The bench that they stand beside keeps nothing
// of them but a number, from which their ids follow: [BenchRow.Beside].

// besideID is the id of a bench that stands beside another.
func (l *Lab) besideID(bench, mechanism string, number int) string {
	return l.ids.of("beside "+bench+" "+mechanism, number)
}

// Beside returns the benches that stand beside b, in the order of [step.Mechanisms];
// nil if there are none. They last as long as b does.
func (l *Lab) Beside(ctx context.Context, b *Bench) ([]*Bench, error) {
	var all []*Bench
	for _, id := range l.besideIDs(b) {
		side, err := l.Bench(ctx, id)
		switch {
		case errors.Is(err, ErrUnknown): // it had to make room, or its time was up while nobody looked
			return nil, nil
		case err != nil:
			return nil, err
		case !side.Stored(): // making them was cut short
			return nil, nil
		}
		l.Keep(ctx, side, b.Ends())
		all = append(all, side)
	}
	return all, nil
}

// PutBeside puts fresh benches beside b, and removes those that stood there. Their
// settings are the usual ones, each with another mechanism and a key of its own, and
// with the store of b.
func (l *Lab) PutBeside(ctx context.Context, b *Bench) ([]*Bench, error) {
	b = l.held(b.id, b)
	release, err := b.hold(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	if err := l.remove(ctx, l.besideIDs(b)); err != nil {
		return nil, err
	}
	_, err = l.rewrite(ctx, b, func(row *BenchRow) error {
		row.Beside++
		return nil
	})
	if err != nil {
		return nil, err
	}
	var all []*Bench
	for i, id := range l.besideIDs(b) {
		side, err := l.Enter(ctx, id)
		if err != nil {
			return nil, err
		}
		_, err = l.rewrite(ctx, side, func(row *BenchRow) error {
			row.Settings.Mechanism, row.Settings.Store = step.Mechanisms[i], b.Settings().Store
			row.Used = b.Ends().Add(-l.timeouts.Idle) // it ends no later than b
			return nil
		})
		if err != nil {
			return nil, err
		}
		all = append(all, side)
	}
	return all, nil
}

// besideIDs are the ids of the benches that stand beside b, if there are any.
func (l *Lab) besideIDs(b *Bench) (ids []string) {
	number := b.row().Beside
	if number == 0 {
		return nil
	}
	for _, mechanism := range step.Mechanisms {
		ids = append(ids, l.besideID(b.id, mechanism, number))
	}
	return ids
}

// leftBeside are the ids of the benches that stood beside one that is gone, and with it
// their number: they follow those that were removed before, from the first.
func (l *Lab) leftBeside(ctx context.Context, bench string) (ids []string, err error) {
	for number, known := 1, true; known; number++ {
		known = false
		for _, mechanism := range step.Mechanisms {
			id := l.besideID(bench, mechanism, number)
			switch _, err := l.state.BenchRow(ctx, id); {
			case err == nil:
				ids, known = append(ids, id), true
			case errors.Is(err, ErrGone):
				known = true
			case !errors.Is(err, ErrUnknown):
				return nil, fault("load bench", err)
			}
		}
	}
	return ids, nil
}

// Together has one request at a time be sent to all benches that stand beside b, by this
// process, so that each of them gets the same ones in the same order. It returns a
// function that ends it.
func (l *Lab) Together(b *Bench) (end func()) {
	b = l.held(b.id, b)
	b.together.Lock()
	return b.together.Unlock
}
