package lesson

import (
	"cmp"
	"slices"

	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/step"
)

// It is what the condition of a named step calls the step that it is asked about.
const It = "it"

// A Progress is how far a bench has got in a lesson. It is safe for concurrent use.
type Progress struct {
	Steps map[string]*Seen           // the named steps that are there
	Goals map[string]int             // the goals that are reached, each with the number of the step beside it
	Shown map[string]bool            // the questions whose result is revealed
	Right map[string]map[string]bool // by question and choice; only those of Shown

	lesson *Lesson
	names  judge.Names
}

// Follow evaluates a lesson by the steps and entries of a bench. Those before the lesson
// began do not count, nor do those of experiments that run. Browsers are the ids of the
// lesson's virtual browsers by those of the lab.
//
// As steps are added, none of what is found is lost: a named step is the first that
// fits.
func (l *Lesson) Follow(steps []*step.Step, entries []step.Entry, browsers map[string]string, began Began) *Progress {
	p := &Progress{
		Steps: make(map[string]*Seen), Goals: make(map[string]int), Shown: make(map[string]bool), Right: make(map[string]map[string]bool),
		lesson: l, names: l.names(),
	}
	moments := momentsOf(steps, entries, browsers, began)
	places := make(map[string]int) // in moments, of the named steps
	for _, n := range l.Steps {
		p.find(n, moments, places)
	}
	for _, q := range l.Questions {
		p.reveal(q)
	}
	for _, g := range l.Goals {
		if p.holds(g.When) {
			p.Goals[g.ID] = p.number(g.Step)
		}
	}
	return p
}

// names are those that expressions can use, as if no step were there.
func (l *Lesson) names() judge.Names {
	names := make(judge.Names)
	for _, n := range l.Steps {
		names[n.ID] = new(Seen)
	}
	return names
}

// A moment is a step or an entry, in the order in which they happened.
type moment struct {
	step, entry int // the entry follows the step; 0: it is the step itself
	seen        *Seen
}

func momentsOf(steps []*step.Step, entries []step.Entry, browsers map[string]string, began Began) (all []moment) {
	for _, s := range steps {
		if s.N > began.Step && s.Run == 0 && s.Broken == "" {
			all = append(all, moment{s.N, 0, see(s, browsers)})
		}
	}
	running := 0
	for _, e := range entries {
		switch {
		case e.Kind == step.EntryRunBegan:
			running = e.N
		case e.Kind == step.EntryRunEnded:
			running = 0
		}
		if e.N > began.Entry && (running == 0 || running == e.N) {
			all = append(all, moment{e.After, e.N, seeEntry(e, browsers)})
		}
	}
	slices.SortStableFunc(all, func(a, b moment) int {
		return cmp.Or(cmp.Compare(a.step, b.step), cmp.Compare(a.entry, b.entry))
	})
	return all
}

// find finds a named step among those that came after the one it must follow.
func (p *Progress) find(n Named, moments []moment, places map[string]int) {
	from := 0
	if n.After != "" {
		at, ok := places[n.After]
		if !ok {
			return
		}
		from = at + 1
	}
	e := p.lesson.exprs[n.When]
	if e == nil || !p.known(e) {
		return
	}
	for i, m := range moments[from:] {
		if m.seen.Kind != string(n.Entry) {
			continue
		}
		p.names[It] = m.seen
		if holds, err := e.Holds(p.names); err == nil && holds {
			p.Steps[n.ID], p.names[n.ID], places[n.ID] = m.seen, m.seen, from+i
			break
		}
	}
	delete(p.names, It)
}

// known reports whether all the named steps are there that an expression uses.
func (p *Progress) known(e *judge.Expression) bool {
	return !slices.ContainsFunc(e.Uses(), func(name string) bool { return name != It && p.Steps[name] == nil })
}

// holds reports whether a condition holds. While a step that it uses is not there, it
// does not.
func (p *Progress) holds(text string) bool {
	e := p.lesson.exprs[text]
	if e == nil || !p.known(e) {
		return false
	}
	holds, err := e.Holds(p.names)
	return err == nil && holds
}

// reveal tells whether a question is revealed, and which of its choices are right.
func (p *Progress) reveal(q Question) {
	if slices.ContainsFunc(q.Shown, func(named string) bool { return p.Steps[named] == nil }) {
		return
	}
	p.Shown[q.ID], p.Right[q.ID] = true, make(map[string]bool)
	for _, c := range q.Choices {
		p.Right[q.ID][c.ID] = p.holds(c.Right)
	}
}

// number is that of a named step, 0 if it is not there.
func (p *Progress) number(named string) int {
	if s := p.Steps[named]; s != nil {
		return s.N
	}
	return 0
}

// Done reports whether all goals of a part are reached; of "", those of the lesson.
func (p *Progress) Done(part string) bool {
	return !slices.ContainsFunc(p.lesson.Goals, func(g Goal) bool {
		_, reached := p.Goals[g.ID]
		return !reached && (part == "" || g.Part == part)
	})
}
