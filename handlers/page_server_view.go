package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// serverPage shows what an operator can do to the app's server, or its settings as JSON.
func (h *pages) serverPage(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept")
	s := b.Settings()
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, s)
	}
	t := h.text(c)
	page := views.ServerPage{
		Page: h.benchPage(c, b), Name: t.T("server.workers." + s.Workers),
		Records: t.F("server.records."+recordsAt(s), "Store", t.T("location.name."+s.Store)),
		Said:    h.done(c, b, h.entries(c, b)),
		Workers: h.workerSettings(c, s),
	}
	if n := len(s.FallbackKeys); n > 0 {
		page.Older = t.N("server.older", n)
	}
	return h.render(c, http.StatusOK, views.Server(page))
}

// recordsAt says in a word where a restart finds the sessions: in "memory", in another
// "store", or in "cookies".
func recordsAt(s lab.Settings) string {
	switch {
	case s.Mechanism != step.MechanismServer:
		return "cookies"
	case s.Store == "memory":
		return "memory"
	}
	return "store"
}

// workerSettings are the settings of the server's processes: how many there are and, of
// two, what they share.
func (h *pages) workerSettings(c echo.Context, s lab.Settings) (all []views.ServerSetting) {
	for _, row := range lab.Table {
		switch row.Name {
		case "worker_keys", "worker_memory":
			if s.Workers == "1" {
				continue
			}
		case "workers":
		default:
			continue
		}
		v := h.settingView(row, s, h.text(c))
		all = append(all, views.ServerSetting{Field: v.Field, Name: v.Name, Note: v.Note, Choices: v.Choices})
	}
	return all
}
