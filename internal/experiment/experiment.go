package experiment

import (
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// Languages are those that an experiment has its words in, all of them.
var Languages = [...]string{"en", "zh"}

// An Experiment asks what will happen, has virtual browsers do it on a bench, and
// judges by the readings of what they did. It comes out of [Load], checked, and must not
// be modified.
type Experiment struct {
	Slug    string `toml:"-"`
	Chapter int    // from 1 to [Chapters], or [OwnChapter]
	Order   int    // its place in the story, from 1; among a teacher's own, any number

	// Host, unless empty, is the name by which its browsers visit the website, for what
	// browsers do otherwise with an address of their own machine.
	Host     string
	Settings map[string]string // besides the defaults, in every variant, as a form has them

	Browsers []Browser `toml:"browser"`
	Variants []Variant `toml:"variant"`
	Acts     []Act     `toml:"act"`
	Choices  []Choice  `toml:"choice"`
	Verdicts []Verdict `toml:"verdict"`
	Also     Also

	Words map[string]*Words `toml:"-"` // by language

	own   bool                         // it is a teacher's, so its place in the story is known
	fills map[string]*judge.Expression // what placeholders in words stand for
}

// Chapters is how many chapters the story of the experiments has.
const Chapters = 4

// OwnChapter follows them: it has the experiments that come from a teacher's folder.
const OwnChapter = Chapters + 1

// A Browser is a virtual browser that an experiment opens.
type Browser struct {
	ID string
}

// A Variant is one way to run an experiment: what is changed to see what it changes.
type Variant struct {
	ID       string
	Settings map[string]string
}

// A Choice is one prediction, in the order of the buttons.
type Choice struct {
	ID       string
	Verdicts []string // that make it right; none for a misconception
}

// A Verdict is what an experiment can come to.
type Verdict struct {
	ID     string
	When   string      // an expression over what the acts showed: see [Observed]
	Step   string      // the act whose step decides it; of requests sent together, the last
	Events []step.Kind // and the event in it: the first of these that there is
	// Attribute, unless empty, is the attribute of a Set-Cookie line that the verdict is
	// about, whether it is there or not: one of [Attributes].
	Attribute string
	Set       string   // the act whose step has that line; "": that of Step
	Variants  []string // that come to it

	when *judge.Expression
}

// Attributes are what a Set-Cookie line can say about its cookie, of what a verdict can
// be about.
var Attributes = [...]string{"Expires", "HttpOnly", "SameSite", "Secure"}

// Also is where somebody may wonder what the experiment answers, so that a link can
// stand there.
type Also struct {
	Settings []string // names of settings
	Hints    []string // ids of package advice
	Warnings []string // likewise
	Notes    []int    // rows of the lecture note
}

// Variant returns the variant of that id.
func (e *Experiment) Variant(id string) (v Variant, ok bool) {
	return find(e.Variants, func(v Variant) bool { return v.ID == id })
}

// Verdict returns the verdict of that id.
func (e *Experiment) Verdict(id string) (v Verdict, ok bool) {
	return find(e.Verdicts, func(v Verdict) bool { return v.ID == id })
}

// Choice returns the choice of that id.
func (e *Experiment) Choice(id string) (c Choice, ok bool) {
	return find(e.Choices, func(c Choice) bool { return c.ID == id })
}

// Act returns the act of that id, which may be one of several done together.
func (e *Experiment) Act(id string) (a Act, ok bool) {
	return find(e.all(), func(a Act) bool { return a.ID == id })
}

// setting is what a setting is in a variant, as a form has it.
func (e *Experiment) setting(v Variant, name string) string {
	if value, ok := v.Settings[name]; ok {
		return value
	}
	if value, ok := e.Settings[name]; ok {
		return value
	}
	row, _ := lab.Named(name)
	return row.Default
}

// all are the acts with those that are done together, in order.
func (e *Experiment) all() []Act { return withParts(e.Acts) }

func withParts(acts []Act) (all []Act) {
	for _, a := range acts {
		all = append(all, a)
		for _, part := range a.Together {
			part.Only, part.Except = a.Only, a.Except
			all = append(all, part)
		}
	}
	return all
}

func find[T any](all []T, is func(T) bool) (found T, ok bool) {
	for _, v := range all {
		if is(v) {
			return v, true
		}
	}
	return found, false
}
