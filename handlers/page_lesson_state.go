package handlers

import (
	"maps"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A lessonView is a lesson as it is on a bench.
type lessonView struct {
	*pages
	c        echo.Context
	bench    *lab.Bench
	l        *lesson.Lesson
	w        *lesson.Words
	t        *i18n.Text
	course   lesson.Course // all that is kept
	kept     lesson.Kept   // of this lesson
	steps    []*step.Step  // since it began, without those of experiments
	entries  []step.Entry  // of the bench: what happened between its steps
	progress *lesson.Progress
}

// lessonView follows the lesson that the path names by the steps of the visitor's
// bench.
func (h *pages) lessonView(c echo.Context) (*lessonView, error) {
	b, l, err := h.ownLesson(c)
	if err != nil {
		return nil, err
	}
	course, err := lesson.ReadCourse(b.Course())
	if err != nil {
		return nil, err
	}
	v := &lessonView{pages: h, c: c, bench: b, l: l, w: l.Words[c.Param("lang")], t: h.text(c), course: course, kept: course[l.Slug]}
	if !v.kept.Under() {
		v.progress = l.Follow(nil, nil, nil, lesson.Began{})
		return v, nil
	}
	v.entries, err = b.Entries(c.Request().Context())
	if err == nil {
		v.steps, err = follow(b, v.entries).between(c.Request().Context(), v.kept.Began.Step, newest(b))
	}
	v.progress = l.Follow(v.steps, v.entries, v.kept.LessonBrowsers(), v.kept.Began)
	return v, err
}

// step is a step of the lesson by its number, nil for none.
func (v *lessonView) step(n int) *step.Step {
	i := slices.IndexFunc(v.steps, func(s *step.Step) bool { return s.N == n })
	if i < 0 {
		return nil
	}
	return v.steps[i]
}

// answered reports whether a question was answered, or skipped.
func (v *lessonView) answered(question string) bool {
	a := v.kept.Answers[question]
	return a.Choice != "" || a.Skipped
}

// locked reports whether the questions that an act belongs to are all still to be
// answered.
func (v *lessonView) locked(act string) bool {
	some := false
	for _, q := range v.l.Questions {
		if !slices.Contains(q.Acts, act) {
			continue
		}
		if v.answered(q.ID) || v.progress.Shown[q.ID] {
			return false
		}
		some = true
	}
	return some
}

// over reports whether browsers that the lesson opened are gone, as they are once another
// lesson has begun: what they do in this one cannot be done any more.
func (v *lessonView) over() bool {
	for _, id := range v.kept.Browsers {
		if _, err := v.bench.Browser(id); err != nil {
			return true
		}
	}
	return false
}

// note keeps what the steps have shown since the page was last asked for: the map of the
// course goes by that. It is found again as long as the steps are there, so a state that
// cannot be written keeps nobody from reading.
func (v *lessonView) note() {
	if !v.kept.Under() || v.noted() {
		return
	}
	err := v.keep(func(k *lesson.Kept) {
		k.Goals, k.Done = v.progress.Goals, k.Done || v.ended()
		for q, a := range k.Answers {
			a.Right = v.right(q, a)
			k.Answers[q] = a
		}
		v.kept = *k
	})
	if err != nil && err != errBegunAgain {
		v.Log.Warn("progress of a lesson not stored", "error", err)
	}
}

// noted reports whether what the steps show is kept already.
func (v *lessonView) noted() bool {
	for q, a := range v.kept.Answers {
		if right := v.right(q, a); (right == nil) != (a.Right == nil) || right != nil && *right != *a.Right {
			return false
		}
	}
	return (v.kept.Done || !v.ended()) && maps.Equal(v.kept.Goals, v.progress.Goals)
}

// ended reports whether the end of the lesson is being read with all goals reached, which
// completes it however the learner came there.
func (v *lessonView) ended() bool {
	part, _ := v.chosenPart()
	return part == lesson.Take && !slices.Contains(v.beads(), false)
}

// right reports whether an answer is what happened; nil if that is not known yet, or if
// nothing was predicted.
func (v *lessonView) right(question string, a lesson.Answer) *bool {
	if a.Choice == "" || !v.progress.Shown[question] {
		return nil
	}
	right := v.progress.Right[question][a.Choice]
	return &right
}
