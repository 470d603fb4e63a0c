package views

// Timeline is what happened on a bench, in order: its steps, and what is no request but
// stands between them.
type Timeline struct {
	Ticks                   []Tick         // all entries, without words
	Items                   []TimelineItem // in words: the current one and those around it
	From                    int            // which of the ticks the first item is
	First, Prev, Next, Last int            // step numbers; 0: there is none
	Total                   int            // steps
	At                      int            // which of them is shown, from 1; 0: it is none of them
	Client                  string         // the kind of client whose steps these are; "": all
	Clients                 []string       // the kinds of client seen so far
	Newest                  int            // the number of the newest step by anyone; 0: there is none
	NewestBy                string         // the kind of client that sent it
	Since                   []Entry        // what happened since the newest step
}

// ItemKind says what an entry of the timeline is.
type ItemKind string

// ItemStep is a request. It is the only kind of entry so far.
const ItemStep ItemKind = "step"

// Tick is an entry of the timeline as the rail shows it.
type Tick struct {
	Kind    ItemKind
	N       int   // the number of a step
	Cookie  Mark  // what happened to the cookie
	Record  Mark  // what happened to the record
	Failed  bool  // the website refused the request, or failed at it
	Current bool  // it is the one shown
	InRun   bool  // an experiment made it
	Badge   Badge // of the virtual browser that sent it
}

// TimelineItem is an entry of the timeline in words.
type TimelineItem struct {
	Tick
	Op     string  // what its button says, or the method and path
	Client string  // kind: "browser", "other-browser", "virtual", "curl", "program"
	By     string  // the name of a virtual browser
	Begins bool    // it is the first of a turn: the step before it is by somebody else
	Before []Entry // what happened between it and the step before
	Status int
	Label  string       // all of it in words, for the accessible name
	Run    *TimelineRun // the run of an experiment that it is part of; nil for none
	Folded int          // if it stands for a whole run: how many steps that has
}

// Entry is what happened between two steps and was no request.
type Entry struct {
	Said  string // in words
	Short string // in few, without the browser's name
	Badge Badge  // of the browser that it is about; none: it is about none
	To    Badge  // of the browser that got something of it
	Of    string // what else it is about: "clock", "server", "key", "workers", "store", "run"; or ""
	Run   int    // the number of the run that it is part of; 0 for none
}

// StepsPage lists the steps of a bench, a page of them at a time.
type StepsPage struct {
	Page
	Client     string // the kind of client whose steps these are; "": all
	Rows       []StepRow
	Since      []Entry // what happened since the newest step, on the page that has that
	Prev, Next [2]int  // the first and the last step of the page before and after; 0: there is none
}

// StepRow is a step with the sentence of what came of it.
type StepRow struct {
	TimelineItem
	Say string
}
