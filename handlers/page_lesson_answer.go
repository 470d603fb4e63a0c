package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// predict keeps what the learner predicts, or that they skip it. Once the result is
// there, it is too late.
func (h *pages) predict(c echo.Context) error {
	v, err := h.begunLesson(c)
	if err != nil {
		return err
	}
	id, err := field(c, "question", 64)
	if err != nil {
		return err
	}
	q, ok := v.l.Question(id)
	if !ok {
		return unknownValue("question", id)
	}
	a, err := answerOf(c, q)
	if err != nil {
		return err
	}
	if v.progress.Shown[q.ID] {
		return errRevealed
	}
	err = v.keep(func(k *lesson.Kept) {
		if k.Answers == nil {
			k.Answers = make(map[string]lesson.Answer)
		}
		a.Step, a.Entry = newest(v.bench), v.newestEntry()
		if was := v.kept.Answers[q.ID]; v.answered(q.ID) {
			a.Step, a.Entry = was.Step, was.Entry
		}
		k.Answers[q.ID], k.Part = a, q.ID+"."+lesson.Do
	})
	if err != nil {
		return err
	}
	return h.changedLesson(c, 0)
}

// answerOf is what a form predicts. Whoever skips may have chosen something before.
func answerOf(c echo.Context, q lesson.Question) (a lesson.Answer, err error) {
	skip, err := flag(c, "skip")
	if err != nil || skip {
		return lesson.Answer{Skipped: skip}, err
	}
	if a.Choice, err = field(c, "answer", 8); err != nil {
		return a, err
	}
	if !slices.ContainsFunc(q.Choices, func(each lesson.Choice) bool { return each.ID == a.Choice }) {
		return a, unknownValue("answer", a.Choice)
	}
	return a, nil
}

// goToPart notes at which part the learner is. Whoever comes to the end with all
// questions answered has done the lesson.
func (h *pages) goToPart(c echo.Context) error {
	v, err := h.begunLesson(c)
	if err != nil {
		return err
	}
	part, err := field(c, "part", 64)
	if err != nil {
		return err
	}
	if !v.open(part) {
		return unknownValue("part", part)
	}
	unanswered := slices.ContainsFunc(v.l.Questions, func(q lesson.Question) bool { return !v.answered(q.ID) && !v.progress.Shown[q.ID] })
	err = v.keep(func(k *lesson.Kept) {
		k.Part, k.Entry = part, v.newestEntry()
		k.Done = k.Done || part == lesson.Take && !unanswered
	})
	if err != nil {
		return err
	}
	return h.changedLesson(c, 0)
}

// begunLesson is the state of a lesson that has begun.
func (h *pages) begunLesson(c echo.Context) (*lessonView, error) {
	v, err := h.lessonView(c)
	if err == nil && !v.kept.Under() {
		err = errNotBegun
	}
	return v, err
}
