package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// lanes is the diagram of a bench without a step: where things will happen.
func lanes(t *i18n.Text, d density) templ.Component {
	return drawn(func(m *markup) {
		g := diagram{density: d, height: 1}
		m.raw(`<div class="dia dia-`)
		m.raw(g.name)
		m.raw(`" aria-hidden="true">`)
		g.drawHeads(m, t, &Step{Lane: t.T("lane.browser")})
		g.drawRows(m, 0)
		m.raw(`</div>`)
	})
}

// sequence is the diagram of a step in one density, with the player at a position. That of
// another step takes its place as a whole, by its id: to change one into the other, mark by
// mark, takes a page longer.
func sequence(t *i18n.Text, d density, s *Step, at int) templ.Component {
	return drawSequence(t, d, s, at, "dia-"+d.name+"-"+itoa(s.N))
}

// drawSequence draws the diagram, with an id unless that is "". The names of the lanes are
// an image of their own above the rows: they stay in sight when a long diagram is scrolled.
func drawSequence(t *i18n.Text, d density, s *Step, at int, id string) templ.Component {
	return drawn(func(m *markup) {
		g := arrange(d, s.Events)
		m.raw(`<div class="dia dia-`)
		m.raw(g.name)
		if id != "" {
			m.raw(`" id="`)
			m.raw(id)
		}
		m.raw(`" role="img" aria-label="`)
		m.text(t.F("flow.diagram", "Step", s.Title, "N", itoa(len(s.Events))))
		m.raw(`">`)
		g.drawHeads(m, t, s)
		g.drawRows(m, at)
		m.raw(`</div>`)
	})
}

func (g *diagram) drawHeads(m *markup, t *i18n.Text, s *Step) {
	m.raw(`<svg class="heads"`)
	g.viewBox(m, headsBelow)
	m.raw(`>`)
	for i, name := range laneNames {
		m.raw(`<g class="by-`)
		m.raw(name)
		m.raw(`"><rect class="lane"`)
		x := g.beside(i, g.head)
		m.attr("x", x)
		m.attr("y", headTop)
		m.attr("width", g.head)
		m.attr("height", headHeight)
		m.raw(` rx="7"/>`)
		width, middle := g.head, x+g.head/2
		if i == 0 && s.Badge.Letter != "" {
			drawLetter(m, x+badgeMargin, s.Badge.Letter)
			width -= badgeRoom
			middle += badgeRoom / 2
		}
		m.raw(`<text class="lane-name"`)
		m.attr("x", middle)
		m.attr("y", headTop+17)
		m.raw(">")
		m.seen(fit(visible(s.lane(t, name)), width*10/g.nameCell))
		m.raw("</text></g>")
	}
	m.raw(`</svg>`)
}

// The badge in a lane's head: how far from its edge, and how much room it takes.
const (
	badgeMargin = 5
	badgeRoom   = 22
)

// drawLetter draws the badge of a virtual browser in the head of its lane.
func drawLetter(m *markup, x int, letter string) {
	m.raw(`<path class="lane-b" d="M`)
	m.num(x)
	m.raw(` 23v-11a5 5 0 0 1 5-5h8a5 5 0 0 1 5 5v11z"/><text class="lane-l"`)
	m.attr("x", x+9)
	m.attr("y", headTop+16)
	m.raw(`>`)
	m.text(letter)
	m.raw(`</text>`)
}

// drawRows draws the events on lifelines that go on as far as there is room below.
func (g *diagram) drawRows(m *markup, at int) {
	m.raw(`<svg class="rows"`)
	g.viewBox(m, g.height)
	m.raw(` preserveAspectRatio="xMidYMin">`)
	g.drawLifelines(m)
	for i := range g.rows {
		g.rows[i].draw(m, g.width, at, at)
	}
	m.raw(`<circle class="packet" r="6"/></svg>`)
}

func (g *diagram) drawLifelines(m *markup) {
	for i, name := range laneNames {
		m.raw(`<path class="life by-`)
		m.raw(name)
		m.raw(`" d="M`)
		m.num(g.lanes[i])
		m.raw(` 1V9999"/>`)
	}
}

func (g *diagram) viewBox(m *markup, height int) {
	m.raw(` viewBox="0 0 `)
	m.num(g.width)
	m.raw(" ")
	m.num(height)
	m.raw(`"`)
}

// draw draws a row from its own top, so that rows of a kind differ in their words
// only. The events from a position to another are current.
func (r *row) draw(m *markup, width, from, at int) {
	if r.last > 0 {
		r.drawFold(m, from, at)
		return
	}
	m.raw(`<g class="ev by-`)
	m.raw(laneNames[laneIndex(r.lane)])
	if r.back {
		m.raw(" back")
	}
	if r.self {
		m.raw(" work")
	}
	switch {
	case r.n > at:
		m.raw(" is-future")
	case r.n >= from:
		m.raw(" is-now")
	}
	m.raw(`"`)
	m.attr("data-n", r.n)
	if r.about != "" {
		m.raw(` data-c="`)
		m.raw(r.about)
		m.raw(`"`)
	}
	if r.mark != Same {
		m.raw(` data-mark="`)
		m.text(string(r.mark))
		m.raw(`"`)
	}
	m.raw(` transform="translate(0 `)
	m.num(r.y)
	m.raw(`)"><rect class="band"`)
	m.attr("width", width-2)
	m.attr("height", r.h)
	m.raw(`/>`)
	if r.self {
		r.drawBox(m)
	} else {
		r.drawLine(m)
	}
	m.raw(`<circle class="disc"`)
	m.attr("cx", r.disc)
	m.attr("cy", r.line)
	m.attr("r", disc)
	m.raw(`/><text class="num"`)
	m.attr("x", r.disc)
	m.attr("y", r.line+4)
	m.raw(">")
	m.num(r.n)
	m.raw("</text></g>")
}

func (r *row) drawBox(m *markup) {
	m.raw(`<rect class="job"`)
	m.attr("x", r.x1)
	m.attr("width", r.x2-r.x1)
	m.attr("height", r.h-2)
	m.raw(`/><text`)
	m.attr("x", r.textX)
	m.attr("y", r.titleY)
	m.raw(`><tspan class="ti">`)
	m.seen(r.title[0])
	m.raw(`</tspan>`)
	if r.wire != "" {
		m.raw(`<tspan class="wi" dx="8">`)
		m.seen(r.wire)
		m.raw(`</tspan>`)
	}
	m.raw(`</text>`)
}

// drawLine draws a request with a filled tip, an answer dashed with an open one.
func (r *row) drawLine(m *markup) {
	m.raw(`<path class="arrow" d="M`)
	m.num(r.x1)
	m.raw(" ")
	m.num(r.line)
	m.raw("H")
	m.num(r.x2)
	m.raw(`"/><path class="tip" d="M`)
	m.num(r.x2)
	m.raw(" ")
	m.num(r.line)
	switch right := r.x2 > r.x1; {
	case right && r.back:
		m.raw(`m-8 -5l8 5l-8 5"/>`)
	case right:
		m.raw(`l-10 -5v10z"/>`)
	case r.back:
		m.raw(`m8 -5l-8 5l8 5"/>`)
	default:
		m.raw(`l10 -5v10z"/>`)
	}
	for i, line := range r.title {
		r.words(m, "ti", r.titleY+i*r.lead, line)
	}
	r.words(m, "wi", r.wireY, r.wire)
}

func (r *row) words(m *markup, class string, y int, s string) {
	if s == "" {
		return
	}
	m.raw(`<text class="`)
	m.raw(class)
	m.raw(`"`)
	m.attr("x", r.textX)
	m.attr("y", y)
	m.raw(">")
	m.seen(s)
	m.raw("</text>")
}
