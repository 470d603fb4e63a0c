package advice

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// nameAgain names the hint that comes before one about a value where the session that
// held one has ended.
const nameAgain = "again"

// ended tells after which of the lines no browser of the bench had a value any more; 0 if
// one still has. The steps are those of the lines.
func ended(mechanism string, steps []step.Summary, lines []reading.Line) (after int) {
	holds := make(map[string]bool) // by the ids of clients
	for i, l := range lines {
		client := steps[i].ClientID
		switch {
		case l.Mechanism != mechanism || !l.ByBrowser():
		case l.Done && l.Op == string(step.OpSet):
			holds[client] = true
		case holds[client] && (l.Ended || l.Expired || l.Forged):
			delete(holds, client)
			after = i + 1
		}
	}
	if len(holds) > 0 {
		return 0
	}
	return after
}
