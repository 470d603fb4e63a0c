package handlers

import (
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/narrate"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// benchPage is what all pages of a bench have in common: a moved clock is seen on each.
func (h *pages) benchPage(c echo.Context, b *lab.Bench) views.Page {
	p := h.page(c, "")
	clock := b.Clock()
	p.Clock = narrate.Clock(p.Text, clock.Now, time.Duration(clock.Ahead), h.Location)
	return p
}

// movedTime is when a step was made, if the clock was moved then; else "".
func movedTime(s views.Step) string {
	if !s.Moved {
		return ""
	}
	return s.Time
}

// done says what was done last to the clock, the server or the store, if that was after
// the last step; else "". What was done to browsers is told where they are.
func (h *pages) done(c echo.Context, b *lab.Bench, entries []step.Entry) string {
	if n := len(entries); n > 0 && entries[n-1].After == newest(b) && ofServer(entries[n-1].Kind) {
		return h.text(c).F("clock.done", "Said", narrate.Entry(h.text(c), entries[n-1]))
	}
	return ""
}

// ofServer reports whether entries of a kind are about the server and its time.
func ofServer(kind step.EntryKind) bool {
	switch kind.About() {
	case "clock", "server", "key", "workers", "store":
		return true
	}
	return false
}
