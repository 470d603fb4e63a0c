package statetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/seat"
)

func seenAtOnce(ctx context.Context, one, other SharedState) error {
	for n := 1; n <= 50; n++ {
		err := errors.Join(
			one.SaveSeat(ctx, seat.Row{Hash: "h", Issued: start, Used: start, Bench: n}),
			one.SaveBench(ctx, lab.BenchRow{ID: "b", Created: start, Used: start.Add(time.Duration(n))}),
			stepOf(ctx, one, "b", n))
		if err != nil {
			return err
		}
		owner, err1 := other.SeatRow(ctx, "h")
		b, err2 := other.BenchRow(ctx, "b")
		_, err3 := other.Step(ctx, "b", n)
		if err := errors.Join(err1, err2, err3, same("number of the bench", owner.Bench, n), same("number of steps", b.Steps, n)); err != nil {
			return err
		}
		one, other = other, one
	}
	return nil
}

func stale(ctx context.Context, one, other SharedState) error {
	r := lab.BenchRow{ID: "b", Settings: lab.DefaultSettings("first"), Created: start, Used: start}
	version, err := one.ReplaceBench(ctx, r)
	if err != nil {
		return fmt.Errorf("a new bench: %w", err)
	}
	if _, err := other.ReplaceBench(ctx, r); !errors.Is(err, lab.ErrStale) {
		return fmt.Errorf("a stored bench made anew: %v; want ErrStale", err)
	}
	r.Version, r.Settings = version, lab.DefaultSettings("second")
	if _, err := other.ReplaceBench(ctx, r); err != nil {
		return fmt.Errorf("a change of the version at hand: %w", err)
	}
	r.Settings = lab.DefaultSettings("third")
	if _, err := one.ReplaceBench(ctx, r); !errors.Is(err, lab.ErrStale) {
		return fmt.Errorf("a change of an older version: %v; want ErrStale", err)
	}
	got, err := one.BenchRow(ctx, "b")
	if err == nil {
		err = same("secret key", got.Settings.SecretKey, "second")
	}
	if err != nil || one.DeleteBench(ctx, "b", start) != nil {
		return errors.Join(err, errors.New("not removed"))
	}
	r.Version = got.Version
	if _, err := one.ReplaceBench(ctx, r); !errors.Is(err, lab.ErrStale) {
		return fmt.Errorf("a change of a removed bench: %v; want ErrStale", err)
	}
	return nil
}

func versions(ctx context.Context, one, other SharedState) error {
	seen := map[string]bool{"": true}
	for range 10 {
		r := lab.BenchRow{ID: "b", Created: start, Used: start} // the same each time
		for range 3 {
			version, err := one.ReplaceBench(ctx, r)
			if err != nil {
				return err
			}
			if r, err = other.BenchRow(ctx, "b"); err != nil || r.Version != version || seen[version] {
				return fmt.Errorf("version %q of BenchRow after %q, %v; want one never seen", r.Version, version, err)
			}
			seen[version] = true
			one, other = other, one
		}
		if err := errors.Join(one.DeleteBench(ctx, "b", start), forget(ctx, one)); err != nil {
			return err
		}
	}
	return nil
}

func numbers(ctx context.Context, one, other SharedState) error {
	const each = 100
	if err := bench(ctx, one, "b"); err != nil {
		return err
	}
	var g errgroup.Group
	taken := make(chan int, 2*each)
	for i := range 2 * each {
		g.Go(func() error {
			n, err := []SharedState{one, other}[i%2].TakeNumber(ctx, "b")
			taken <- n
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	close(taken)
	var all []int
	for n := range taken {
		all = append(all, n)
	}
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != 2*each || all[0] != 1 || all[2*each-1] != 2*each {
		return fmt.Errorf("%d different numbers from %d to %d; want 1 to %d", n, all[0], all[len(all)-1], 2*each)
	}
	return nil
}

func numbersAbove(ctx context.Context, one, other SharedState) error {
	if err := errors.Join(bench(ctx, one, "b"), stepOf(ctx, one, "b", 7)); err != nil {
		return err
	}
	n, err := other.TakeNumber(ctx, "b")
	return errors.Join(err, same("number after step 7", n, 8))
}

func noNumbers(ctx context.Context, one, other SharedState) error {
	n, err := one.TakeNumber(ctx, "b")
	if err := isUnknown(fmt.Sprintf("number %d of no bench", n), err); err != nil {
		return err
	}
	_, err = other.BenchRow(ctx, "b")
	return isUnknown("bench", err)
}

func asStored(ctx context.Context, one, other SharedState) error {
	if err := errors.Join(bench(ctx, one, "b"), stepOf(ctx, one, "b", 2), stepOf(ctx, other, "b", 3), stepOf(ctx, one, "b", 1)); err != nil {
		return err
	}
	all, err1 := one.SummariesFrom(ctx, "b", 0)
	rest, err2 := other.SummariesFrom(ctx, "b", 2)
	none, err3 := other.SummariesFrom(ctx, "b", 3)
	return errors.Join(err1, err2, err3,
		same("all", fmt.Sprint(numbersOf(all)), "[2 3 1]"),
		same("all but two", fmt.Sprint(numbersOf(rest)), "[1]"),
		same("all but three", len(none), 0))
}

func atOnce(ctx context.Context, one, other SharedState) error {
	const each = 50
	if err := bench(ctx, one, "b"); err != nil {
		return err
	}
	var g errgroup.Group
	for i := range 2 * each {
		s := []SharedState{one, other}[i%2]
		g.Go(func() error {
			n, err := s.TakeNumber(ctx, "b")
			if err != nil {
				return err
			}
			return stepOf(ctx, s, "b", n)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	b, err1 := one.BenchRow(ctx, "b")
	lines, err2 := other.Summaries(ctx, "b")
	return errors.Join(err1, err2, same("number of steps", b.Steps, 2*each), same("number of summaries", len(lines), 2*each))
}

func followed(ctx context.Context, one, other SharedState) error {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	ready, heard, ended := make(chan struct{}, 1), make(chan string, 10), make(chan error, 1)
	following, leave := context.WithCancel(ctx)
	defer leave()
	go func() {
		ended <- other.Follow(following, func() { ready <- struct{}{} }, func(bench string) { heard <- bench })
	}()
	select {
	case <-ready:
	case err := <-ended:
		return fmt.Errorf("follow: %w", err)
	}
	err := errors.Join(bench(ctx, one, "b"), bench(ctx, one, "c"), bench(ctx, one, "own"), bench(ctx, one, "removed"),
		stepOf(ctx, other, "own", 1), stepOf(ctx, one, "c", 1), one.DeleteBench(ctx, "removed", start), stepOf(ctx, one, "b", 1))
	if err != nil {
		return err
	}
	wanted := map[string]bool{"b": true, "c": true, "removed": true} // in any order, and nothing of its own step
	for range len(wanted) {
		select {
		case got := <-heard:
			if !wanted[got] {
				return fmt.Errorf("heard of %q; want each other bench once", got)
			}
			delete(wanted, got)
		case <-ctx.Done():
			return fmt.Errorf("heard nothing of %v", wanted)
		}
	}
	leave()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		return fmt.Errorf("follow ended with %v; want context.Canceled", err)
	}
	return nil
}
