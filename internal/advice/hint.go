package advice

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Hint is something to try on a bench to see how sessions work. It asks and does
// not tell: what comes of it is for the step to say.
type Hint struct {
	ID   string // names its words
	Acts []Act  // to be done in this order, with anything between them
	// Across says that steps of all mechanisms count. Otherwise only those of the
	// path's own do.
	Across bool
}

// An Act is something that a step shows to have been done.
type Act struct {
	ID    string // what is to be done, and so the control for it
	Shown func(reading.Line) bool
}

// A Progress is how far a bench has come on a path.
type Progress struct {
	Next      Hint // the first hint that was not followed, or what it takes again; its ID is "" when all were
	Acts      int  // how many of its acts are done
	Done, All int  // hints
}

// Next returns how far the steps of a bench have come on the path of a mechanism.
// What failed does not count.
func Next(mechanism string, steps []step.Summary) Progress {
	lines := reading.OfSummaries(steps)
	path := paths[mechanism]
	p := Progress{All: len(path)}
	for _, h := range path {
		acts := h.done(mechanism, lines)
		if acts == len(h.Acts) {
			p.Done++
		} else if p.Next.ID == "" {
			p.Next, p.Acts = h, acts
		}
	}
	if from := ended(mechanism, steps, lines); from > 0 && p.Next.about() {
		p.Next, p.Acts = again, again.done(mechanism, lines[from:])
	}
	return p
}

// done counts the acts that are done.
func (h Hint) done(mechanism string, lines []reading.Line) (acts int) {
	for i := range lines {
		if acts == len(h.Acts) {
			break
		}
		if (h.Across || lines[i].Mechanism == mechanism) && h.Acts[acts].Shown(lines[i]) {
			acts++
		}
	}
	return acts
}
