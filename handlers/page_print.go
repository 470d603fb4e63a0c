package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/views"
)

// printed is how many steps a handout holds.
const printed = 60

// print shows a bench as a handout: its steps one after another, from ?from= on,
// by default from the first.
func (h *pages) print(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	steps := b.Steps()
	page := views.PrintPage{Page: h.benchPage(c, b), Bench: b.ID(), Total: len(steps)}
	from := 0
	if param := c.QueryParam("from"); param != "" {
		n, err := strconv.Atoi(param)
		if err != nil {
			return errNotFound
		}
		for from < len(steps) && steps[from].N < n {
			from++
		}
		if from == len(steps) {
			return errNotFound
		}
	}
	to := min(len(steps), from+printed)
	page.Next = neighbour(steps, to)
	if from > 0 {
		page.Prev = steps[max(0, from-printed)].N
	}
	for _, line := range steps[from:to] {
		s, err := b.Step(c.Request().Context(), line.N)
		if err != nil {
			return err
		}
		page.Steps = append(page.Steps, h.stepView(c, b, s))
	}
	return h.render(c, http.StatusOK, views.Print(page))
}
