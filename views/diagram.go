package views

// A diagram is a step's events laid out: a pure function of the density and the
// events.
type diagram struct {
	density
	height int // of all rows
	rows   []row
}

// A row is one event. Its band spans the whole width from y to y+h; all other y
// are from the top of the band.
type row struct {
	n        int
	y, h     int
	lane     string
	about    string // the thing in the panes that it concerns
	mark     Mark
	self     bool      // a box rather than a line
	back     bool      // an answer
	x1, x2   int       // from where to where the line goes, or the box
	disc     int       // x of the number
	line     int       // y of the line, or of the middle of the box
	textX    int       // where the words begin in a box, and their middle at a line
	titleY   int       // of its first line
	lead     int       // from there to its second
	wireY    int       // of the bytes
	title    [2]string // two lines, the second "" unless one is too short
	wire     string    // cut to fit, with the mark's glyph and the time taken
	wireSize int       // columns there were for it
	last     int       // of a fold: the number of its last event; else 0
}

// arrange places events from top to bottom.
func arrange(d density, events []Event) diagram {
	g := diagram{density: d, rows: make([]row, 0, len(events))}
	for i := range events {
		g.add(&events[i])
	}
	g.height += margin
	return g
}

// add places an event below the rows there are.
func (g *diagram) add(e *Event) {
	r := row{n: e.N, y: g.height, lane: e.Lane, about: concern(e.Kind), mark: e.Mark, back: e.Return}
	from, to := laneIndex(e.From), laneIndex(e.To)
	if from == to {
		g.work(&r, e, from)
	} else {
		g.message(&r, e, from, to)
	}
	g.height += r.h
	g.rows = append(g.rows, r)
}

// work places a box by its lane.
func (g *diagram) work(r *row, e *Event, lane int) {
	r.self, r.h = true, g.self
	r.line = r.h / 2
	r.x1 = g.beside(lane, g.box)
	r.x2 = r.x1 + g.box
	r.disc = r.x1 + disc + 1
	r.textX = r.disc + disc + 6
	r.titleY, r.wireY = r.line+4, r.line+4

	room := (r.x2 - r.textX - 6) * 10
	r.title[0] = fit(visible(e.Title), room/g.titleCell)
	r.wireSize = (room - width(r.title[0])*g.titleCell - 80) / g.wireCell
	if r.wireSize >= 6 {
		r.wire = wire(e, r.wireSize)
	}
	if width(r.wire) > r.wireSize || r.wireSize < leastWire && width(visible(head(e.Wire, shownBytes))) > r.wireSize {
		if r.wire = glyph(e.Mark); width(r.wire) > r.wireSize { // the title says it, and a few letters of the bytes do not
			r.wire = ""
		}
	}
}

// message places a line between two lanes, words above it and bytes below, all of
// them between these lanes: what passes between two is no business of a third.
func (g *diagram) message(r *row, e *Event, from, to int) {
	left, right := g.between(from, to)
	r.textX = (left + right) / 2
	room := (right - left) * 10
	r.title = wrap(visible(e.Title), room/g.titleCell)
	r.wireSize = room / g.wireCell
	r.wire = wire(e, r.wireSize)

	more := 0
	if r.title[1] != "" {
		more = g.lead
	}
	r.h, r.line, r.wireY = g.density.message+more, g.line+more, g.density.wire+more
	r.titleY, r.lead = g.density.title, g.lead
	r.disc = g.lanes[from]
	if a, b := g.lanes[from], g.lanes[to]; a < b {
		r.x1, r.x2 = a+disc, b-tip
	} else {
		r.x1, r.x2 = a-disc, b+tip
	}
}

// leastWire is how many columns bytes need that are cut: fewer say nothing.
const leastWire = 12

// wire returns the bytes of an event in at most size columns: the glyph of its
// mark before them, the time they took after them, neither of them cut.
func wire(e *Event, size int) string {
	before, after, sent := glyph(e.Mark), "", e.Wire
	if sent == e.Title && before == "" { // it is there already; a glyph would stand alone
		sent = ""
	}
	if e.Took != "" {
		after = " · " + e.Took
	}
	if sent == "" {
		after = e.Took
	}
	if before != "" {
		before += " "
	}
	room := size - width(before) - width(after)
	bytes := visible(head(sent, shownBytes))
	if room < leastWire && width(bytes) > room { // the bytes say more than the time
		after, room = "", size-width(before)
	}
	if room < 6 && sent != "" {
		before, after, room = "", "", size
	}
	return before + fitWire(bytes, room) + after
}
