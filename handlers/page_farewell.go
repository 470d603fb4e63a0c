package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// askFirst shows what is lost with a bench before it is left, by a new one or for
// good. The button on the page posts to the same address, as programs do at once:
// for them there is nothing to get here.
func (h *pages) askFirst(way string) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Add("Vary", "Accept")
		if !wantsHTML(c.Request()) {
			c.Response().Header().Set("Allow", http.MethodPost)
			return &problem{status: http.StatusMethodNotAllowed, code: "method_not_allowed"}
		}
		b, err := h.own(c)
		if err != nil {
			return err
		}
		settings := b.Settings()
		usage, err := b.Usage(c.Request().Context())
		if err != nil { // it can be left all the same
			h.Log.Warn("store unavailable", "store", settings.Store, "error", err)
		}
		t := h.text(c)
		changed := changedSettings(settings, t)
		return h.render(c, http.StatusOK, views.Farewell(views.FarewellPage{
			Page: h.benchPage(c, b), Way: way,
			Title: t.T("farewell." + way + ".title"), Lead: t.T("farewell." + way + ".lead"), Do: t.T("farewell." + way + ".do"),
			Address: h.origin(c.Request()) + b.Path(), Steps: len(b.Steps()), Sessions: usage.Sessions,
			Uncounted: err != nil, Carried: settings.Mechanism != step.MechanismServer,
			Changed: len(changed), Settings: strings.Join(changed, t.T("farewell.comma")),
		}))
	}
}

// changedSettings names the settings that are not as on a new bench. The secret key,
// which is another on each, is none of them.
func changedSettings(s lab.Settings, t *i18n.Text) (names []string) {
	usual := lab.DefaultSettings(s.SecretKey)
	for _, row := range lab.Table {
		if row.Text(s) != row.Text(usual) {
			names = append(names, t.T("setting."+row.Name+".name"))
		}
	}
	return names
}
