package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/seat"
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

// maxSeats is how many cookies may claim to be the seat.
const maxSeats = 8

// findSeat returns the seat of a request's cookies, nil if it has none. A program
// behind another port of this host can plant cookies of the same name: a seat that
// is in use counts before one that nobody has used.
func (h *core) findSeat(c echo.Context) (*seat.Seat, error) {
	r := c.Request()
	cookies := r.CookiesNamed(seatCookie(h.secure(r)))
	var unused *seat.Seat
	for _, cookie := range cookies[:min(len(cookies), maxSeats)] {
		switch s, ok, err := h.Seats.Find(r.Context(), cookie.Value); {
		case err != nil:
			return nil, err
		case ok && s.Stored():
			return s, nil
		case ok && unused == nil:
			unused = s
		}
	}
	return unused, nil
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
			s, cookie = h.Seats.Issue()
			h.setSeat(c, cookie)
		}
		infoOf(c).seat = s
		return next(c)
	}
}

// setSeat sets the seat's cookie; an empty value removes it.
func (h *pages) setSeat(c echo.Context, value string) {
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
