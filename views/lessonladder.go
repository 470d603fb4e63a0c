package views

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// The ladder of a lesson in its two densities. The panes stand above the lanes, as
// their heads.
var (
	lessonWide = density{
		name: "lw", width: 824, lanes: [3]int{169, 412, 655},
		message: 38, self: 28, title: 12, line: 18, wire: 33, lead: 13, box: 396, gap: 12,
		titleCell: 69, wireCell: 69,
	}
	lessonCompact = density{
		name: "lc", width: 356, lanes: [3]int{28, 178, 328},
		message: 54, self: 30, title: 13, line: 27, wire: 48, lead: 12, box: 274, gap: 5,
		titleCell: 64, wireCell: 65,
	}
)

// The numbers of rows from which those of a lesson are lower, and lower still, so that the
// last one is in sight on a small screen.
const (
	lowRows    = 8
	lowestRows = 11
)

// forRows is the density for so many rows.
func (d density) forRows(n int) density {
	switch {
	case d.name != lessonWide.name:
	case n >= lowestRows:
		d.message, d.self, d.title, d.line, d.wire = 28, 21, 10, 14, 25
	case n >= lowRows:
		d.message, d.self, d.title, d.line, d.wire = 31, 24, 11, 16, 28
	}
	return d
}

// foldHeight is the height of a row of folded events.
const foldHeight = 24

// A rung is what one row of a lesson's ladder stands for: an event that the lesson
// is about, or a run of others. Every event of a step is in one.
type rung struct {
	events []Event // in a row; one, if it is drawn in full
	folded bool
}

// last is the number of its last event.
func (r *rung) last() int { return r.events[len(r.events)-1].N }

// rungs are the events of a step as a lesson draws them: those of its kinds in
// full, runs of others folded.
func rungs(events []Event, lens []string) []rung {
	var all []rung
	for i := range events {
		drawn := slices.Contains(lens, events[i].Kind)
		if n := len(all); !drawn && n > 0 && all[n-1].folded {
			all[n-1].events = events[i-len(all[n-1].events) : i+1]
			continue
		}
		all = append(all, rung{events: events[i : i+1], folded: !drawn})
	}
	return all
}

// numbers are those of its events: "2–6", or "10".
func (r *rung) numbers() string {
	first := itoa(r.events[0].N)
	if len(r.events) == 1 {
		return first
	}
	return first + "–" + itoa(r.last())
}

// names are what its events are called in brief. A question to the store goes
// without saying before its answer.
func (r *rung) names(t *i18n.Text) []string {
	var all []string
	for i := range r.events {
		about, what, _ := strings.Cut(r.events[i].Kind, ".")
		if what == "asked" && i+1 < len(r.events) && strings.HasPrefix(r.events[i+1].Kind, about+".") {
			continue
		}
		id := "ladder.name." + cmp.Or(r.events[i].Brief, r.events[i].Kind)
		all = append(all, t.T(id))
	}
	return all
}

// chip is what the line of folded events says, in at most size columns: names that
// there is no room for are left out, and never the numbers.
func (r *rung) chip(t *i18n.Text, size int) string {
	names := r.names(t)
	for n := len(names); n > 0; n-- {
		said := strings.Join(names[:n], t.T("ladder.join"))
		if n < len(names) {
			said += " …"
		}
		if s := t.F("ladder.fold", "Range", r.numbers(), "Names", said); width(s) <= size {
			return s
		}
	}
	return r.numbers() + " …"
}

// lesson places the rungs of a lesson from top to bottom.
func (d density) lesson(t *i18n.Text, all []rung) diagram {
	g := diagram{density: d, rows: make([]row, 0, len(all))}
	for i := range all {
		if all[i].folded {
			g.fold(t, &all[i])
		} else {
			g.add(&all[i].events[0])
		}
	}
	g.height += margin
	return g
}

// fold places the line of folded events by their lane, or by the server's if they
// have several.
func (g *diagram) fold(t *i18n.Text, f *rung) {
	const ends = 14 // from the words to either end
	room := g.width - 2*margin - 2*ends
	r := row{n: f.events[0].N, last: f.last(), y: g.height, h: foldHeight, line: foldHeight / 2, lane: "server"}
	r.title[0] = f.chip(t, room*10/g.titleCell)
	r.self, r.titleY = true, r.line+4
	box := min(width(r.title[0])*g.titleCell/10+2*ends, g.width-2*margin)
	lane := f.events[0].Lane
	for i := range f.events {
		if e := &f.events[i]; e.From != e.To || e.Lane != lane {
			lane = "server"
		}
	}
	r.x1 = g.beside(laneIndex(lane), box)
	r.x2 = r.x1 + box
	r.textX = (r.x1 + r.x2) / 2
	r.disc = r.textX
	g.height += r.h
	g.rows = append(g.rows, r)
}

// drawFold draws the line of folded events. It is current as long as the player is
// at one of them.
func (r *row) drawFold(m *markup, from, at int) {
	m.raw(`<g class="ev fold`)
	switch {
	case at >= r.n && from <= r.last:
		m.raw(" is-now")
	case at < r.n:
		m.raw(" is-future")
	}
	m.raw(` by-server"`)
	m.attr("data-n", r.n)
	m.raw(` transform="translate(0 `)
	m.num(r.y)
	m.raw(`)"><rect class="job"`)
	m.attr("x", r.x1)
	m.attr("width", r.x2-r.x1)
	m.attr("height", r.h-3)
	m.raw(`/><text class="fo"`)
	m.attr("x", r.textX)
	m.attr("y", r.titleY)
	m.raw(">")
	m.seen(r.title[0])
	m.raw("</text></g>")
}

// lessonLadder draws what a lesson is about of a step.
func lessonLadder(b *LessonBench, in density) templ.Component {
	return drawn(func(m *markup) { b.drawLadder(m, in, rungs(b.events(), b.Lens)) })
}

// drawLadder draws rungs, or only where they will be.
func (b *LessonBench) drawLadder(m *markup, in density, all []rung) {
	g := in.forRows(len(all)).lesson(b.Text, all)
	m.raw(`<svg class="dia ladder `)
	m.raw(in.name)
	if len(all) == 0 {
		m.raw(` empty"`)
		g.viewBox(m, 1)
		m.raw(` preserveAspectRatio="xMidYMin" aria-hidden="true">`)
	} else {
		m.raw(`"`)
		g.viewBox(m, g.height)
		m.raw(` role="img" aria-label="`)
		m.text(b.Text.F("ladder.drawn", "Steps", rungTitles(b.Text, all)))
		m.raw(`">`)
	}
	g.drawLifelines(m)
	for i := range g.rows {
		g.rows[i].draw(m, g.width, cmp.Or(b.From, b.at()), b.at())
	}
	m.raw(`</svg>`)
}

// rungTitles is all that a ladder says, in a row.
func rungTitles(t *i18n.Text, all []rung) string {
	titles := make([]string, len(all))
	for i := range all {
		titles[i] = all[i].numbers() + " " + all[i].events[0].Title
		if all[i].folded {
			titles[i] = all[i].numbers() + " " + strings.Join(all[i].names(t), t.T("ladder.join"))
		}
	}
	return strings.Join(titles, " · ")
}
