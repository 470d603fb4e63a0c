// Package experiment tries things out on a bench, and returns what they came to.
package experiment

import (
	"context"
	"crypto/rand"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/stall"
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

// Fill makes sessions in the store of the bench's app until FillSize were made this
// way, the app has as many as it may, or ctx is done, which is no error; a store that
// stalls is one. They belong to nobody, and expire within minutes.
func Fill(ctx context.Context, b *lab.Bench) (Filling, error) {
	to, ok := b.Records()
	if !ok {
		return Filling{}, nil
	}
	counting, _, stop := stall.Detect(ctx)
	defer stop()
	made, err := to.Usage(counting, fillMark)
	if err != nil {
		return Filling{}, err
	}
	room, err := to.Room(counting)
	if err != nil {
		return Filling{}, err
	}
	const spare = 100 // for the learner's own
	wanted := min(FillSize-made.Sessions, room-spare)
	start := time.Now()
	n, err := fill(ctx, to, wanted)
	return Filling{Made: n, Took: time.Since(start)}, err
}

// fill saves n records, and returns how many it could.
func fill(ctx context.Context, to lab.Records, n int) (made int, err error) {
	if n <= 0 {
		return 0, nil
	}
	const together = 64 // which a store may commit at once
	saved := make([]int, together)
	detecting, answered, stop := stall.Detect(ctx)
	defer stop()
	g, within := errgroup.WithContext(detecting)
	for worker := range together {
		g.Go(func() error {
			for i := worker; i < n && within.Err() == nil; i += together {
				if err := to.Add(within, fillMark+rand.Text(), []byte(`{"colour":"teal","uname":"momo"}`), fillLife); err != nil {
					return err
				}
				answered()
				saved[worker]++
			}
			return nil
		})
	}
	err = stall.Cause(detecting, g.Wait())
	for _, n := range saved {
		made += n
	}
	if err != nil && ctx.Err() == nil {
		return made, &lab.StoreError{Store: to.Store, Op: "save", Err: err}
	}
	return made, nil
}

// Unfill removes the sessions that [Fill] made.
func Unfill(ctx context.Context, b *lab.Bench) error {
	to, ok := b.Records()
	if !ok {
		return nil
	}
	return to.Remove(ctx, fillMark)
}
