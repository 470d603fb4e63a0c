package handlers

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

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
func (h *core) text(c echo.Context) *i18n.Text {
	if lang, ok := langOf(c.Request().URL.Path); ok {
		return h.Words.Text(lang)
	}
	if from, ok := pageBefore(c); ok {
		if lang, ok := langOf(from.Path); ok {
			return h.Words.Text(lang)
		}
	}
	return h.Words.Text(h.Words.Match(c.Request().Header.Get("Accept-Language")))
}

// pageBefore is the page of this server that a request came from, if it says so.
func pageBefore(c echo.Context) (from *url.URL, ok bool) {
	from, err := url.Parse(c.Request().Referer())
	return from, err == nil && from.Host == c.Request().Host
}
