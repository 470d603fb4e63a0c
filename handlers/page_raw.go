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
	told := h.stepView(c, b, s)
	page := views.RawPage{
		Page: h.benchPage(c, b), N: s.N, Op: told.Op, Title: told.Title,
		Request: told.Request, Response: told.Response, Masked: told.Masked,
		Curl: told.Curl, NoCurl: told.NoCurl, CurlNote: told.CurlNote,
		Untold: told.Untold,
	}
	page.StepTime = movedTime(told)
	if page.Untold == nil {
		page.Untold = h.attempt(func() { page.Sent, page.Set = narrate.CookieHeaders(h.text(c), s, ours) }, s)
	}
	h.tryPieces(h.text(c), page.Set)
	return h.render(c, http.StatusOK, views.Raw(page))
}

// ours reports whether a cookie is the product's and not the app's.
func ours(cookie string) bool { return private(cookie) || cookie == themeCookie }
