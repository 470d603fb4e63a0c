package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// code shows, event by event, the lines of this program that made a step, and
// the same operation in Flask.
func (h *pages) code(c echo.Context) error {
	b, s, err := h.ownStep(c)
	if err != nil {
		return err
	}
	told := h.stepView(c, b, s)
	page := views.CodePage{Page: h.benchPage(c, b), Step: s.N, Op: told.Op, Untold: told.Untold}
	page.StepTime = movedTime(told)
	for i, e := range s.Events {
		section, err := h.codeOf(e, s)
		if err != nil {
			return err
		}
		if len(section.Excerpts) > 0 {
			section.N, section.Title = i+1, told.EventTitle(i)
			page.Sections = append(page.Sections, section)
		}
	}
	return h.render(c, http.StatusOK, views.Code(page))
}

// codeOf is the code of one event.
func (h *pages) codeOf(e step.Event, s *step.Step) (views.CodeSection, error) {
	var section views.CodeSection
	for _, symbol := range source.Of(e, s) {
		x, err := h.Source.Excerpt(symbol)
		if err != nil {
			return section, err
		}
		section.Excerpts = append(section.Excerpts, views.Excerpt{File: x.File, Line: x.Line, HTML: x.HTML})
	}
	if flask, ok := source.Flask(step.Op(e.Why)); ok && e.Kind == step.CodeRan {
		section.Flask = source.ColourPython(flask)
	}
	return section, nil
}
