package statetest

import (
	"context"
	"errors"

	"github.com/sessionlab/sessionlab/internal/step"
)

func jarOfStep(ctx context.Context, s State) error {
	const first, second = `[{"name":"a"}]`, `[{"name":"é\u0000"}]`
	add := func(n int, client string, jar []byte) error {
		_, err := s.AddStep(ctx, "b", &step.Step{N: n, ClientID: client}, step.Summary{N: n, ClientID: client}, jar)
		return err
	}
	if err := errors.Join(bench(ctx, s, "b"), add(1, "one", []byte(first)), add(2, "other", nil), add(3, "third", []byte(second)), add(4, "third", nil)); err != nil {
		return err
	}
	if add(1, "one", []byte(second)) == nil {
		return errors.New("a second step 1 was taken")
	}
	return jars(ctx, s, map[string]string{"one": first, "third": second})
}

func jarOfEntry(ctx context.Context, s State) error {
	save := func(jars map[string][]byte) error {
		_, err := s.AddEntry(ctx, "b", step.Entry{Kind: step.EntryCookieCopied}, 5, jars)
		return err
	}
	err := errors.Join(bench(ctx, s, "b"),
		save(map[string][]byte{"one": []byte("[]"), "other": []byte("[1]"), "kept": []byte("[3]")}),
		save(map[string][]byte{"one": []byte("[2]"), "other": nil, "never": nil}))
	if err != nil {
		return err
	}
	return jars(ctx, s, map[string]string{"one": "[2]", "kept": "[3]"})
}

// jars returns an error unless these are the stored jars of the bench b.
func jars(ctx context.Context, s State, want map[string]string) error {
	stored, err := s.Jars(ctx, "b")
	if err != nil {
		return err
	}
	err = same("number of jars", len(stored), len(want))
	for client, jar := range want {
		err = errors.Join(err, same("jar of "+client, string(stored[client]), jar))
	}
	return err
}
