package views

// A railPath is the path of all strokes of one colour. It moves from one to the next
// by their distance, not to a place of its own each: equal distances pack well.
type railPath struct {
	markup
	x, y int // where the pen is
}

// A stroke is drawn from a point, and leaves the pen at another, which is that far off.
type stroke struct {
	dx, dy int
	d      string
}

// line draws a stroke at a point.
func (p *railPath) line(x, y int, s stroke) {
	p.raw("m")
	p.num(x - p.x)
	if dy := y - p.y; dy >= 0 {
		p.raw(" ")
	}
	p.num(y - p.y)
	p.raw(s.d)
	p.x, p.y = x+s.dx, y+s.dy
}

// draw writes the path, if there is anything in it.
func (p *railPath) draw(m *markup, attr string) {
	if len(p.b) == 0 {
		return
	}
	m.raw("<path " + attr + ` d="`)
	m.b = append(m.b, p.b...)
	m.raw(`"/>`)
}
