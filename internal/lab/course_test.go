package lab

import (
	"encoding/json"
	"errors"
	"testing"
)

// as makes an edit that stores a course whatever there was.
func as(course string) func(json.RawMessage) (json.RawMessage, error) {
	return func(json.RawMessage) (json.RawMessage, error) { return json.RawMessage(course), nil }
}

func TestTheCourseStaysWithTheBenchAndIsNoSetting(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	b := enter(t, one, id)
	if b.Course() != nil {
		t.Errorf("a new bench has the course %s", b.Course())
	}
	if err := one.PutCourse(t.Context(), b, as(`{"amnesia":{}}`)); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Configure(t.Context(), b, map[string][]string{"lifetime": {"2h"}}); err != nil {
		t.Fatal(err)
	}
	for _, l := range []*Lab{one, other} {
		if got := enter(t, l, id).Course(); string(got) != `{"amnesia":{}}` {
			t.Errorf("the course is %s", got)
		}
	}
}

func TestTwoProcessesThatChangeTheCourseLoseNothing(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	b, same := enter(t, one, id), enter(t, other, id)
	if err := one.PutCourse(t.Context(), b, as(`[1]`)); err != nil {
		t.Fatal(err)
	}
	err := other.PutCourse(t.Context(), same, func(was json.RawMessage) (json.RawMessage, error) {
		if string(was) == `[1]` {
			return json.RawMessage(`[1,2]`), nil
		}
		return json.RawMessage(`[2]`), nil // of what this process knew, which is refused
	})
	if got := enter(t, one, id).Course(); err != nil || string(got) != `[1,2]` {
		t.Errorf("the course is %s, %v; want [1,2]", got, err)
	}
}

func TestAnEditOfTheCourseThatFailsOrChangesNothingStoresNothing(t *testing.T) {
	l, _, _ := newShared()
	b := enter(t, l, l.BenchID(owner(), 0))
	if err := l.PutCourse(t.Context(), b, func(was json.RawMessage) (json.RawMessage, error) { return was, nil }); err != nil || b.Stored() {
		t.Errorf("a course that is as it was: %v, and the bench is stored: %v", err, b.Stored())
	}
	refused := errors.New("refused")
	err := l.PutCourse(t.Context(), b, func(json.RawMessage) (json.RawMessage, error) { return json.RawMessage("1"), refused })
	if !errors.Is(err, refused) || b.Course() != nil || b.Stored() {
		t.Errorf("PutCourse = %v, and the course is %s; want that error and none", err, b.Course())
	}
}

func TestARunOfAnExperimentLeavesTheCourseAlone(t *testing.T) {
	l, _, _ := newShared()
	b := enter(t, l, l.BenchID(owner(), 0))
	if err := l.PutCourse(t.Context(), b, as(`1`)); err != nil {
		t.Fatal(err)
	}
	run, err := l.Begin(t.Context(), b, Plan{Slug: "theft"})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.PutCourse(t.Context(), b, as(`2`)); err != nil { // the learner predicts meanwhile
		t.Fatal(err)
	}
	if err := run.End(t.Context(), ""); err != nil || string(b.Course()) != "2" {
		t.Errorf("after the run the course is %s, %v; want 2", b.Course(), err)
	}
}
