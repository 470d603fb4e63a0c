package lab

import (
	"errors"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// reserve takes places until the bench has no more.
func reserve(t *testing.T, b *Bench) (places []*Place) {
	t.Helper()
	for range 100 {
		p, err := b.Reserve(t.Context())
		if errors.Is(err, ErrFull) {
			return places
		}
		if err != nil {
			t.Fatal(err)
		}
		places = append(places, p)
	}
	return places
}

func TestAPlaceWhoseStepIsNotStoredIsGivenBack(t *testing.T) {
	l, _, _ := newLab(func(o *Options) { o.Limits.Steps = 3 })
	b := enter(t, l, l.BenchID(owner(), 0))
	places := reserve(t, b)
	if len(places) != 3 {
		t.Fatalf("%d places; want 3", len(places))
	}
	for i, p := range places {
		if i > 0 {
			n, _ := l.sync.number(t.Context(), b)
			if err := l.commit(t.Context(), b, p, &step.Step{N: n}); err != nil {
				t.Fatal(err)
			}
		}
		p.Release()
		p.Release()
	}
	if got := len(reserve(t, b)); got != 1 {
		t.Errorf("%d places are left of 3 after 2 steps; want 1", got)
	}
}

func TestTheBytesOfStepsUnderWayCount(t *testing.T) {
	l, _, _ := newLab(func(o *Options) { o.Limits.StepBytes = 599 }) // a step takes 100
	b := enter(t, l, l.BenchID(owner(), 0))
	if _, err := visit(t, b, ""); err != nil {
		t.Fatal(err)
	}
	if got := len(reserve(t, b)); got != 4 {
		t.Errorf("%d places beside one step; want 4", got)
	}
}

func TestProcessesFillABenchTogetherAndNotBeyond(t *testing.T) {
	one, other, _ := newShared()
	one.limits.Steps, other.limits.Steps = 5, 5
	id := one.BenchID(owner(), 0)
	benches := []*Bench{enter(t, one, id), enter(t, other, id)}
	taken := 0
	for i := range 8 { // in turns, before any of the steps is stored
		_, err := benches[i%2].Reserve(t.Context())
		if err == nil {
			taken++
		} else if !errors.Is(err, ErrFull) {
			t.Fatal(err)
		}
	}
	if taken != 5 {
		t.Errorf("%d places were taken; want 5", taken)
	}
}
