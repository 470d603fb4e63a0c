package statetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// jarOver has two processes store jars that each takes for the same.
func jarOver(ctx context.Context, one, other SharedState) error {
	withStep := func(s SharedState, n int, jar, was string) error {
		_, err := s.AddStepOver(ctx, "b", &step.Step{N: n, ClientID: "c"}, step.Summary{N: n, ClientID: "c"}, []byte(jar), bytesOf(was))
		return err
	}
	withEntry := func(s SharedState, jar, was, others string) error {
		jars := map[string][]byte{"c": bytesOf(jar), "d": []byte("[d]")}
		_, err := s.AddEntryOver(ctx, "b", step.Entry{Kind: step.EntryCookieEdited}, 9, jars, map[string][]byte{"c": bytesOf(was), "d": bytesOf(others)})
		return err
	}
	err := errors.Join(bench(ctx, one, "b"),
		withStep(one, 1, "[1]", ""),
		isStale("a step over no jar", withStep(other, 2, "[2]", "")),
		withStep(other, 2, "[2]", "[1]"),
		isStale("an entry over an older jar", withEntry(one, "[3]", "[1]", "")),
		isStale("an entry over one jar that is another", withEntry(one, "[3]", "[2]", "[x]")),
		withEntry(one, "[3]", "[2]", ""),
		isStale("a removal of an older jar", withEntry(other, "", "[2]", "[d]")),
		jars(ctx, other, map[string]string{"c": "[3]", "d": "[d]"}),
		withEntry(other, "", "[3]", "[d]"),
		isStale("a step over a removed jar", withStep(one, 3, "[4]", "[3]")),
		jars(ctx, one, map[string]string{"d": "[d]"}))
	if err != nil {
		return err
	}
	steps, err := one.Summaries(ctx, "b")
	if err != nil {
		return err
	}
	entries, err := one.Entries(ctx, "b")
	return errors.Join(err, same("number of steps", len(steps), 2), same("number of entries", len(entries), 2))
}

// bytesOf is a jar, nil for "".
func bytesOf(jar string) []byte {
	if jar == "" {
		return nil
	}
	return []byte(jar)
}

// isStale returns an error unless err is ErrStale.
func isStale(what string, err error) error {
	if errors.Is(err, lab.ErrStale) {
		return nil
	}
	return fmt.Errorf("%s: %v; want ErrStale", what, err)
}
