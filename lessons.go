package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/internal/advice"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lesson"
)

// A curriculum is what there is to learn by.
type curriculum struct {
	lessons     []*lesson.Lesson
	experiments []*experiment.Experiment
}

// loadCourse returns the lessons and the experiments of the course.
func loadCourse() (c curriculum, problems []error) {
	c.experiments, problems = experiment.Load(course.Experiments())
	lessons, wrong := lesson.Load(course.Lessons(), c.experiments)
	c.lessons = lessons
	return c, append(problems, wrong...)
}

// loadOwn returns those in a teacher's folder that have no mistake, and the mistakes in
// the others. The folder has experiments, lessons, or both.
func loadOwn(dir string, given curriculum) (own curriculum, problems []error) {
	experiments, lessons := isThere(dir, "experiments"), isThere(dir, "lessons")
	if !experiments && !lessons {
		what := "there must be a folder experiments or lessons here, with a folder for each"
		return own, []error{&lesson.Problem{File: dir, What: what}}
	}
	if experiments {
		own.experiments, problems = experiment.LoadLessons(dir, given.experiments)
	}
	if lessons {
		var wrong []error
		own.lessons, wrong = lesson.LoadLessons(dir, given.lessons, slices.Concat(given.experiments, own.experiments))
		problems = append(problems, wrong...)
	}
	return own, problems
}

// isThere reports whether there is something of that name in a folder. If that is no
// folder, it is told when it is read.
func isThere(dir, name string) bool {
	_, err := os.Lstat(filepath.Join(dir, name))
	return err == nil
}

// loadCurriculum returns the course, and after it what has no mistake in a teacher's
// folder. What is wrong there is written to errs, a line for each mistake.
func loadCurriculum(dir string, errs io.Writer) (curriculum, error) {
	all, problems := loadCourse()
	if len(problems) > 0 {
		return all, errors.Join(problems...)
	}
	own, problems := loadOwn(dir, all)
	for _, p := range problems {
		fmt.Fprintln(errs, p)
	}
	all.experiments = append(all.experiments, own.experiments...)
	all.lessons = append(all.lessons, own.lessons...)
	return all, nil
}

// newCurriculum returns what there is to learn by: with a teacher's folder at once, since
// its mistakes are to be told as the server starts. Without one, the course is loaded
// when a page first needs it: that takes longer than the rest of a start, and the
// program's own tests have found no mistake in it.
func newCurriculum(dir string, errs io.Writer) (func() curriculum, error) {
	if dir != "" {
		all, err := loadCurriculum(dir, errs)
		return func() curriculum { return all }, err
	}
	return sync.OnceValue(func() curriculum {
		all, problems := loadCourse()
		for _, p := range problems {
			fmt.Fprintln(errs, p)
		}
		return all
	}), nil
}

// newGuide returns the hints of the bench, which are loaded as the course is.
func newGuide(errs io.Writer) func() *advice.Guide {
	return sync.OnceValue(func() *advice.Guide {
		guide, err := advice.Load(course.Lessons(), course.HintsFile)
		if err != nil {
			fmt.Fprintln(errs, err)
			return new(advice.Guide)
		}
		return guide
	})
}

// checkLessons writes each mistake in a teacher's folder to out, and reports whether
// there is none.
func checkLessons(dir string, out io.Writer) (ok bool) {
	all, problems := loadCourse()
	own, mistakes := loadOwn(dir, all)
	problems = append(problems, mistakes...)
	for _, p := range problems {
		fmt.Fprintln(out, p)
	}
	if len(problems) == 0 {
		fmt.Fprintf(out, "%d loaded, no mistake\n", len(own.experiments)+len(own.lessons))
	}
	return len(problems) == 0
}
