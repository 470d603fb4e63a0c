package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/advice"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// hint is what to try next on a bench with these steps.
func hint(t *i18n.Text, s lab.Settings, steps []step.Summary) views.Hint {
	next, done := advice.Next(steps)
	if next == "" {
		recap := "guide.recap"
		if s.Mechanism != step.MechanismServer {
			recap = "guide.recap_carried"
		}
		return views.Hint{Text: t.T(recap), Done: done, All: len(advice.Deeds)}
	}
	id := "guide.next." + string(next)
	if carried := "guide.carried." + string(next); s.Mechanism != step.MechanismServer && t.Has(carried) {
		id = carried
	}
	return views.Hint{Deed: string(next), Text: t.T(id), Done: done, All: len(advice.Deeds)}
}

// warnings are the risks of the settings in force and of what a step left in the
// session.
func (h *pages) warnings(c echo.Context, s lab.Settings, recorded *step.Step) []views.Warning {
	t := h.text(c)
	var all []views.Warning
	for _, w := range advice.Warnings(advice.Situation{
		Settings: s, Values: valuesOf(recorded.After), HTTPS: h.secure(c.Request()), Host: c.Request().Host,
	}) {
		all = append(all, views.Warning{
			Lane: string(w.Lane), Line: t.F("warn."+w.ID+".line", "Key", w.Key), Why: t.T("warn." + w.ID + ".why"),
		})
	}
	return all
}
