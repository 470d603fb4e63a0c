package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

// loadExperiments returns the experiments of the course, and after them those without a
// mistake in a teacher's folder, unless that is "". What is wrong there is written to
// errs, a line for each mistake.
func loadExperiments(lessons string, errs io.Writer) ([]*experiment.Experiment, error) {
	all, problems := experiment.Load(course.Experiments())
	if len(problems) > 0 {
		return nil, errors.Join(problems...)
	}
	if lessons == "" {
		return all, nil
	}
	own, problems := experiment.LoadLessons(lessons, all)
	for _, p := range problems {
		fmt.Fprintln(errs, p)
	}
	return append(all, own...), nil
}

// checkLessons writes each mistake in a teacher's folder to out, and reports whether
// there is none.
func checkLessons(dir string, out io.Writer) (ok bool) {
	all, problems := experiment.Load(course.Experiments())
	own, mistakes := experiment.LoadLessons(dir, all)
	problems = append(problems, mistakes...)
	for _, p := range problems {
		fmt.Fprintln(out, p)
	}
	if len(problems) == 0 {
		fmt.Fprintf(out, "%d loaded, no mistake\n", len(own))
	}
	return len(problems) == 0
}
