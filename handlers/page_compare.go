package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// compared is how many steps can be chosen of a long bench: the latest.
const compared = 500

// compare shows what two steps left, side by side: ?a= and ?b=, by default the
// last two.
func (h *pages) compare(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	page := views.ComparePage{Page: h.benchPage(c, b)}
	steps := b.Steps()
	if len(steps) < 2 && !c.QueryParams().Has("a") && !c.QueryParams().Has("b") {
		return h.render(c, http.StatusOK, views.Compare(page))
	}
	one, err := h.sideOf(c, b, "a", 2)
	if err != nil {
		return err
	}
	two, err := h.sideOf(c, b, "b", 1)
	if err != nil {
		return err
	}
	t, opt := h.text(c), h.narrateOptions(c, b, two)
	opt.Past = true // each side is what its own step left
	page.Untold = h.attempt(func() { page.Cookie, page.Record = narrate.Compare(t, one, two, opt) }, one, two)
	for i, s := range steps {
		ref := narrate.Ref(t, s, opt)
		if s.N == one.N {
			page.A = ref
			page.Prev[0] = neighbour(steps, i-1)
			page.Next[0] = neighbour(steps, i+1)
		}
		if s.N == two.N {
			page.B = ref
			page.Prev[1] = neighbour(steps, i-1)
			page.Next[1] = neighbour(steps, i+1)
		}
		if s.N == one.N || s.N == two.N || i >= len(steps)-compared {
			page.Steps = append(page.Steps, ref)
		}
	}
	for _, pair := range []*[2]int{&page.Prev, &page.Next} {
		if pair[0] == 0 || pair[1] == 0 {
			*pair = [2]int{}
		}
	}
	if one.ClientID != two.ClientID {
		page.Jars = t.F("compare.jars", "A", strconv.Itoa(one.N), "ClientA", page.A.Client, "B", strconv.Itoa(two.N), "ClientB", page.B.Client)
	}
	return h.render(c, http.StatusOK, views.Compare(page))
}

// sideOf returns the step that a parameter names, by default the nth from the end.
func (h *pages) sideOf(c echo.Context, b *lab.Bench, param string, fromEnd int) (*step.Step, error) {
	number := c.QueryParam(param)
	if steps := b.Steps(); number == "" && len(steps) > 0 {
		number = strconv.Itoa(steps[max(0, len(steps)-fromEnd)].N)
	}
	return h.stepOf(c, b, number)
}

// neighbour is the number of the step at an index, 0 if there is none.
func neighbour(steps []step.Summary, i int) int {
	if i < 0 || i >= len(steps) {
		return 0
	}
	return steps[i].N
}
