package narrate

import (
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/span"
)

// duration says a length of time: "31 days", "2 hours", "10 seconds".
func (n *telling) duration(d time.Duration) string {
	count, unit := span.Rounded(d)
	return n.N("flow.duration."+unit, count)
}

// clock says when something happened: the time, with the date if that was not
// today.
func (n *telling) clock(at time.Time) string {
	at = at.In(n.opt.Location)
	if at.Format(time.DateOnly) == n.opt.Now.In(n.opt.Location).Format(time.DateOnly) {
		return at.Format("15:04:05")
	}
	return n.instant(at, true)
}

// time says when the step happened, and how far the bench's clock had been moved.
func (n *telling) time() string {
	if n.s.Ahead == 0 {
		return n.clock(n.s.Time)
	}
	return n.say("flow.clock.moved", "Time", n.instant(n.s.Time, true), "Ahead", n.duration(time.Duration(n.s.Ahead)))
}

// instant says a moment: "23 Dec 19:00". The year is left out where it is plain.
func (n *telling) instant(at time.Time, seconds bool) string {
	at = at.In(n.opt.Location)
	layout := "flow.layout.day"
	if at.Year() != n.opt.Now.In(n.opt.Location).Year() {
		layout = "flow.layout.year"
	}
	clock := "15:04"
	if seconds {
		clock = "15:04:05"
	}
	return at.Format(n.T(layout) + " " + clock)
}

// until says a limit as a moment, with seconds if it is near the step.
func (n *telling) until(at time.Time) string {
	return n.instant(at, at.Sub(n.s.Time).Abs() < time.Hour)
}

// cookieWhen is when the step's cookie expires, "" if it ends with the browser.
func (n *telling) cookieWhen() string {
	if c := n.s.After.Cookie; c != nil && c.Attributes != nil && c.Attributes.Expires != nil {
		return n.until(*c.Attributes.Expires)
	}
	return ""
}

// recordWhen is when the step's record expires, "" if there is none.
func (n *telling) recordWhen() string {
	if r := n.s.After.Record; r != nil {
		return n.until(r.Expires)
	}
	return ""
}

// micros says a short time exactly enough: "38 µs", "1.2 ms", "45 ms", "1.2 s".
func micros(us int64) string {
	switch {
	case us < 1000:
		return strconv.FormatInt(us, 10) + " µs"
	case us < 10_000:
		return strconv.FormatFloat(float64(us)/1000, 'f', 1, 64) + " ms"
	case us < 1_000_000:
		return strconv.FormatInt((us+500)/1000, 10) + " ms"
	}
	return strconv.FormatFloat(float64(us)/1e6, 'f', 1, 64) + " s"
}

// size says a number of bytes.
func (n *telling) size(bytes int) string {
	if bytes < 10_000 {
		return n.N("flow.size.bytes", bytes)
	}
	return strconv.FormatFloat(float64(bytes)/1000, 'f', 1, 64) + " kB"
}
