package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/views"
)

// page is what all pages have in common. An empty path stands for the one that
// was asked for.
func (h *Handlers) page(c echo.Context, path string) views.Page {
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

// theme remembers a visitor's choice of theme, and goes back to the page it was
// made on.
func (h *Handlers) theme(c echo.Context) error {
	choice, err := field(c, "theme", 8)
	if err != nil {
		return err
	}
	cookie := &http.Cookie{
		Name: themeCookie, Value: choice, Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: h.secure(c.Request()),
	}
	switch choice {
	case "auto":
		cookie.Value, cookie.MaxAge = "", -1
	case "light", "dark":
	default:
		return &problem{status: http.StatusBadRequest, code: "bad_form"}
	}
	c.SetCookie(cookie)
	back, err := field(c, "back", 512)
	if err != nil || !local(back) {
		back = "/" + c.Param("lang") + "/"
	}
	return c.Redirect(http.StatusSeeOther, back)
}

// local reports whether an address is a path on this server, and leads nowhere
// else.
func local(path string) bool {
	odd := func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsFunc(path, odd)
}

// home says what this is.
func (h *Handlers) home(c echo.Context) error {
	s, err := h.seat(c)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.Home(views.HomePage{Page: h.page(c, ""), Started: s != nil}))
}
