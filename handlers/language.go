package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// chooseLanguage sends a visitor of "/" to the language the browser asks for.
func (h *Handlers) chooseLanguage(c echo.Context) error {
	c.Response().Header().Add("Vary", "Accept-Language")
	lang := h.Words.Match(c.Request().Header.Get("Accept-Language"))
	return c.Redirect(http.StatusFound, "/"+string(lang)+"/")
}

// addSlash leads "/en" to "/en/".
func (h *Handlers) addSlash(c echo.Context) error {
	return c.Redirect(http.StatusPermanentRedirect, "/"+c.Param("lang")+"/")
}

// inLanguage lets through what has a language as its first path segment.
func (h *Handlers) inLanguage(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, ok := langOf(c.Request().URL.Path); !ok {
			return errNotFound
		}
		return next(c)
	}
}

// langOf returns the language that a path begins with.
func langOf(path string) (i18n.Lang, bool) {
	for _, lang := range i18n.Langs {
		if strings.HasPrefix(path+"/", "/"+string(lang)+"/") {
			return lang, true
		}
	}
	return "", false
}

// text returns the words for a request: in the language of its path, of the page
// it came from, or else the one its headers ask for.
func (h *Handlers) text(c echo.Context) *i18n.Text {
	if lang, ok := langOf(c.Request().URL.Path); ok {
		return h.Words.Text(lang)
	}
	if from, err := url.Parse(c.Request().Referer()); err == nil && from.Host == c.Request().Host {
		if lang, ok := langOf(from.Path); ok {
			return h.Words.Text(lang)
		}
	}
	return h.Words.Text(h.Words.Match(c.Request().Header.Get("Accept-Language")))
}
