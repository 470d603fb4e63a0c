package views

// A drawing is what an experiment is about, as marks on four lifelines: Mallory at 52,
// Alice at 152, the server at 262 and the store at 356 of 400. Heights are from the
// middle of its row.
type drawing []drawnMark

// A drawnMark is a line, an arrow or a box of a drawing.
type drawnMark struct {
	by     string // whose colour: "m", "a", "server", "store" or "browser"
	line   string // a path from where it begins to where it ends
	tip    string // a path of the arrow's head
	look   string // "dash", "fine" or "thick", as the line is drawn
	box    [4]int // x, y, width, height
	word   string // one that is the same in all languages
	say    string // or the id of one that is not
	x, y   int    // its middle
	circle [3]int // x, y, radius
}

// The places of the lifelines.
const (
	atMallory = 52
	atAlice   = 152
	atServer  = 262
)

// right and left are heads of arrows.
func right(x, y string) string { return "M" + x + " " + y + "l-10 -5v10z" }
func left(x, y string) string  { return "M" + x + " " + y + "l10 -5v10z" }

// drawings are those of the experiments, by slug. They adorn a list that says the same
// in words.
var drawings = map[string]drawing{
	"no-cookies": {
		{by: "a", line: "M161 0H253", tip: right("259", "0")},
		{by: "stop", line: "M201 -6l12 12M213 -6l-12 12"},
	},
	"second-browser": {
		{by: "browser", line: "M140 0H253", tip: right("259", "0")},
		{by: "browser", box: [4]int{71, -11, 70, 22}, say: "experiment.drawing.another", x: 106, y: 4},
	},
	"two-tabs": {
		{by: "a", line: "M161 -7H253", tip: right("259", "-7")},
		{by: "a", line: "M161 7H253", tip: right("259", "7")},
	},
	"browser-closed": {
		{by: "a", box: [4]int{165, -11, 62, 22}, say: "experiment.drawing.closed", x: 196, y: 4},
	},
	"lifetime": {
		{by: "a", line: "M162 0H348", look: "dash"},
		{by: "a", word: "2h", x: 207, y: 4},
		{by: "store", circle: [3]int{356, 0, 9}, line: "M356 -5v5l4 2"},
	},
	"replay-after-logout": {
		{by: "a", line: "M161 -9H253", tip: right("259", "-9"), look: "dash"},
		{by: "a", say: "experiment.drawing.log_out", x: 203, y: -5},
		{by: "a", line: "M161 10H253", tip: right("259", "10")},
		{by: "a", say: "experiment.drawing.copy", x: 203, y: 14},
	},
	"theft": {
		{by: "a", line: "M143 0H61", tip: left("55", "0")},
		{by: "a", word: "Cookie", x: 102, y: -8},
		{by: "m", line: "M61 16H253", tip: right("259", "16"), look: "dash"},
	},
	"sniffing": {
		{by: "a", line: "M161 0H253", tip: right("259", "0")},
		{by: "m", line: "M207 0V14H60", tip: left("55", "14"), look: "dash"},
	},
	"cross-site": {
		{by: "m", line: "M61 0H143", tip: right("149", "0"), look: "dash"},
		{by: "a", line: "M161 0H253", tip: right("259", "0")},
	},
	"fixation": {
		{by: "m", line: "M61 0H143", tip: right("149", "0")},
		{by: "m", word: "ID", x: 102, y: -7},
	},
	"tampering": {
		{by: "m", line: "M61 0H253", tip: right("259", "0")},
		{by: "m", word: "~", x: 197, y: -6},
	},
	"guessing": {
		{by: "m", line: "M61 -8H253", tip: right("259", "-8"), look: "fine"},
		{by: "m", line: "M61 0H253", tip: right("259", "0"), look: "fine"},
		{by: "m", line: "M61 8H253", tip: right("259", "8"), look: "fine"},
		{by: "m", word: "×1000", x: 207, y: 4},
	},
	"weak-key": {
		{by: "m", box: [4]int{68, -11, 72, 22}, say: "experiment.drawing.the_key", x: 104, y: 4},
	},
	"restart": {
		{by: "server", box: [4]int{275, -11, 66, 22}, say: "experiment.drawing.restart", x: 308, y: 4},
	},
	"two-workers": {
		{by: "a", line: "M161 0H216L246 -9M216 0L246 9"},
		{by: "server", box: [4]int{248, -17, 28, 15}},
		{by: "server", box: [4]int{248, 2, 28, 15}},
	},
	"too-large": {
		{by: "server", line: "M252 0H168", tip: "M155 0l14 -9v18z", look: "thick"},
		{by: "server", word: "6 kB", x: 207, y: -9},
	},
}

// A start is where the number of an experiment stands, and whose colour it has.
type start struct {
	x  int
	by string
}

var starts = map[string]start{
	"cross-site": {atMallory, "m"}, "fixation": {atMallory, "m"}, "tampering": {atMallory, "m"},
	"guessing": {atMallory, "m"}, "weak-key": {atMallory, "m"},
	"restart": {atServer, "server"}, "too-large": {atServer, "server"},
}

// startOf is where an experiment starts: with Alice, unless it says otherwise.
func startOf(slug string) start {
	if s, ok := starts[slug]; ok {
		return s
	}
	return start{atAlice, "a"}
}
