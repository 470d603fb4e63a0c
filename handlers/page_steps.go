package handlers

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// listed is how many steps a page of their list tells. Each is read from the state.
const listed = 40

// stepList lists the steps with what came of each: from ?from= on, or around ?step=,
// by default the latest. Programs get all of them, without the sentences.
func (h *pages) stepList(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	steps := byClient(clientFilter(c), b.Steps())
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, map[string]any{"steps": listOf(steps)})
	}
	page := views.StepsPage{Page: h.benchPage(c, b), Client: string(clientFilter(c))}
	from, err := firstListed(c, steps)
	if err != nil {
		return err
	}
	to := min(len(steps), from+listed)
	for _, line := range steps[from:to] {
		row, err := h.stepRow(c, b, line)
		if err != nil {
			return err
		}
		page.Rows = append(page.Rows, row)
	}
	rows := make([]*views.TimelineItem, len(page.Rows))
	for i := range page.Rows {
		rows[i] = &page.Rows[i].TimelineItem
	}
	entries := h.entries(c, b)
	page.Since = h.marks(c, b, entries, h.runsOn(c, b, entries), before(steps, from), steps[from:to], rows)
	page.Prev = partOf(steps[max(0, from-listed):from])
	page.Next = partOf(steps[to:min(len(steps), to+listed)])
	return h.render(c, http.StatusOK, views.StepList(page))
}

// stepRow tells one step in a line.
func (h *pages) stepRow(c echo.Context, b *lab.Bench, line step.Summary) (views.StepRow, error) {
	s, err := b.Step(c.Request().Context(), line.N)
	if err != nil {
		return views.StepRow{}, err
	}
	row := views.StepRow{TimelineItem: narrate.Item(h.text(c), line), Say: h.stepView(c, b, s).Result}
	row.Current = c.QueryParam("step") == strconv.Itoa(line.N)
	return row, nil
}

// firstListed is which of the steps the list begins with.
func firstListed(c echo.Context, steps []step.Summary) (int, error) {
	latest := max(0, len(steps)-listed)
	if param := c.QueryParam("from"); param != "" {
		return atLeast(steps, param)
	}
	if param := c.QueryParam("step"); param != "" {
		at, err := atLeast(steps, param)
		return max(0, min(at-listed/2, latest)), err
	}
	return latest, nil
}

// atLeast is which of the steps is the first whose number is at least the one named.
func atLeast(steps []step.Summary, number string) (int, error) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 {
		return 0, errNotFound
	}
	return indexOf(steps, n), nil
}

// indexOf is the index of the first of the steps whose number is at least n.
func indexOf(steps []step.Summary, n int) int {
	at, _ := slices.BinarySearchFunc(steps, n, func(s step.Summary, n int) int { return s.N - n })
	return at
}

// partOf is the first and the last of steps; 0 if there are none.
func partOf(steps []step.Summary) (part [2]int) {
	if len(steps) > 0 {
		part = [2]int{steps[0].N, steps[len(steps)-1].N}
	}
	return part
}
