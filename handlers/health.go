package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// healthy says that the process serves, whatever its stores do.
func (h *pages) healthy(c echo.Context) error {
	return c.String(http.StatusOK, "ok\n")
}

// ready says whether all stores do.
func (h *pages) ready(c echo.Context) error {
	if err := h.Ready(c.Request().Context()); err != nil {
		h.Log.Warn("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "not ready\n"+h.missing(err))
	}
	return c.String(http.StatusOK, "ok\n")
}

// missing says, a line each, which stores are away and why; or if it is none of
// them, why what they are beside is.
func (h *pages) missing(err error) string {
	t, lines := h.Words.Text(i18n.En), ""
	for _, store := range h.Lab.StoreNames() {
		if away := h.away(t, store); away != "" {
			lines += away + "\n"
		}
	}
	if lines == "" {
		lines = why(t, h.State, err) + "\n"
	}
	return lines
}
