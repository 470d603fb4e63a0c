// Package lesson holds the lessons of the course: what they set up and say, what is
// right, and how far somebody has got by the steps that they made.
package lesson

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Languages are those that a lesson has its words in, all of them.
var Languages = experiment.Languages

// A Lesson is one lesson of the course. It comes out of [Load], checked, and must not be
// modified. It is safe for concurrent use.
type Lesson struct {
	N    int    `toml:"-"` // its number, from 0
	Slug string `toml:"-"` // its name in addresses

	Minutes int      // that it takes
	Chapter int      // from 1 to [Chapters], or [OwnChapter]
	Paths   []string // the shorter ways through the course that it is part of: of [Paths]
	Brief   []string // those of them on which a class is not asked [Change]

	Own      string            // how the learner's own browser begins: one of the constants below
	Settings map[string]string // of the bench, besides the defaults, as a form has them
	Controls []string          // shown above the panes: of [Fields], of the app's operations, or ids of acts
	Lens     []string          // the kinds of event that are drawn in full, as [step.Kind] has them

	Browsers  []Browser  `toml:"browser"`
	Setup     []Act      `toml:"setup"` // done as the lesson begins
	Acts      []Act      `toml:"act"`
	Steps     []Named    `toml:"step"`
	Questions []Question `toml:"question"` // in order; the last can be [Change]
	Goals     []Goal     `toml:"goal"`

	Words map[string]*Words `toml:"-"` // by language

	exprs map[string]*judge.Expression // what its files ask of steps, by their text
}

// How the learner's own browser begins.
const (
	OwnNone  = ""      // only virtual browsers act
	OwnLogin = "login" // it logs in
	OwnClear = "clear" // nobody is logged in
)

// Chapters is how many chapters the course has.
const Chapters = 4

// OwnChapter follows them: it has the lessons that come from a teacher's folder.
const OwnChapter = Chapters + 1

// Paths are the shorter ways through the course, called by their minutes.
var Paths = [...]string{"45", "90"}

// Change is the id of the question that asks the same once more after one thing was
// changed. It is the last one, and has nothing to explain.
const Change = "change"

// A Browser is a virtual browser that a lesson opens. Its name is the same in all
// languages.
type Browser struct {
	ID, Name string
}

// An Act is one thing that a text's button does. It is what an act of an experiment is,
// or it changes settings, or runs an experiment.
type Act struct {
	experiment.Act
	Settings   map[string]string // as in a form
	Experiment string            // the slug of one that runs
	Variant    string            // and which of its variants
	Draw       string            // the act of that run that is shown after it; "": the one that the verdict is about
}

// Own reports whether the learner's own browser does it: it sends the request itself, as
// a form that posts to the app.
func (a Act) Own() bool { return a.Send != "" && a.By == "" }

// A Named is a step that the words and the goals speak of: the first since the lesson
// began that fits.
type Named struct {
	ID    string
	When  string         // an expression over "it" and the steps named before
	After string         // the named step that it comes after; "": anywhere
	Entry step.EntryKind // it is an entry of that kind, not a step
}

// A Question is predicted, tried, observed and explained.
type Question struct {
	ID      string
	Acts    []string // what there is to do
	Shown   []string // the named steps with which the result is revealed
	Show    string   // the named step that is drawn then
	Before  string   // the one that is drawn while predicting; "": the newest
	Choices []Choice `toml:"choice"`
}

// A Choice is one prediction.
type Choice struct {
	ID    string
	Right string // an expression over named steps
}

// A Goal is something to reach in a lesson.
type Goal struct {
	ID     string
	Part   string   // where it is listed: the id of a question
	When   string   // an expression over named steps
	Step   string   // the named step that stands beside it
	Do     []string // the acts that reach it, in order
	Nearly []string // acts that nearly do, and must not
	Notes  []int    // the rows of the lecture note that it is about
}

// Asks reports whether a class is asked a question on a path, "" for all lessons.
func (l *Lesson) Asks(question, path string) bool {
	return question != Change || !slices.Contains(l.Brief, path)
}

// Question returns the question of that id.
func (l *Lesson) Question(id string) (q Question, ok bool) {
	return find(l.Questions, func(q Question) bool { return q.ID == id })
}

// Act returns the act of that id.
func (l *Lesson) Act(id string) (a Act, ok bool) {
	return find(l.Acts, func(a Act) bool { return a.ID == id })
}

// Goal returns the goal of that id.
func (l *Lesson) Goal(id string) (g Goal, ok bool) {
	return find(l.Goals, func(g Goal) bool { return g.ID == id })
}

// Browser returns the virtual browser of that id.
func (l *Lesson) Browser(id string) (b Browser, ok bool) {
	return find(l.Browsers, func(b Browser) bool { return b.ID == id })
}

func find[T any](all []T, is func(T) bool) (found T, ok bool) {
	for _, v := range all {
		if is(v) {
			return v, true
		}
	}
	return found, false
}
