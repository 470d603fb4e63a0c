package advice

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// again comes before a hint about a value where the session that held one has ended.
var again = Hint{ID: "again", Acts: []Act{
	{"login", did(step.OpLogin)},
	{"set", did(step.OpSet)},
}}

// about reports whether there is nothing to see of a hint without a value.
func (h Hint) about() bool { return h.ID == getValue.ID || h.ID == popValue.ID }

// ended tells after which of the lines no browser of the bench had a value any more; 0 if
// one still has. The steps are those of the lines.
func ended(mechanism string, steps []step.Summary, lines []reading.Line) (after int) {
	holds := make(map[string]bool) // by the ids of clients
	for i, l := range lines {
		client := steps[i].ClientID
		switch {
		case l.Mechanism != mechanism || !byBrowser(l):
		case did(step.OpSet)(l):
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
