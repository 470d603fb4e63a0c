package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/views"
)

// What the bench fetches when it is unfolded, as pages.

// transcript shows a step in words.
func (h *pages) transcript(c echo.Context) error {
	b, s, err := h.ownStep(c)
	if err != nil {
		return err
	}
	told := h.stepView(c, b, s)
	page := views.Lab{Page: h.benchPage(c, b), Step: &told}
	page.StepTime = movedTime(told)
	return h.render(c, http.StatusOK, views.Transcript(page))
}

// terminal shows how to reach the app from elsewhere.
func (h *pages) terminal(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.Terminal(views.TerminalPage{Page: h.benchPage(c, b), AppURL: h.origin(c.Request()) + b.Path()}))
}

// clockForms shows all moves of the clock.
func (h *pages) clockForms(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.ClockForms(h.benchPage(c, b)))
}

// keys lists the keys of the bench.
func (h *pages) keys(c echo.Context) error {
	return h.render(c, http.StatusOK, views.Keys(h.page(c, "")))
}

// openBrowserForm shows the form that opens a virtual browser.
func (h *pages) openBrowserForm(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	page := views.Lab{Page: h.benchPage(c, b)}
	if err := h.who(c, b, nil, &page); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.OpenBrowser(page))
}
