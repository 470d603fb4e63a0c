package views

import "strconv"

// Above the rail stands whose turn it was: a block with the letter of the virtual browser
// that sent these steps. It is a drawing of its own, whose places are in percent: the
// rail's own units are stretched, and would stretch letters too. Turns of the learner's
// own browser and of others are left free.

// How wide a rail is at least, in pixels.
const (
	wideRail   = 720
	laptopRail = 600
	phoneRail  = 320
)

const (
	letterWidth = 11 // pixels that a letter needs
	turnHeight  = 12 // of a block, in pixels
)

// A turn is cells in a row by one browser.
type turn struct {
	by       Badge
	from, to int // of the cells, without the last
}

// turnsOf are the turns of virtual browsers on a rail.
func turnsOf(row []cell) (all []turn) {
	for i, c := range row {
		switch n := len(all); {
		case c.by.Letter == "":
		case n > 0 && all[n-1].to == i && all[n-1].by == c.by:
			all[n-1].to++
		default:
			all = append(all, turn{c.by, i, i + 1})
		}
	}
	return all
}

// drawTurns writes the turns above a rail that is so many pixels wide, or narrow where
// there is little room: letters that do not fit there are marked.
func drawTurns(m *markup, class string, row []cell, wide, narrow int) {
	all := turnsOf(row)
	if len(all) == 0 {
		return
	}
	m.raw(`<svg class="` + class + `" aria-hidden="true"`)
	m.attr("width", len(row)*cellPixels)
	m.attr("height", turnHeight)
	m.raw(`>`)
	for i := range all {
		all[i].draw(m, len(row), wide, narrow)
	}
	m.raw(`</svg>`)
}

// draw writes a turn. Without room for its letter it is a bar, whose height tells the
// browsers apart as its colour does.
func (t *turn) draw(m *markup, cells, wide, narrow int) {
	room := func(rail int) bool { return (t.to-t.from)*min(cellPixels*cells, rail) >= letterWidth*cells }
	y, height := 0, turnHeight
	if !room(wide) {
		height = turnHeight / 4
		y = max(0, t.by.Slot-1) * height
	}
	m.raw(`<g data-b="`)
	m.num(t.by.Slot)
	m.raw(`"><title>`)
	m.text(t.by.Name)
	m.raw(`</title><rect`)
	m.percent("x", t.from, cells)
	m.percent("width", t.to-t.from, cells)
	m.attr("y", y)
	m.attr("height", height)
	m.raw(`/>`)
	if room(wide) {
		m.raw(`<text`)
		if !room(narrow) {
			m.raw(` class="far"`)
		}
		m.percent("x", t.from, cells)
		m.raw(` dx="2" y="10">`)
		m.text(t.by.Letter)
		m.raw(`</text>`)
	}
	m.raw(`</g>`)
}

// percent writes an attribute: how much a part is of all, in percent.
func (m *markup) percent(name string, part, all int) {
	m.raw(` ` + name + `="`)
	m.b = strconv.AppendFloat(m.b, float64(part*100)/float64(all), 'f', 2, 64)
	m.raw(`%"`)
}
