package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/views"
)

const (
	fillPath   = "/:lang/lab/fill"
	unfillPath = "/:lang/lab/unfill"

	// fillPatience is how long making or removing sessions may take, as long as the
	// store goes on answering; what is made by then is enough to see.
	fillPatience = 10 * time.Second
)

// cost is what the app's sessions cost in their store, and what the last filling
// came to: ?made= and ?took= in milliseconds.
func (h *pages) cost(c echo.Context, b *lab.Bench) (*views.Cost, error) {
	usage, err := b.Usage(c.Request().Context())
	if err != nil {
		return nil, err
	}
	one, err := b.Footprint(c.Request().Context())
	if err != nil {
		return nil, err
	}
	cost := &views.Cost{Sessions: usage.Sessions, Bytes: usage.Bytes, One: one, Fill: experiment.FillSize}
	made, _ := strconv.Atoi(c.QueryParam("made"))
	took, _ := strconv.Atoi(c.QueryParam("took"))
	if made > 0 && made <= experiment.FillSize && took > 0 {
		cost.Made, cost.Took = made, time.Duration(took)*time.Millisecond
	}
	return cost, nil
}

// fill makes thousands of sessions, to show what they cost.
func (h *pages) fill(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	filling, err := experiment.Fill(c.Request().Context(), b)
	if err != nil {
		return err
	}
	to := "/" + c.Param("lang") + "/lab/side-by-side"
	if filling.Made > 0 {
		took := max(1, filling.Took.Milliseconds())
		to += "?made=" + strconv.Itoa(filling.Made) + "&took=" + strconv.FormatInt(took, 10)
	}
	return c.Redirect(http.StatusSeeOther, to+"#cost")
}

// unfill removes them again.
func (h *pages) unfill(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	if err := experiment.Unfill(c.Request().Context(), b); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/"+c.Param("lang")+"/lab/side-by-side#cost")
}
