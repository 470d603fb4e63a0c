package handlers

import (
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

// stays are the fields of a bench's address that stay while the learner goes on: which
// browser acts, whose jar is beside its own, and whether the lecture note led here.
var stays = [...]string{"browser", "beside", "from"}

// staying are these fields of the page of the bench that a form was on, in that
// language; none where it was on another page.
func staying(c echo.Context, lang string) url.Values {
	kept := make(url.Values)
	from, ok := pageBefore(c)
	if !ok || from.Path != "/"+lang+"/lab" {
		return kept
	}
	for _, name := range stays {
		if value := from.Query().Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	return kept
}

// withStaying is a page of the bench with the fields that stay.
func withStaying(c echo.Context, page string) string {
	return joined(page, staying(c, c.Param("lang")))
}

// joined is an address with more fields.
func joined(page string, fields url.Values) string {
	switch {
	case len(fields) == 0:
		return page
	case strings.Contains(page, "?"):
		return page + "&" + fields.Encode()
	}
	return page + "?" + fields.Encode()
}
