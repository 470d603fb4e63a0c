package handlers

import (
	"cmp"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// pair shows a second jar beside that of the chosen browser, as it is now: the one that
// ?beside= names. Two jars stay two from step to step: if that browser is the chosen one
// by now, another takes its place.
func (h *pages) pair(c echo.Context, b *lab.Bench, s *step.Step, all []lab.Browser, v *views.Lab) error {
	id := c.QueryParam("beside")
	switch {
	case id == "":
		return nil
	case v.Who.Chosen == nil && id == views.You, v.Who.Chosen != nil && id == v.Who.Chosen.ID:
		id = v.Who.Partner()
	}
	if id == views.You {
		pane, _, err := h.ownPane(c, b)
		v.Who.Beside = &views.Browser{ID: views.You, Pane: pane}
		return err
	}
	for i, each := range all {
		if each.ID != id {
			continue
		}
		second := v.Who.Others[i]
		second.Now = true
		second.Pane = narrate.Jar(h.text(c), b.Holds(each), h.narrateOptions(c, b, cmp.Or(s, &step.Step{})))
		v.Who.Beside = &second
	}
	return nil
}
