package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// teaching shows what the authors of the lessons on a path say to whoever teaches them.
func (h *pages) teaching(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	page := &views.TeachingPage{Page: h.benchPage(c, b), Map: withPath(c, "/course")}
	for _, l := range h.Lessons() {
		if path := pathOf(c); path != "" && !onPath(l, path) {
			continue
		}
		words := l.Words[c.Param("lang")]
		v := &lessonView{pages: h, c: c, bench: b, l: l, w: words, t: h.text(c), progress: l.Follow(nil, nil, nil, lesson.Began{})}
		x := &lessonText{lessonView: v, base: v.base()}
		page.Lessons = append(page.Lessons, views.TeachingNotes{
			N: l.N, Minutes: l.Minutes, Title: words.Title, Question: words.Question, Project: h.projected(c, l), Blocks: x.blocks(words.Teacher),
		})
	}
	return h.render(c, http.StatusOK, views.Teaching(page))
}
