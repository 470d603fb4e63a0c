package narrate

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/views"
)

// Clock says in the language of t what a bench's clock shows at now, and how
// far it is ahead of real time. Times are those of a place. The day is said if
// it differs from the real one.
func Clock(t *i18n.Text, now time.Time, ahead time.Duration, place *time.Location) views.Clock {
	n := &telling{Text: t, opt: Options{Now: now.Add(-ahead), Location: place}}
	c := views.Clock{At: now.In(place), Time: n.clock(now)}
	if ahead > 0 {
		c.Ahead = n.duration(ahead)
	}
	return c
}
