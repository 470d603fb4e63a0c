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
	barTop     = 1
	barMiddle  = 11
	barBottom  = 21
	crossTop   = 25
	railHeight = 31
	cellPixels = 16 // at most
)

// railed reports whether there are so many entries that they have a rail.
func (line *Timeline) railed() bool { return len(line.Ticks) > roomy }

// rail draws the entries, in two densities if they share cells where there is little
// room.
func rail(v *Lab) templ.Component {
	return drawn(func(m *markup) {
		all := v.Timeline.Ticks
		if len(all) <= narrowCells {
			drawRail(m, "rail", v.view(), cells(all, narrowCells))
			return
		}
		drawRail(m, "rail rail-w", v.view(), cells(all, wideCells))
		drawRail(m, "rail rail-n", v.view(), cells(all, narrowCells))
	})
}

// A cell is what one place of the rail shows: of one entry, or of several in a row.
type cell struct {
	n              int // the number of the first
	cookie, record marks
	failed         bool // one of them at least
	current        bool // one of them is the one shown
}

// marks are those that occur.
type marks struct{ added, changed, removed bool }

func (s *marks) add(m Mark) {
	s.added = s.added || m == Added
	s.changed = s.changed || m == Changed
	s.removed = s.removed || m == Removed
}

// cells shares out entries among at most so many cells, as evenly as it goes with the
// same number in each but the last.
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
	}
	return row
}

// drawRail writes the drawing, and for the script the first step of each cell.
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
	for i, c := range row {
		if i > 0 {
			m.raw(" ")
		}
		m.num(c.n)
	}
	m.raw(`"><path class="bed" d="M0 0H`)
	m.num(width)
	m.raw("v" + strconv.Itoa(bedHeight) + `H0z"/>`)
	drawCurrent(m, row)
	var paths railPaths
	for i := range row {
		paths.cell(&row[i], i*cellWidth)
	}
	paths.draw(m)
	m.raw(`</svg>`)
}

// drawCurrent marks the place of the one shown.
func drawCurrent(m *markup, row []cell) {
	for i, c := range row {
		if c.current {
			m.raw(`<path class="at" d="M`)
			m.num(i * cellWidth)
			m.raw(` 0h` + strconv.Itoa(cellWidth) + `v` + strconv.Itoa(bedHeight) + `h-` + strconv.Itoa(cellWidth) + `z"/>`)
		}
	}
}

// railPaths are what the cells show, by colour.
type railPaths struct{ change, add, remove, at, still, refused markup }

// cell appends what a cell shows: the left bar for the cookie and the right one for
// the record. The upper half means added, the lower removed, all of it changed.
func (p *railPaths) cell(c *cell, x int) {
	p.bar(c, c.cookie, x+3)
	p.bar(c, c.record, x+7)
	if c.cookie == (marks{}) && c.record == (marks{}) {
		to := &p.still
		if c.current {
			to = &p.at
		}
		line(to, x+cellWidth/2, barMiddle, "h.01")
	}
	if c.failed {
		line(&p.refused, x+3, crossTop, "l4 4m0-4l-4 4")
	}
}

func (p *railPaths) bar(c *cell, s marks, x int) {
	change, add, remove := &p.change, &p.add, &p.remove
	if c.current {
		change, add, remove = &p.at, &p.at, &p.at
	}
	if s.changed {
		line(change, x, barTop, "v"+strconv.Itoa(barBottom-barTop))
	}
	if s.added {
		line(add, x, barTop, "v"+strconv.Itoa(barMiddle-barTop-1))
	}
	if s.removed {
		line(remove, x, barMiddle+1, "v"+strconv.Itoa(barBottom-barMiddle-1))
	}
}

// line appends a line from a point.
func line(to *markup, x, y int, rest string) {
	to.raw("M")
	to.num(x)
	to.raw(" ")
	to.num(y)
	to.raw(rest)
}

func (p *railPaths) draw(m *markup) {
	for _, path := range []struct {
		attr string
		d    []byte
	}{
		{`data-mark="change"`, p.change.b}, {`data-mark="add"`, p.add.b}, {`data-mark="remove"`, p.remove.b},
		{`class="on"`, p.at.b}, {`class="still"`, p.still.b}, {`class="refused"`, p.refused.b},
	} {
		if len(path.d) > 0 {
			m.raw(`<path ` + path.attr + ` d="`)
			m.b = append(m.b, path.d...)
			m.raw(`"/>`)
		}
	}
}
