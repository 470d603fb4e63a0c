package views

// Hint is what a newcomer may try next.
type Hint struct {
	ID        string // a stable word; "" when all has been tried
	Press     string // the act that is due: names the control for it
	Text      string
	Acts      []HintAct // of a hint of several
	Done, All int
	Away      bool // whether it is put away
}

// HintAct is one of the things that a hint asks for.
type HintAct struct {
	Text string
	Done bool
}

// Warning is a risk in the app's settings or in the session, in words.
type Warning struct {
	Lane string // the pane it stands in: "browser" or "store"
	Line string
	Why  string
}

// PrintPage is a bench as a handout: a run of its steps, one after another.
type PrintPage struct {
	Page
	Bench      string
	Steps      []Step
	Total      int
	Prev, Next int // the first step of the run before and after; 0: there is none
}

// NotePage walks through the points of the lecture note.
type NotePage struct {
	Page
	Points []NotePoint
}

// NotePoint is one point of the note.
type NotePoint struct {
	N                 int
	Point, See, Right string // Right is what is more exact, or ""
	Config            bool   // whether it is seen beside the settings as code, and not on the bench
}

// ConfigPage is the settings as code, with the form that changes them.
type ConfigPage struct {
	Page
	Flask, Go []CodeLine
	Shown     bool // whether the secret key is shown
	Rows      []ConfigRow
}

// CodeLine is a line of code.
type CodeLine struct {
	HTML    string // coloured by classes, safe
	Changed bool   // whether it says something else than the defaults
}

// ConfigRow is one setting: its field, what it is called in code, and what a
// change does.
type ConfigRow struct {
	Setting
	Flask   string // its name in a Flask configuration; "" if it has none
	Go      string
	After   string // what a change does to sessions that exist
	Default string // what it is by default, if that is something else; else ""
	Secret  string // for a secret that is not shown, what stands in its place
}
