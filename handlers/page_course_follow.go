package handlers

import (
	"context"
	"errors"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// courseOf is what is kept of a bench's way through the lessons. What cannot be read is
// logged, and the course begins anew: no page is lost for it.
func (h *pages) courseOf(b *lab.Bench) lesson.Course {
	kept, err := lesson.ReadCourse(b.Course())
	if err != nil {
		h.Log.Warn("lessons of a bench not read", "error", err)
		return make(lesson.Course)
	}
	return kept
}

// A follower tells how far a bench got in lessons. It reads each step once, however many
// lessons it counts in.
type follower struct {
	bench   *lab.Bench
	entries []step.Entry
	read    map[int]*step.Step // by their numbers
}

func follow(b *lab.Bench, entries []step.Entry) *follower {
	return &follower{bench: b, entries: entries, read: make(map[int]*step.Step)}
}

// progress is how far the bench got in a lesson by its steps up to the one numbered last.
// In a lesson that never began no step counts.
func (f *follower) progress(ctx context.Context, l *lesson.Lesson, k lesson.Kept, last int) (*lesson.Progress, error) {
	if !k.Under() {
		return l.Follow(nil, nil, nil, lesson.Began{}), nil
	}
	steps, err := f.between(ctx, k.Began.Step, last)
	if err != nil {
		return nil, err
	}
	return l.Follow(steps, f.entries, k.LessonBrowsers(), k.Began), nil
}

// between are the steps of the bench after one and up to another, by their numbers,
// without those of experiments. Those that are no longer kept are left out.
func (f *follower) between(ctx context.Context, after, last int) (steps []*step.Step, err error) {
	for _, line := range f.bench.Steps() {
		if line.N <= after || line.N > last || line.Run != 0 {
			continue
		}
		s := f.read[line.N]
		if s == nil {
			s, err = f.bench.Step(ctx, line.N)
			if errors.Is(err, lab.ErrUnknown) {
				continue
			}
			if err != nil {
				return nil, err
			}
			f.read[line.N] = s
		}
		steps = append(steps, s)
	}
	return steps, nil
}

// lessonBy is the lesson of that slug, nil for none.
func (h *core) lessonBy(slug string) *lesson.Lesson {
	for _, l := range h.Lessons() {
		if l.Slug == slug {
			return l
		}
	}
	return nil
}

// lessonLink leads to a lesson. It is zero if there is none of that slug.
func (h *pages) lessonLink(c echo.Context, slug string) views.LessonLink {
	l := h.lessonBy(slug)
	if l == nil {
		return views.LessonLink{}
	}
	return views.LessonLink{N: l.N, Slug: slug, Title: l.Words[c.Param("lang")].Title}
}

// lessonsOfNote are the goals that have a learner do what a point of the lecture note
// says, each with the part of a lesson that asks for it.
func (h *pages) lessonsOfNote(c echo.Context, point int) (all []views.LessonLink) {
	for _, l := range h.Lessons() {
		for _, g := range l.Goals {
			for _, n := range g.Notes {
				if n != point {
					continue
				}
				link := h.lessonLink(c, l.Slug)
				link.Part = g.Part + "." + lesson.Predict
				link.Goal = l.Words[c.Param("lang")].Goals[g.ID].Text.Plain(nil)
				all = append(all, link)
			}
		}
	}
	return all
}
