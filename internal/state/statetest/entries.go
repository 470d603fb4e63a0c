package statetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// entry adds an entry to the bench b, with a jar.
func entry(ctx context.Context, s State, e step.Entry, most int) error {
	n, err := s.AddEntry(ctx, "b", e, most, map[string][]byte{"one": []byte("[]")})
	if err != nil {
		return err
	}
	return same("number of the entry", n, e.N)
}

func entriesInOrder(ctx context.Context, s State) error {
	want := []step.Entry{
		{N: 1, Time: start.UTC(), Kind: step.EntryBrowserOpened, Browser: "x", Name: "<é\u2028>"},
		{N: 2, After: 7, Time: start.UTC(), Kind: step.EntryCookieCopied, Browser: "x", Name: "a", Other: "y", OtherName: "b", Cookie: "session", Value: "v"},
		{N: 3, After: 7, Time: start.UTC(), Kind: step.EntryClockMoved, Value: "2h0m0s"},
	}
	err := bench(ctx, s, "b")
	for _, e := range want {
		err = errors.Join(err, entry(ctx, s, e, 10))
	}
	if err != nil {
		return err
	}
	got, err := s.Entries(ctx, "b")
	return errors.Join(err, same("entries", got, want))
}

func entriesBounded(ctx context.Context, s State) error {
	if err := errors.Join(bench(ctx, s, "b"), entry(ctx, s, step.Entry{N: 1}, 2), entry(ctx, s, step.Entry{N: 2}, 2)); err != nil {
		return err
	}
	_, err := s.AddEntry(ctx, "b", step.Entry{}, 2, map[string][]byte{"late": []byte("[]")})
	if !errors.Is(err, lab.ErrFull) {
		return fmt.Errorf("a third of two entries: %v; want ErrFull", err)
	}
	all, err := s.Entries(ctx, "b")
	return errors.Join(err, same("number of entries", len(all), 2), jars(ctx, s, map[string]string{"one": "[]"}))
}

func entryNeedsBench(ctx context.Context, s State) error {
	if err := isUnknown("an entry of no bench", entry(ctx, s, step.Entry{N: 1}, 2)); err != nil {
		return err
	}
	err := errors.Join(bench(ctx, s, "b"), entry(ctx, s, step.Entry{N: 1}, 2), s.DeleteBench(ctx, "b", start))
	if err != nil {
		return err
	}
	if err := errors.Join(isUnknown("an entry of a removed bench", entry(ctx, s, step.Entry{N: 2}, 2)), jars(ctx, s, nil), forget(ctx, s), bench(ctx, s, "b"), jars(ctx, s, nil)); err != nil {
		return err
	}
	all, err := s.Entries(ctx, "b") // of another bench at the old address
	if err := errors.Join(err, same("number of entries", len(all), 0), entry(ctx, s, step.Entry{N: 1}, 2)); err != nil {
		return err
	}
	_, err = s.Sweep(ctx, start, start.Add(time.Hour))
	all, err2 := s.Entries(ctx, "b")
	return errors.Join(err, err2, same("number of entries of a swept bench", len(all), 0))
}

// An entry changes the version of its bench: the jars that others hold may be old.
func entryFollowed(ctx context.Context, one, other SharedState) error {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	ready, heard := make(chan struct{}, 1), make(chan string, 1)
	tell := func(bench string) {
		select {
		case heard <- bench:
		case <-ctx.Done():
		}
	}
	go func() { _ = other.Follow(ctx, func() { ready <- struct{}{} }, tell) }()
	select {
	case <-ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := bench(ctx, one, "b"); err != nil {
		return err
	}
	before, err1 := other.BenchRow(ctx, "b")
	err2 := entry(ctx, one, step.Entry{N: 1}, 2)
	after, err3 := other.BenchRow(ctx, "b")
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	if before.Version == after.Version {
		return errors.New("the version after an entry is the one before")
	}
	for { // in a cluster, news of a bench that was there before may come yet
		select {
		case got := <-heard:
			if got == "b" {
				return nil
			}
		case <-ctx.Done():
			return errors.New("heard nothing of an entry")
		}
	}
}
