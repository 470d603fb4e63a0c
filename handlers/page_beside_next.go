package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// whatNext is what the controls know: what the browsers hold now, and what has not been
// tried yet.
func (h *pages) whatNext(c echo.Context, trio trio, page *views.BesidePage) error {
	page.Press = "login"
	if trio.round > 0 {
		b := trio.columns[0].bench
		held := make(map[experiment.Sender]bool)
		for _, v := range b.Browsers() {
			held[experiment.Sender(v.Slot)] = b.Holds(v) != nil
		}
		page.Holds, page.HasCopy = held[experiment.ByBrowser], held[experiment.ByCopy]
		tried, n := make(map[step.Op]bool), 0
		for _, r := range trio.rounds {
			if r.By == experiment.ByBrowser {
				tried[r.Op], n = true, max(n, r.Steps[0])
			}
		}
		if n > 0 {
			s, err := b.Step(c.Request().Context(), n)
			if err != nil {
				return err
			}
			page.Session, page.Input = sessionNow(s), inputOf(s, page.Input)
		}
		found, err := experiment.Find(c.Request().Context(), b, newest(b))
		if err != nil {
			return err
		}
		page.Press = pressNext(page, tried, found)
	}
	page.Try = h.text(c).T("beside.try." + page.Press)
	return nil
}

// pressNext names the button to press next.
func pressNext(page *views.BesidePage, tried map[step.Op]bool, found experiment.Findings) string {
	switch {
	case found.Copy == experiment.Untried && page.HasCopy:
		return "copy"
	case page.Session.User == "" && !page.Holds && found.Copy == experiment.Untried:
		return "login"
	case !tried[step.OpSet]:
		return "set"
	case found.Changed == experiment.Untried && page.Holds:
		return "changed"
	case found.Copy == experiment.Untried:
		return "logout"
	}
	return "all"
}
