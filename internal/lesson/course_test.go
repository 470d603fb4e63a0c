package lesson_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lesson"
)

func TestTheLessonsOfTheCourseHaveNoMistake(t *testing.T) {
	experiments, _ := experiment.Load(course.Experiments())
	all, problems := lesson.Load(course.Lessons(), experiments)
	for _, p := range problems {
		t.Error(p)
	}
	if len(all) != 15 {
		t.Fatalf("there are %d lessons; want 15", len(all))
	}
	for i, l := range all {
		if l.N != i {
			t.Errorf("%s is number %d; want %d", l.Slug, l.N, i)
		}
	}
}
