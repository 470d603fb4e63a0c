package handlers

import (
	"math"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// courseLessonJSON is a lesson in the list of the course.
type courseLessonJSON struct {
	N           int                    `json:"n"` // from 0
	Slug        string                 `json:"slug"`
	Title       string                 `json:"title"`
	Minutes     int                    `json:"minutes"`
	State       views.LessonState      `json:"state"`
	Predictions []coursePredictionJSON `json:"predictions"`
	Goals       []courseGoalJSON       `json:"goals"`
}

// coursePredictionJSON is a question to predict. The answer is null until one was given,
// and so is whether it was right until that is known.
type coursePredictionJSON struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Answer *string `json:"answer"`
	Right  *bool   `json:"right"`
}

// courseGoalJSON is a goal of a lesson.
type courseGoalJSON struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	Done bool   `json:"done"`
}

// courseJSON lists the lessons. Of those under way it tells what the bench's steps show
// by now, seen on a page or not.
func (h *pages) courseJSON(c echo.Context, b *lab.Bench, kept lesson.Course) ([]courseLessonJSON, error) {
	ctx := c.Request().Context()
	entries, err := b.Entries(ctx)
	if err != nil {
		return nil, err
	}
	all, bench := []courseLessonJSON{}, follow(b, entries)
	for _, l := range h.Lessons() {
		k := kept[l.Slug]
		p, err := bench.progress(ctx, l, k, math.MaxInt)
		if err != nil {
			return nil, err
		}
		all = append(all, lessonListed(l, k, p, c.Param("lang")))
	}
	return all, nil
}

func lessonListed(l *lesson.Lesson, k lesson.Kept, p *lesson.Progress, lang string) courseLessonJSON {
	w := l.Words[lang]
	told := courseLessonJSON{
		N: l.N, Slug: l.Slug, Title: w.Title, Minutes: l.Minutes, State: lessonState(k),
		Predictions: []coursePredictionJSON{}, Goals: []courseGoalJSON{},
	}
	for _, q := range l.Questions {
		asked := coursePredictionJSON{ID: q.ID, Text: w.Parts[q.ID+"."+lesson.Predict].Ask.Plain(nil)}
		if a := k.Answers[q.ID]; a.Choice != "" {
			asked.Answer, asked.Right = &a.Choice, a.Right
			if right, shown := p.Right[q.ID][a.Choice]; shown && a.Right == nil {
				asked.Right = &right
			}
		}
		told.Predictions = append(told.Predictions, asked)
	}
	for _, g := range l.Goals {
		_, was := k.Goals[g.ID]
		_, is := p.Goals[g.ID]
		told.Goals = append(told.Goals, courseGoalJSON{g.ID, w.Goals[g.ID].Text.Plain(nil), was || is})
	}
	return told
}
