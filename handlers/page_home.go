package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/views"
)

// chooseLanguage sends a visitor of "/" to the language the browser asks for.
func (h *pages) chooseLanguage(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept-Language")
	lang := h.Words.Match(c.Request().Header.Get("Accept-Language"))
	return c.Redirect(http.StatusFound, "/"+string(lang)+"/")
}

// addSlash leads "/en" to "/en/".
func (h *pages) addSlash(c echo.Context) error {
	return c.Redirect(http.StatusPermanentRedirect, "/"+c.Param("lang")+"/")
}

// requireLanguage lets through paths that begin with a language.
func (h *pages) requireLanguage(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, ok := langOf(c.Request().URL.Path); !ok {
			return errNotFound
		}
		return next(c)
	}
}

// home says what this is.
func (h *pages) home(c echo.Context) error {
	s, err := h.findSeat(c)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, views.Home(views.HomePage{Page: h.page(c, ""), Started: s != nil}))
}
