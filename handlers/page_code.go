package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// code shows, event by event, what Flask does there, and the lines of this program
// that made a step.
func (h *pages) code(c echo.Context) error {
	b, s, err := h.ownStep(c)
	if err != nil {
		return err
	}
	told := h.stepView(c, b, s)
	page := views.CodePage{Page: h.benchPage(c, b), Step: s.N, Op: told.Op, Untold: told.Untold, FlaskVersion: source.FlaskVersion}
	page.Lesson = h.backToLesson(c)
	page.StepTime = movedTime(told)
	if id := "code.flask_other." + s.Mechanism; h.text(c).Has(id) {
		page.FlaskOther = h.text(c).T(id)
	}
	for i, e := range s.Events {
		section, err := h.codeOf(e, s)
		if err != nil {
			return err
		}
		if section.Flask != nil || len(section.Excerpts) > 0 {
			section.N, section.Title = i+1, told.EventTitle(i)
			page.Sections = append(page.Sections, section)
		}
	}
	return h.render(c, http.StatusOK, views.Code(page))
}

// backToLesson is the part of a lesson that led to the page; "" for none.
func (h *pages) backToLesson(c echo.Context) string {
	l := h.lessonBy(c.QueryParam("lesson"))
	if l == nil {
		return ""
	}
	address := withPath(c, addressOf(c, l.Slug))
	if part := c.QueryParam("part"); slices.Contains(l.Parts(), part) {
		address = joined(address, url.Values{"part": {part}})
	}
	return address
}

// codeOf is the code of one event.
func (h *pages) codeOf(e step.Event, s *step.Step) (views.CodeSection, error) {
	var section views.CodeSection
	if x, ok := source.InFlask(e, s); ok {
		section.Flask = &views.Excerpt{File: x.File, Line: x.Line, HTML: x.HTML}
	}
	for _, symbol := range source.Of(e, s) {
		x, err := h.Source.Ran(symbol, e)
		if err != nil {
			return section, err
		}
		section.Excerpts = append(section.Excerpts, views.Excerpt{File: x.File, Line: x.Line, HTML: x.HTML})
	}
	return section, nil
}
