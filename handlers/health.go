package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// healthy says that the process serves requests, even if its stores do not answer.
func (h *pages) healthy(c echo.Context) error {
	return c.String(http.StatusOK, "ok\n")
}

// ready says whether all stores answer.
func (h *pages) ready(c echo.Context) error {
	if err := h.Ready(c.Request().Context()); err != nil {
		h.Log.Warn("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "not ready\n"+h.missing(err))
	}
	return c.String(http.StatusOK, "ok\n")
}

// missing says, one line per store, which stores are unavailable and why. If all
// stores answer, the fault is in the product's own state.
func (h *pages) missing(err error) string {
	t, lines := h.Words.Text(i18n.En), ""
	for _, store := range h.Lab.StoreNames() {
		if away := h.away(t, store); away != "" {
			lines += away + "\n"
		}
	}
	if lines == "" {
		lines = faultSentence(t, h.State, err) + "\n"
	}
	return lines
}
