package handlers

import (
	"encoding/json"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// carryCourse has the visitor's next bench keep the lessons that were done on this one.
// It comes first: if the change of benches is cut short, nothing is lost.
func (h *pages) carryCourse(c echo.Context) error {
	ctx := c.Request().Context()
	b, err := h.own(c)
	if err != nil {
		return err
	}
	kept, err := lesson.ReadCourse(b.Course())
	if err != nil {
		h.Log.Warn("lessons of a bench are lost", "error", err)
		return nil
	}
	anew := kept.Anew()
	if len(anew) == 0 {
		return nil // a fresh bench is not stored
	}
	next, err := h.Lab.Enter(ctx, h.Seats.NextBenchID(infoOf(c).seat))
	if err != nil {
		return err
	}
	return h.Lab.PutCourse(ctx, next, func(json.RawMessage) (json.RawMessage, error) { return anew.Encode() })
}
