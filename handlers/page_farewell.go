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
// good. The button on the page posts to the same address, as programs do at once.
func (h *pages) askFirst(way string) echo.HandlerFunc {
	return func(c echo.Context) error {
		b, err := h.own(c)
		if err != nil {
			return err
		}
		settings := b.Settings()
		usage, err := b.Usage(c.Request().Context())
		if err != nil { // it can be left all the same
			h.Log.Warn("store unavailable", "store", settings.Store, "error", err)
		}
		changed := changedSettings(settings, h.text(c))
		return h.render(c, http.StatusOK, views.Farewell(views.FarewellPage{
			Page: h.page(c, ""), Way: way,
			Address: h.origin(c.Request()) + b.Path(), Steps: len(b.Steps()), Sessions: usage.Sessions,
			Uncounted: err != nil, Carried: settings.Mechanism != step.MechanismServer,
			Changed: len(changed), Settings: strings.Join(changed, h.text(c).T("farewell.comma")),
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
