package experiment_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

func TestTheExperimentsOfTheCourseHaveNoMistake(t *testing.T) {
	all, problems := experiment.Load(course.Experiments())
	for _, p := range problems {
		t.Error(p)
	}
	if len(all) != 16 {
		t.Fatalf("there are %d experiments; want 16", len(all))
	}
	for i, e := range all {
		if e.Order != i+1 {
			t.Errorf("%s is number %d of the story; want %d", e.Slug, e.Order, i+1)
		}
	}
}
