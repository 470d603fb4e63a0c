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

func jarSaved(ctx context.Context, s State) error {
	save := func(client, jar string) error { return s.SaveJar(ctx, "b", client, []byte(jar)) }
	err := errors.Join(bench(ctx, s, "b"), save("one", "[]"), save("other", "[1]"), save("one", "[2]"),
		s.SaveJar(ctx, "b", "other", nil), s.SaveJar(ctx, "b", "never", nil))
	if err != nil {
		return err
	}
	return jars(ctx, s, map[string]string{"one": "[2]"})
}

func jarNeedsBench(ctx context.Context, s State) error {
	if err := isUnknown("a jar of no bench", s.SaveJar(ctx, "b", "one", []byte("[]"))); err != nil {
		return err
	}
	err := errors.Join(bench(ctx, s, "b"), s.SaveJar(ctx, "b", "one", []byte("[]")), s.DeleteBench(ctx, "b", start))
	if err != nil {
		return err
	}
	return errors.Join(jars(ctx, s, nil), forget(ctx, s), bench(ctx, s, "b"), jars(ctx, s, nil))
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
