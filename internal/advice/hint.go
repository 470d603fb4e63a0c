package advice

import (
	"slices"
	"sync"

	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/reading"
)

// A Hint is something to try on a bench to see how sessions work. It asks and does
// not tell: what comes of it is for the step to say.
type Hint struct {
	ID   string // names its words
	Acts []*Act `toml:"act"` // to be done in this order, with anything between them
	// Across says that steps of all mechanisms count. Otherwise only those of the
	// path's own do.
	Across bool
	// Value says that there is nothing to see of it without a value in the session.
	Value bool
}

// done counts the acts that are done.
func (h *Hint) done(mechanism string, m meanings) (acts int) {
	rest := m.each
	for _, a := range h.Acts {
		fits := make([]bool, len(m.lines))
		for i, l := range m.lines {
			fits[i] = (h.Across || l.Mechanism == mechanism) && a.shownBy(l)
		}
		at := slices.IndexFunc(rest, func(line int) bool { return fits[line] })
		if at < 0 {
			break
		}
		rest = rest[at+1:]
		acts++
	}
	return acts
}

// meanings are what the steps of a bench mean. There are few different lines, however
// many steps, and a condition is asked about each of them once.
type meanings struct {
	lines []reading.Line // the different ones
	each  []int          // for each step, in order, which of them it has
}

func meaningsOf(steps []reading.Line) meanings {
	m := meanings{each: make([]int, len(steps))}
	found := make(map[reading.Line]int)
	for i, l := range steps {
		line, ok := found[l]
		if !ok {
			line = len(m.lines)
			found[l] = line
			m.lines = append(m.lines, l)
		}
		m.each[i] = line
	}
	return m
}

// after is m from the step of that index on.
func (m meanings) after(step int) meanings { return meanings{m.lines, m.each[step:]} }

// An Act is something that a step shows to have been done.
type Act struct {
	ID   string // what is to be done, and so the control for it
	When string // the condition that the step must fit

	when *judge.Expression
	// What was found before, a bool by a [reading.Line]: each page of a bench asks again.
	found sync.Map
}

// shownBy reports whether a step with that meaning shows the act.
func (a *Act) shownBy(l reading.Line) bool {
	if shown, ok := a.found.Load(l); ok {
		return shown.(bool)
	}
	shown, err := a.when.Holds(judge.Names{it: l})
	shown = shown && err == nil
	a.found.Store(l, shown)
	return shown
}
