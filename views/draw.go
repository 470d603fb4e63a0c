package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// lanes is the diagram of a bench without a step: where things will happen.
func lanes(t *i18n.Text, d density) templ.Component {
	return drawn(func(m *markup) {
		g := diagram{density: d, height: 4 * d.width}
		m.raw(`<svg class="dia dia-`)
		m.raw(g.name)
		m.raw(`" viewBox="0 0 `)
		m.num(g.width)
		m.raw(" ")
		m.num(g.height)
		m.raw(`" preserveAspectRatio="xMidYMin slice" aria-hidden="true">`)
		g.drawLifelines(m)
		g.drawLanes(m, t, &Step{Lane: t.T("lane.browser")})
		m.raw(`</svg>`)
	})
}

// sequence is the diagram of a step in one density, with the player at a position.
func sequence(t *i18n.Text, d density, s *Step, at int) templ.Component {
	return drawn(func(m *markup) {
		g := arrange(d, s.Events)
		g.open(m, t, s)
		g.drawLifelines(m)
		for i := range g.rows {
			g.rows[i].draw(m, g.width, at)
		}
		m.raw(`<circle class="packet" r="6"/>`)
		g.drawLanes(m, t, s)
		m.raw(`</svg>`)
	})
}

// open begins the SVG. Its height is the least it may be shown at: it grows with
// its pane, and beyond that the pane scrolls.
func (g *diagram) open(m *markup, t *i18n.Text, s *Step) {
	m.raw(`<svg class="dia dia-`)
	m.raw(g.name)
	m.raw(`" viewBox="0 0 `)
	m.num(g.width)
	m.raw(" ")
	m.num(g.height)
	m.raw(`"`)
	m.attr("height", g.height*9/10)
	m.raw(` role="img" aria-labelledby="dia-`)
	m.raw(g.name)
	m.raw(`"><title id="dia-`)
	m.raw(g.name)
	m.raw(`">`)
	m.text(t.F("flow.diagram", "Step", s.Title, "N", itoa(len(s.Events))))
	m.raw(`</title>`)
}

func (g *diagram) drawLifelines(m *markup) {
	for i, name := range laneNames {
		m.raw(`<path class="life by-`)
		m.raw(name)
		m.raw(`" d="M`)
		m.num(g.lanes[i])
		m.raw(" ")
		m.num(g.top - 2)
		m.raw("V")
		m.num(g.height - 1)
		m.raw(`"/>`)
	}
}

// drawLanes draws the names of the lanes, on top of all else: they stay in sight
// when a long diagram is scrolled.
func (g *diagram) drawLanes(m *markup, t *i18n.Text, s *Step) {
	m.raw(`<g class="heads"><path class="head-bg" d="M0 0H`)
	m.num(g.width)
	m.raw("V")
	m.num(rowsTop - 3)
	m.raw(`H0z"/>`)
	for i, name := range laneNames {
		g.drawLane(m, s.lane(t, name), name, g.lanes[i])
	}
	m.raw(`</g>`)
}

func (g *diagram) drawLane(m *markup, word, name string, x int) {
	m.raw(`<g class="by-`)
	m.raw(name)
	m.raw(`"><rect class="lane"`)
	m.attr("x", x-g.lane/2)
	m.attr("y", laneTop)
	m.attr("width", g.lane)
	m.attr("height", laneHeight)
	m.raw(` rx="8"/><text class="lane-name"`)
	m.attr("x", x)
	m.attr("y", laneTop+19)
	m.raw(">")
	m.text(word)
	m.raw("</text></g>")
}

func (r *row) draw(m *markup, width, at int) {
	m.raw(`<g class="ev by-`)
	m.raw(laneNames[laneIndex(r.lane)])
	if r.back {
		m.raw(" back")
	}
	if r.self {
		m.raw(" work")
	}
	switch {
	case r.n == at:
		m.raw(" is-now")
	case r.n > at:
		m.raw(" is-future")
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
	m.raw(`><rect class="band" x="1"`)
	m.attr("y", r.y)
	m.attr("width", width-2)
	m.attr("height", r.h)
	m.raw(` rx="6"/>`)
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
	m.attr("y", r.y+2)
	m.attr("width", r.x2-r.x1)
	m.attr("height", r.h-4)
	m.raw(` rx="6"/><text`)
	m.attr("x", r.textX)
	m.attr("y", r.titleY)
	m.raw(`><tspan class="ti">`)
	m.seen(r.title)
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
	r.words(m, "ti", r.titleY, r.title)
	r.words(m, "wi", r.wireY, r.wire)
}

func (r *row) words(m *markup, class string, y int, s string) {
	if s == "" {
		return
	}
	m.raw(`<text class="`)
	m.raw(class)
	m.raw(" ")
	m.raw(r.anchor)
	m.raw(`"`)
	m.attr("x", r.textX)
	m.attr("y", y)
	m.raw(">")
	m.seen(s)
	m.raw("</text>")
}
