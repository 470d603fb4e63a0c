package lesson

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Whatever somebody does, in whatever order: what was found, reached or revealed stays so,
// and what was right stays right.
func TestNothingIsLostAsStepsAreAdded(t *testing.T) {
	all, entries := recorded(t)
	experiments, _ := experiment.Load(course.Experiments())
	lessons, _ := Load(course.Lessons(), experiments)
	lessons = append(lessons, small(t))
	rapid.Check(t, func(t *rapid.T) {
		l := rapid.SampledFrom(lessons).Draw(t, "lesson")
		drawn := rapid.SliceOfN(rapid.SampledFrom(all), 1, 20).Draw(t, "steps")
		happened := rapid.SliceOfN(rapid.SampledFrom(entries), 0, 5).Draw(t, "entries")
		browsers := map[string]string{mallory: "mallory"}
		var steps []*step.Step
		var between []step.Entry
		before := l.Follow(nil, nil, browsers, Began{})
		for i, s := range drawn {
			next := *s
			next.N, next.Run = i+1, 0
			steps = append(steps, &next)
			if i < len(happened) {
				e := happened[i]
				e.N, e.After = i+1, next.N
				between = append(between, e)
			}
			now := l.Follow(steps, between, browsers, Began{})
			keeps(t, before, now)
			before = now
		}
	})
}

// keeps wants all that one progress has in a later one.
func keeps(t *rapid.T, before, now *Progress) {
	for name, s := range before.Steps {
		if now.Steps[name] == nil || now.Steps[name].N != s.N {
			t.Fatalf("the named step %s was step %d, and is %v", name, s.N, now.Steps[name])
		}
	}
	for goal, n := range before.Goals {
		if got, ok := now.Goals[goal]; !ok || got != n {
			t.Fatalf("the goal %s was reached by step %d, and is by %d, %v", goal, n, got, ok)
		}
	}
	for q := range before.Shown {
		for choice, right := range before.Right[q] {
			if !now.Shown[q] || now.Right[q][choice] != right {
				t.Fatalf("choice %s of %s was right: %v, and is: %v", choice, q, right, now.Right[q][choice])
			}
		}
	}
}
