package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// movedClock is what the bench's clock shows after a move.
type movedClock struct {
	lab.Clock
	SessionsEnded bool `json:"sessions_ended,omitempty"` // it went back to real time
}

// clock moves the bench's clock: ahead by any length of time, or back to real time,
// which ends the app's sessions.
func (h *pages) clock(c echo.Context) error {
	b, err := h.change(c)
	if err != nil {
		return err
	}
	text, err := field(c, "move", 64)
	if err != nil {
		return err
	}
	move, err := lab.ParseMove(text)
	if err != nil {
		return &problem{status: http.StatusUnprocessableEntity, code: "bad_move", args: []string{"Value", text}, cause: err}
	}
	clock, ended, err := h.Lab.MoveClock(c.Request().Context(), b, move)
	if err != nil {
		return err
	}
	if ended {
		dropCookie(c, b)
	}
	return h.changed(c, movedClock{clock, ended})
}

// change returns the visitor's bench for a change that may cost as much as a request to
// its app, and so counts as one of the owner's.
func (h *pages) change(c echo.Context) (*lab.Bench, error) {
	b, err := h.own(c)
	if err != nil {
		return nil, err
	}
	if ok, wait := b.Allow(true); !ok {
		return nil, refuse(c, wait)
	}
	return b, nil
}

// changed answers a change: with what is so now as JSON, or by leading back to the page
// that the form was on.
func (h *pages) changed(c echo.Context, now any) error { return h.changedTo(c, now, "/lab") }

// changedTo is changed for a form that leads to a page of its own, unless it names
// another.
func (h *pages) changedTo(c echo.Context, now any, page string) error {
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, now)
	}
	return c.Redirect(http.StatusSeeOther, backTo(c, "/"+c.Param("lang")+withStaying(c, page)))
}
