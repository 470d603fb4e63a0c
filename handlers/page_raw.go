package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/views"
)

// raw shows a step's request and response as they were, with the cookie headers
// taken apart.
func (h *pages) raw(c echo.Context) error {
	b, s, err := h.ownStep(c)
	if err != nil {
		return err
	}
	words := h.stepView(c, b, s)
	page := views.RawPage{
		Page: h.page(c, ""), N: s.N, Op: words.Op, Title: words.Title,
		Request: words.Request, Response: words.Response, Masked: words.Masked,
	}
	page.Sent, page.Set = narrate.CookieHeaders(h.text(c), s, ours)
	return h.render(c, http.StatusOK, views.Raw(page))
}

// ours reports whether a cookie is the product's and not the app's.
func ours(cookie string) bool { return private(cookie) || cookie == themeCookie }
