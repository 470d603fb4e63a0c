package lab

import (
	"context"
	"crypto/rand"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/session"
)

// FillSize is how many sessions a bench is filled with, to show what they cost.
const FillSize = 10_000

const (
	fillMark = "fill-" // begins what stands for an id in their keys
	fillLife = 10 * time.Minute
)

// A Filling is what making sessions came to.
type Filling struct {
	Made int
	Took time.Duration
}

// Fill makes sessions in the store of the bench's app until there are FillSize
// made this way, the app has as many as it may, or ctx is done, which is no error;
// that the store falls silent is one. They belong to nobody, and expire within
// minutes.
func (l *Lab) Fill(ctx context.Context, b *Bench) (Filling, error) {
	s := b.Settings()
	counting, _, stop := attended(ctx)
	defer stop()
	made, err := l.usage(counting, s.store(), s.prefix(b.id)+fillMark, b.now())
	if err != nil {
		return Filling{}, err
	}
	all, err := l.usage(counting, s.store(), s.prefix(b.id), l.now())
	if err != nil {
		return Filling{}, err
	}
	const spare = 100 // for the learner's own
	wanted := min(FillSize-made.Sessions, l.limits.Sessions-spare-all.Sessions)
	start := time.Now()
	n, err := l.fill(ctx, b.now, s.store(), s.prefix(b.id)+fillMark, wanted)
	return Filling{Made: n, Took: time.Since(start)}, err
}

// fill saves n records, made now, under keys that begin with prefix, and returns how
// many it could.
func (l *Lab) fill(ctx context.Context, clock func() time.Time, store, prefix string, n int) (made int, err error) {
	to := l.stores[store]
	if to == nil || n <= 0 {
		return 0, nil
	}
	const together = 64 // which a store may commit at once
	saved := make([]int, together)
	attended, heard, stop := attended(ctx)
	defer stop()
	g, within := errgroup.WithContext(attended)
	for worker := range together {
		g.Go(func() error {
			for i := worker; i < n && within.Err() == nil; i += together {
				now := clock()
				rec := session.Record{Values: []byte(`{"colour":"teal","uname":"momo"}`), Created: now, Renewed: now, Expires: now.Add(fillLife)}
				if err := to.Save(within, prefix+rand.Text(), rec, now); err != nil {
					return err
				}
				heard()
				saved[worker]++
			}
			return nil
		})
	}
	err = causeOf(attended, g.Wait())
	for _, n := range saved {
		made += n
	}
	if err != nil && ctx.Err() == nil {
		return made, storeFault(store, "save", err)
	}
	return made, nil
}

// Unfill removes the sessions that [Lab.Fill] made.
func (l *Lab) Unfill(ctx context.Context, b *Bench) error {
	s := b.Settings()
	return l.forget(ctx, s.store(), s.prefix(b.id)+fillMark)
}
