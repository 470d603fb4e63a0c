package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// seatCookie is the name of the product's own session cookie. Over https the
// prefix has the browser vouch for how it was set.
func seatCookie(secure bool) string {
	if secure {
		return "__Host-seat"
	}
	return "seat"
}

// private tells the product's own cookies from the app's.
func private(cookie string) bool {
	return cookie == seatCookie(true) || cookie == seatCookie(false)
}

// findSeat returns the seat of a request's cookie, nil if it has none.
func (h *core) findSeat(c echo.Context) (*lab.Sitting, error) {
	cookie, err := c.Cookie(seatCookie(h.secure(c.Request())))
	if err != nil {
		return nil, nil
	}
	s, ok, err := h.Lab.Sit(c.Request().Context(), cookie.Value)
	if err != nil || !ok {
		return nil, err
	}
	return s, nil
}

// withSeat gives a visitor without a seat a new one.
func (h *pages) withSeat(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		s, err := h.findSeat(c)
		if err != nil {
			return err
		}
		if s == nil {
			var cookie string
			s, cookie = h.Lab.NewSitting()
			h.setSeat(c, cookie, s.Issued)
		}
		infoOf(c).seat = s
		return next(c)
	}
}

// setSeat sets the seat's cookie; an empty value removes it.
func (h *pages) setSeat(c echo.Context, value string, issued time.Time) {
	secure := h.secure(c.Request())
	cookie := &http.Cookie{
		Name: seatCookie(secure), Value: value, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure, MaxAge: -1,
	}
	if value != "" {
		cookie.MaxAge = int(h.Lab.SeatLifetime().Seconds())
	}
	c.SetCookie(cookie)
}
