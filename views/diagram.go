package views

// The lanes of a diagram, from left to right.
var laneNames = [...]string{"browser", "server", "store"}

// A density is how a diagram uses the room it has. Lengths are in units of the
// SVG's viewBox, which are pixels at scale 1.
type density struct {
	name    string // distinguishes ids on the page
	width   int
	lanes   [3]int // x of each lifeline
	lane    int    // width of a lane's name box
	top     int    // y of the first row
	message int    // height of a row for a message
	self    int    // height of a row for work on one lane
	title   int    // from the top of a message's row to the baseline of its title
	line    int    // to the line
	wire    int    // to the baseline of its bytes
	box     int    // width of the box of work on one lane
	aside   bool   // whether the words of a message may use the whole width
	// Tenths of a unit that a column of text takes.
	titleCell, wireCell int
}

var (
	wide = density{
		name: "w", width: 640, lanes: [3]int{68, 320, 572}, lane: 124, top: rowsTop,
		message: 40, self: 24, title: 12, line: 19, wire: 32, box: 348,
		titleCell: 74, wireCell: 72,
	}
	compact = density{
		name: "c", width: 320, lanes: [3]int{42, 160, 278}, lane: 76, top: rowsTop,
		message: 52, self: 28, title: 12, line: 24, wire: 43, box: 272, aside: true,
		titleCell: 67, wireCell: 63,
	}
)

const (
	laneTop    = 3  // y of the lanes' names
	laneHeight = 28 // and how tall they are
	rowsTop    = 38 // y of the first row below them
	margin     = 4  // left free at either side
	disc       = 9  // radius of an event's number
	tip        = 3  // how far a line stays off the lifelines
)

// A diagram is a step's events laid out: a pure function of the events.
type diagram struct {
	density
	height int
	rows   []row
}

// A row is one event. Its band spans the whole width from y to y+h.
type row struct {
	n        int
	y, h     int
	lane     string
	about    string // the thing in the panes that it concerns
	mark     Mark
	self     bool // a box rather than a line
	back     bool // an answer
	x1, x2   int  // from where to where the line goes, or the box
	disc     int  // x of the number
	line     int  // y of the line, or of the middle of the box
	textX    int
	anchor   string // of title and wire: "start", "middle" or "end"
	titleY   int
	wireY    int
	title    string // cut to fit
	wire     string // cut to fit, with the mark's glyph and the time taken
	wireSize int    // columns there were for it
}

// arrange places events from top to bottom.
func arrange(d density, events []Event) diagram {
	g := diagram{density: d, rows: make([]row, 0, len(events))}
	y := d.top
	for i := range events {
		e := &events[i]
		r := row{n: e.N, y: y, lane: e.Lane, about: concern(e.Kind), mark: e.Mark, back: e.Return}
		from, to := laneIndex(e.From), laneIndex(e.To)
		if from == to {
			g.work(&r, e, from)
		} else {
			g.message(&r, e, from, to)
		}
		y += r.h
		g.rows = append(g.rows, r)
	}
	g.height = y + margin
	return g
}

// work places a box by its lane, as near as the edges allow.
func (g *diagram) work(r *row, e *Event, lane int) {
	r.self, r.h = true, g.density.self
	r.line = r.y + r.h/2
	r.x1 = min(max(g.lanes[lane]-g.box/2, margin), g.width-margin-g.box)
	r.x2 = r.x1 + g.box
	r.disc = r.x1 + disc + 2
	r.textX, r.anchor = r.disc+disc+6, "start"
	r.titleY, r.wireY = r.line+4, r.line+4

	room := (r.x2 - r.textX - 6) * 10
	r.title = fit(visible(e.Title), room/g.titleCell)
	r.wireSize = (room - width(r.title)*g.titleCell - 80) / g.wireCell
	if r.wireSize >= 6 {
		r.wire = wire(e, r.wireSize)
	}
	if width(r.wire) > r.wireSize { // a mark and a time are never cut
		r.wire = ""
	}
}

// message places a line between two lanes, words above it and bytes below.
func (g *diagram) message(r *row, e *Event, from, to int) {
	a, b := g.lanes[from], g.lanes[to]
	r.h = g.density.message
	r.line = r.y + g.density.line
	r.titleY, r.wireY = r.y+g.density.title, r.y+g.density.wire
	r.disc = a
	if a < b {
		r.x1, r.x2 = a+disc, b-tip
	} else {
		r.x1, r.x2 = a-disc, b+tip
	}

	left, right := min(a, b), max(a, b)
	room := right - left - 2*disc - 6
	r.textX, r.anchor = (left+right)/2, "middle"
	if g.aside {
		room = g.width - 4*margin
		r.textX, r.anchor = 2*margin, "start"
		if left > g.lanes[0] {
			r.textX, r.anchor = g.width-2*margin, "end"
		}
	}
	r.title = fit(visible(e.Title), room*10/g.titleCell)
	r.wireSize = room * 10 / g.wireCell
	r.wire = wire(e, r.wireSize)
}

// wire returns the bytes of an event in at most size columns: the glyph of its
// mark before them, the time they took after them, neither of them cut.
func wire(e *Event, size int) string {
	before, after := glyph(e.Mark), ""
	if e.Took != "" {
		after = " · " + e.Took
	}
	if e.Wire == "" {
		after = e.Took
	}
	if before != "" {
		before += " "
	}
	room := size - width(before) - width(after)
	if room < 6 && e.Wire != "" {
		before, after, room = "", "", size
	}
	return before + fit(visible(head(e.Wire, shownBytes)), room) + after
}

func laneIndex(name string) int {
	for i, lane := range laneNames {
		if lane == name {
			return i
		}
	}
	return 1
}
