package handlers

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

const languageKey = "lang"

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

// inLanguage reads the language that pages have as their first path segment.
func (h *Handlers) inLanguage(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, lang := range i18n.Langs {
			if c.Param("lang") == string(lang) {
				c.Set(languageKey, lang)
				return next(c)
			}
		}
		return errNotFound
	}
}

// text returns the words for a request: in the language of its path, of the page
// it came from, or else the one its headers ask for.
func (h *Handlers) text(c echo.Context) *i18n.Text {
	if lang, ok := c.Get(languageKey).(i18n.Lang); ok {
		return h.Words.Text(lang)
	}
	if from, err := url.Parse(c.Request().Referer()); err == nil && from.Host == c.Request().Host {
		for _, lang := range i18n.Langs {
			if strings.HasPrefix(from.Path, "/"+string(lang)+"/") {
				return h.Words.Text(lang)
			}
		}
	}
	return h.Words.Text(h.Words.Match(c.Request().Header.Get("Accept-Language")))
}
