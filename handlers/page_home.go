package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/reading"
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

// home has a visitor log in on a bench of their own. A visit stores nothing: the
// bench is stored at its first step.
func (h *pages) home(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	page := views.HomePage{
		Page: h.page(c, ""), App: b.Path(), InJar: reading.InCookie(b.Settings().Mechanism),
		Course: *h.courseMap(c, h.courseOf(b), pathAll), Why: h.lessonLink(c, lessonLogin),
	}
	if s, err := h.stepOf(c, b, c.QueryParam("step")); err == nil {
		if told := h.stepView(c, b, s); told.Untold == nil {
			page.Step = &told
		}
	}
	return h.render(c, http.StatusOK, views.Home(page))
}
