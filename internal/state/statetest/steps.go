package statetest

import (
	"context"
	"errors"
	"fmt"

	"github.com/sessionlab/sessionlab/internal/step"
)

func immutable(ctx context.Context, s State) error {
	if err := errors.Join(bench(ctx, s, "b"), stepOf(ctx, s, "b", 1)); err != nil {
		return err
	}
	if _, err := s.AddStep(ctx, "b", &step.Step{N: 1, Op: step.OpPop}, step.Summary{N: 1, Op: step.OpPop}, nil); err == nil {
		return errors.New("a second step 1 was taken")
	}
	got, err := s.Step(ctx, "b", 1)
	if err != nil {
		return err
	}
	lines, err := s.Summaries(ctx, "b")
	return errors.Join(err, same("step", got.Op, step.OpSet), same("number of summaries", len(lines), 1))
}

func homeless(ctx context.Context, s State) error {
	err := isUnknown("a step of no bench", stepOf(ctx, s, "b", 1))
	if err == nil {
		err = bench(ctx, s, "b")
	}
	lines, err2 := s.Summaries(ctx, "b")
	return errors.Join(err, err2, same("number of summaries", len(lines), 0))
}

func ordered(ctx context.Context, s State) error {
	if err := bench(ctx, s, "b"); err != nil {
		return err
	}
	for _, n := range []int{2, 10, 1, 9} { // as requests at once are done
		if err := stepOf(ctx, s, "b", n); err != nil {
			return err
		}
	}
	lines, err := s.Summaries(ctx, "b")
	return errors.Join(err, same("numbers", fmt.Sprint(numbersOf(lines)), "[1 2 9 10]"))
}

func numbersOf(lines []step.Summary) []int {
	numbers := make([]int, len(lines))
	for i, s := range lines {
		numbers[i] = s.N
	}
	return numbers
}
