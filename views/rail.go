package views

import (
	"strconv"

	"github.com/a-h/templ"
)

// The rail shows all entries of the timeline, each at a place that does not move when
// another is shown. It is one drawing of a few paths, so that hundreds of steps weigh
// little. Pointing at a place is for a script; the strip and the list have the links.

// roomy is how many steps the strip shows without scrolling on a laptop. From there on
// there is a rail too.
const roomy = 6

// The most cells of a rail, so that each is at least 3 px wide where it is shown. If
// there are more entries, several share a cell.
const (
	wideCells   = 240
	narrowCells = 90
)

// A cell's measures in the units of the drawing. Its width is stretched to the room
// there is. Bars end a unit inside the bed; what was refused is told below it.
const (
	cellWidth  = 10
	bedHeight  = 22
	railHeight = 31
	cellPixels = 16 // at most
)

// What is drawn in a cell. A bar's half leaves a gap to the other.
var (
	wholeBar = stroke{0, 20, "v20"}
	halfBar  = stroke{0, 9, "v9"}
	dot      = stroke{0, 0, "h0"}
	cross    = stroke{0, 4, "l4 4m0-4l-4 4"}
	place    = stroke{0, 0, "h10v22h-10z"}
)

// railed reports whether there are so many entries that they have a rail.
func (line *Timeline) railed() bool { return len(line.Ticks) > roomy }

// rail draws the entries, in two densities if they share cells where there is little
// room.
func rail(v *Lab) templ.Component {
	return drawn(func(m *markup) {
		all := v.Timeline.Ticks
		if len(all) <= narrowCells {
			row := cells(all, narrowCells)
			drawTurns(m, "turns", row, laptopRail, phoneRail)
			drawRail(m, "rail", v.view(), row)
			return
		}
		row := cells(all, wideCells)
		drawTurns(m, "turns rail-w", row, wideRail, wideRail)
		drawRail(m, "rail rail-w", v.view(), row)
		row = cells(all, narrowCells)
		drawTurns(m, "turns rail-n", row, laptopRail, phoneRail)
		drawRail(m, "rail rail-n", v.view(), row)
	})
}

// A cell is what one place of the rail shows: of one entry, or of several in a row.
type cell struct {
	n              int // the number of the first
	cookie, record marks
	failed         bool  // one of them at least
	current        bool  // one of them is the one shown
	run            bool  // an experiment made one of them
	by             Badge // of the browser that sent the first of them that one sent
}

// marks are those that occur.
type marks struct{ added, changed, removed bool }

func (s *marks) add(m Mark) {
	s.added = s.added || m == Added
	s.changed = s.changed || m == Changed
	s.removed = s.removed || m == Removed
}

// cells shares out entries among at most so many cells: the same number to each, but
// the last may have fewer.
func cells(all []Tick, most int) []cell {
	each := (len(all) + most - 1) / most
	row := make([]cell, 0, most)
	for i, t := range all {
		if i%each == 0 {
			row = append(row, cell{n: t.N})
		}
		c := &row[len(row)-1]
		c.cookie.add(t.Cookie)
		c.record.add(t.Record)
		c.failed = c.failed || t.Failed
		c.current = c.current || t.Current
		c.run = c.run || t.InRun
		if c.by.Letter == "" {
			c.by = t.Badge
		}
	}
	return row
}

// drawRail writes the drawing, and for the script by how much the first step of each
// cell is later than that of the one before: the same number mostly, which packs well.
func drawRail(m *markup, class, view string, row []cell) {
	width := len(row) * cellWidth
	m.raw(`<svg class="` + class + `" viewBox="0 0 `)
	m.num(width)
	m.raw(` `)
	m.num(railHeight)
	m.raw(`" preserveAspectRatio="none" aria-hidden="true"`)
	m.attr("width", len(row)*cellPixels)
	m.raw(` data-view="`)
	m.text(view)
	m.raw(`" data-steps="`)
	before := 0
	for i, c := range row {
		if i > 0 {
			m.raw(" ")
		}
		m.num(c.n - before)
		before = c.n
	}
	m.raw(`"><path class="bed" d="M0 0H`)
	m.num(width)
	m.raw("v" + strconv.Itoa(bedHeight) + `H0z"/>`)
	var paths railPaths
	for i := range row {
		paths.cell(&row[i], i*cellWidth)
	}
	paths.draw(m)
	m.raw(`</svg>`)
}

// railPaths are what the cells show, by colour.
type railPaths struct{ runs, shown, change, add, remove, on, still, refused railPath }

// cell adds what a cell shows: the left bar for the cookie and the right one for the
// record. The upper half means added, the lower removed, all of it changed.
func (p *railPaths) cell(c *cell, x int) {
	if c.run {
		p.runs.line(x, 0, place)
	}
	change, add, remove, still := &p.change, &p.add, &p.remove, &p.still
	if c.current {
		p.shown.line(x, 0, place)
		change, add, remove, still = &p.on, &p.on, &p.on, &p.on
	}
	for i, s := range []marks{c.cookie, c.record} {
		bar := x + 3 + 4*i
		if s.changed {
			change.line(bar, 1, wholeBar)
		}
		if s.added {
			add.line(bar, 1, halfBar)
		}
		if s.removed {
			remove.line(bar, 12, halfBar)
		}
	}
	if c.cookie == (marks{}) && c.record == (marks{}) {
		still.line(x+5, 11, dot)
	}
	if c.failed {
		p.refused.line(x+3, 25, cross)
	}
}

func (p *railPaths) draw(m *markup) {
	p.runs.draw(m, `class="run"`)
	p.shown.draw(m, `class="at"`)
	p.change.draw(m, `data-mark="change"`)
	p.add.draw(m, `data-mark="add"`)
	p.remove.draw(m, `data-mark="remove"`)
	p.on.draw(m, `class="on"`)
	p.still.draw(m, `class="still"`)
	p.refused.draw(m, `class="refused"`)
}
