package views

// Hint is what a newcomer may try next.
type Hint struct {
	ID        string // a stable word; "" when all has been tried
	Press     string // the act that is due: names the control for it
	Text      string
	Acts      []HintAct // of a hint of several
	Done, All int
	Away      bool // whether it is put away
	Try       []ExperimentLink
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
	Try  []ExperimentLink
}

// PrintPage is a bench as a handout: a run of its steps, one after another, or a
// line for each of them.
type PrintPage struct {
	Page
	Form       PrintForm
	Bench      string
	Steps      []Step
	Lines      []PrintLine // in the form of that name, instead of steps
	Before     [][]Entry   // what happened before each of the steps, and after the one before it
	Since      []Entry     // what happened since the last of them
	Total      int
	Run        *PrintRun // the run whose steps they are; nil: they are the bench's
	Prev, Next int       // the first step of the run before and after; 0: there is none
}

// before is what happened before one of the steps.
func (p *PrintPage) before(i int) []Entry {
	if i >= len(p.Before) {
		return nil
	}
	return p.Before[i]
}

// PrintRun is a run of an experiment on a handout.
type PrintRun struct {
	N                                 int
	Title, Question, Variant, Verdict string // in words
}

// PrintForm is how much of a step a handout has. It is the value of ?form=.
type PrintForm string

// The forms of a handout.
const (
	PrintFull  PrintForm = ""      // all of it, with the transcript
	PrintTwo   PrintForm = "two"   // diagram and both sides, two steps a page
	PrintLines PrintForm = "lines" // a line
)

// PrintLine is a step in a line.
type PrintLine struct {
	TimelineItem
	Time string // the clock time
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
	Try               []ExperimentLink
	Lessons           []LessonLink // that have a learner do it
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
