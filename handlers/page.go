package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/views"
)

// page is what all pages have in common. An empty path stands for the one that
// was asked for.
func (h *core) page(c echo.Context, path string) views.Page {
	t := h.text(c)
	query := ""
	if path == "" {
		path = strings.TrimPrefix(c.Request().URL.Path, "/"+string(t.Lang()))
		if c.Request().URL.RawQuery != "" {
			query = "?" + c.Request().URL.RawQuery
		}
	}
	if _, ok := langOf(c.Request().URL.Path); !ok || c.Request().Method != http.MethodGet {
		path, query = "/", "" // no page of that address in any language
	}
	return views.Page{Text: t, Asset: h.Assets.URL, Path: path, Query: query, Theme: theme(c.Request())}
}

const themeCookie = "theme"

// theme returns the theme a visitor chose.
func theme(r *http.Request) string {
	if c, err := r.Cookie(themeCookie); err == nil && (c.Value == "light" || c.Value == "dark") {
		return c.Value
	}
	return "auto"
}
