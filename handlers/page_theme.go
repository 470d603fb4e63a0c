package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// theme remembers a visitor's choice of theme, and goes back to the page it was
// made on.
func (h *pages) theme(c echo.Context) error {
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
		return badChoice("theme", "auto, light, dark")
	}
	c.SetCookie(cookie)
	return c.Redirect(http.StatusSeeOther, backTo(c, "/"+c.Param("lang")+"/"))
}

// backTo is the page that a form names as the one it was on, or else another.
func backTo(c echo.Context, otherwise string) string {
	back, err := field(c, "back", 512)
	if err != nil || !local(back) {
		return otherwise
	}
	return back
}

// local reports whether an address is a path on this server, and leads nowhere
// else.
func local(path string) bool {
	odd := func(r rune) bool { return r == '\\' || r < ' ' || r == 0x7f }
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsFunc(path, odd)
}
