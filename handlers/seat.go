package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/seat"
)

const seatKey = "seat"

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

// seated gives a visitor a seat, or finds the one he has.
func (h *Handlers) seated(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		s, err := h.seat(c)
		if err != nil {
			return err
		}
		if s == nil {
			var cookie string
			s, cookie = h.Seats.Issue()
			h.setSeat(c, cookie, s.Issued)
		}
		c.Set(seatKey, s)
		return next(c)
	}
}

// seat returns the seat of a request's cookie, nil if it has none.
func (h *Handlers) seat(c echo.Context) (*seat.Seat, error) {
	cookie, err := c.Cookie(seatCookie(h.secure(c.Request())))
	if err != nil {
		return nil, nil
	}
	s, ok, err := h.Seats.Find(c.Request().Context(), cookie.Value)
	if err != nil || !ok {
		return nil, err
	}
	return s, nil
}

// owns reports whether the request brought the seat whose bench this is.
func (h *Handlers) owns(c echo.Context, bench string) (bool, error) {
	s, err := h.seat(c)
	return s != nil && h.Seats.BenchID(s) == bench, err
}

// setSeat sets the seat's cookie; an empty value removes it.
func (h *Handlers) setSeat(c echo.Context, value string, issued time.Time) {
	secure := h.secure(c.Request())
	cookie := &http.Cookie{
		Name: seatCookie(secure), Value: value, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure, MaxAge: -1,
	}
	if value != "" {
		cookie.MaxAge = int(h.Seats.Lifetime().Seconds())
	}
	c.SetCookie(cookie)
}
