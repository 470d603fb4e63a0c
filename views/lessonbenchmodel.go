package views

// LessonBench is the learner's bench in small, beside a lesson's text: the controls
// that the lesson uses, both sides of the session, and what travelled between them.
type LessonBench struct {
	Page
	Step     *Step    // what is drawn; nil before there is one
	Lens     []string // the kinds of event drawn in full; the others fold into lines
	Event    int      // where the player stands: an event from 1, [BeforeFirst], or 0 for the result
	From     int      // the first of the events that are shown at once, where the player stands at the last of them; 0: that one alone
	Controls []LessonControl
	Others   []OtherJar // the virtual browsers beside the one that is shown
	Store    StoreInfo  // the sessions in the store now, where the newest step found none; else zero
	Quiet    bool       // both sides are as they are now: what was done last sent no request, and Step has no events
	Gave     string     // what the code that ran returned, as Python writes it; "" where it returns nothing
	Locked   bool       // whether the question comes first: the controls are disabled, and say why
	Over     bool       // whether browsers of the lesson are gone, so that it has to begin again
	Asked    string     // the side that the question is about: "browser", "store", or ""
	Badge    Badge      // of the browser that acts first, where it is a virtual one
	Who      string     // whose request the step was, in words
	Running  string     // how the website keeps its sessions now, in words; said where a question changed it; else ""
	Just     string     // what was done since that step, or what the run came to that it is part of; ""
	All      string     // the address of the step on the bench, or if it is Quiet on this page; "" without a step
	Run      *StepRun   // the run of an experiment that the step is part of; nil for none
	Stops    string     // the address of this page without a step, which ends with "?" or "&"
	Again    string     // if it is Quiet, what the link to the newest step says; else ""
	At       string     // the address of this page without an event, which ends with "?" or "&"
}

// The kinds of control.
const (
	ControlField = "field" // a field that operations send
	ControlOp    = "op"    // an operation of the app
	ControlAct   = "act"   // an act of the lesson
)

// LessonControl is one of the controls above the panes. Its element's id is "b-" and
// its ID. A button in the text that does the same lights it up: the style sheet finds it
// by data-slot, which is its place among the controls.
type LessonControl struct {
	Slot     int    // from 1
	ID       string // of a field: its name in forms; of an operation: its name; of an act: the act's id
	Kind     string
	Label    string
	Value    string   // of a field
	Method   string   // "get" or "post"; of a field ""
	Action   string   // the address that it is sent to; of a field ""
	Form     []Field  // what it sends besides, hidden: also where its answer leads back to
	Sends    []string // the fields above that it sends, by their IDs
	Primary  bool     // whether it is to be pressed next
	Disabled bool
	Always   bool // it can be pressed though the question comes first
}

// Field is a field of a form, and its value.
type Field struct{ Name, Value string }
