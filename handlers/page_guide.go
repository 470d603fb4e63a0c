package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/advice"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// hint is what to try next on a bench.
func (h *pages) hint(t *i18n.Text, b *lab.Bench) views.Hint {
	s := b.Settings()
	p := h.Guide().Next(s.Mechanism, outsideRuns(b.Steps()))
	v := views.Hint{Done: p.Done, All: p.All, Away: b.HintsAway()}
	if p.Next == nil {
		v.Text = t.T(hintID(t, s.Mechanism, "recap"))
		return v
	}
	v.ID, v.Text = p.Next.ID, t.T(hintID(t, s.Mechanism, p.Next.ID))
	v.Press = p.Next.Acts[p.Acts].ID
	if len(p.Next.Acts) > 1 {
		for i, a := range p.Next.Acts {
			v.Acts = append(v.Acts, views.HintAct{Text: t.T("guide.act." + v.ID + "." + a.ID), Done: i < p.Acts})
		}
	}
	return v
}

// hintID names the words of a hint, which differ where a mechanism makes a difference.
func hintID(t *i18n.Text, mechanism, hint string) string {
	if id := "guide." + mechanism + "." + hint; t.Has(id) {
		return id
	}
	return "guide.next." + hint
}

// hints puts away what there is to try next, or brings it back, and goes back to the
// page where that was asked for.
func (h *pages) hints(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	said, err := field(c, "show", 64)
	if err != nil {
		return err
	}
	show, err := truth("show", said)
	if err != nil {
		return err
	}
	if err := h.Lab.PutHintsAway(c.Request().Context(), b, !show); err != nil {
		return err
	}
	return h.changed(c, map[string]bool{"hints_away": !show})
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
			Lane: string(w.Lane), Line: t.F("warn."+w.ID+".line", "Key", w.Key), Why: t.T("warn." + w.ID + ".why"), Try: h.tryWarning(t, w.ID),
		})
	}
	return all
}
