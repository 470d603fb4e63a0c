package views

// The lanes of a diagram, from left to right.
var laneNames = [...]string{"browser", "server", "store"}

// A density is how a diagram uses the room it has. Lengths are in units of the
// SVG's viewBox; the style sheet says when each density is shown, and how large.
type density struct {
	name     string // the class that it is shown by
	width    int
	lanes    [3]int // x of each lifeline
	head     int    // width of a lane's name box
	nameCell int    // tenths of a unit that a column of a lane's name takes
	message  int    // height of a row for a message
	self     int    // height of a row for work on one lane
	title    int    // from the top of a message's row to the baseline of its title
	line     int    // to the line
	wire     int    // to the baseline of its bytes
	lead     int    // how much a second line of the title adds to all of these
	box      int    // width of the box of work on one lane
	gap      int    // between a lifeline and the words beside it
	// Tenths of a unit that a column of text takes.
	titleCell, wireCell int
}

var (
	wide = density{
		name: "w", width: 640, lanes: [3]int{68, 320, 572}, head: 124, nameCell: 80,
		message: 30, self: 20, title: 10, line: 15, wire: 27, lead: 13, box: 348, gap: 9,
		titleCell: 69, wireCell: 69,
	}
	// medium is for a stage that two jars beside it leave little room: nearly as many
	// events as in the wide one, with letters as large.
	medium = density{
		name: "m", width: 480, lanes: [3]int{58, 240, 422}, head: 106, nameCell: 80,
		message: 32, self: 21, title: 11, line: 16, wire: 28, lead: 13, box: 300, gap: 8,
		titleCell: 69, wireCell: 69,
	}
	compact = density{
		name: "c", width: 320, lanes: [3]int{24, 160, 296}, head: 98, nameCell: 70,
		message: 40, self: 26, title: 11, line: 20, wire: 35, lead: 12, box: 258, gap: 6,
		titleCell: 64, wireCell: 65,
	}
)

const (
	headTop    = 3  // y of the lanes' names
	headHeight = 24 // and how tall they are
	headsBelow = 30 // where the rows begin
	margin     = 4  // left free at either side, and below the last row
	disc       = 9  // radius of an event's number
	tip        = 3  // how far a line stays off the lifelines
)

// beside returns where something of a width begins that belongs to a lane: its
// middle is the lifeline, as near as the edges allow.
func (d *density) beside(lane, width int) int {
	return min(max(d.lanes[lane]-width/2, margin), d.width-margin-width)
}

// between returns the room for words between the lifelines of two lanes.
func (d *density) between(a, b int) (left, right int) {
	return min(d.lanes[a], d.lanes[b]) + d.gap, max(d.lanes[a], d.lanes[b]) - d.gap
}

func laneIndex(name string) int {
	for i, lane := range laneNames {
		if lane == name {
			return i
		}
	}
	return 1
}
