package views

import (
	"slices"
	"strings"
)

// ExperimentPage is the page of one experiment: what it asks, what the reader expects,
// what is done, and what came of it.
type ExperimentPage struct {
	Page
	Slug     string
	Title    string // a word or two
	Question string
	Terms    string // what the words in it and in the choices mean; "" for none
	Chapter  string // of the story
	N, Of    int    // its place in the story
	Prev     *ExperimentLink
	Next     *ExperimentLink

	Choices  []ExperimentChoice
	Variants []ExperimentVariant
	Browsers []ExperimentBrowser // that it opens; with what they hold, after a run
	Acts     []ExperimentAct
	Run      *ExperimentRun // what is shown of it; nil before one
	Before   *ExperimentRun // the run that stays in sight while the next is predicted; nil for none
	BeforeIn string         // the variant of it, in words
	Two      *ExperimentTwo // that run beside one of another variant; nil for none
	Own      *OwnBrowser    // how to do it without virtual browsers; nil if that cannot be
	ByCourse bool           // before a run: a lesson ran it, and the reader has not predicted yet
}

// ExperimentLink leads to another experiment.
type ExperimentLink struct{ Slug, Title string }

// ExperimentChoice is one of the predictions.
type ExperimentChoice struct {
	ID, Text string
	Chosen   bool // it was predicted
	Right    bool // it is what happened
}

// ExperimentVariant is one of the ways to run the experiment.
type ExperimentVariant struct {
	ID, Text string
	Chosen   bool
	Done     string // what it came to, in a few words, if it was run before; else ""
	ByCourse bool   // a lesson ran it, and what it came to is still to be predicted
}

// ExperimentBrowser is one of the browsers that the experiment opens.
type ExperimentBrowser struct {
	Badge   Badge
	Cookies []ExperimentCookie
}

// SameAsLeft reports whether it holds the cookie of the browser before it.
func (b *ExperimentBrowser) SameAsLeft() bool {
	for _, c := range b.Cookies {
		if c.SameAsLeft {
			return true
		}
	}
	return false
}

// ExperimentCookie is a cookie in the jar of such a browser at the end of a run.
type ExperimentCookie struct {
	Name, Value string
	Reads       string // what anybody can read in it, "" for nothing
	Size        int
	Signed      bool   // whether it is an ID with a signature
	SameSite    string // "" if the experiment is not about that
	Scripts     bool   // whether a script can read it
	Until       string // when it ends
	Same        bool   // whether another of the browsers holds the same
	SameAsLeft  bool   // whether it is the browser before this one
}

// ExperimentAct is one thing that is done.
type ExperimentAct struct {
	From      Badge  // of the browser that something is taken from; without a letter for none
	Badge     Badge  // of the browser that does it or gets it; without a letter for nobody's
	Text      string // one sentence
	Only      string // before a run: in which variants it is done, if not in all
	In        string // the same as the places of the variants, from 1, with spaces between them
	Simulated bool   // it sends no request
	Renewed   bool   // it gave the session another ID
	Left      bool   // it is not done in the variant that was run
	Steps     []int  // of its requests
	Lines     []ExperimentLine
	Answer    string // the status and the result in short; "" if it is no request
	Found     string // what the server found for it in few words, "" for nothing that tells
	Tries     bool   // it tries IDs or keys
	Hit       bool   // one of them was found
	Decides   bool
	Step      int // the one that decides
	Event     int // of that step, from 1; 0 for none
}

// ExperimentRun is what a run came to.
type ExperimentRun struct {
	N       int // its number on the bench
	Variant string
	Skipped bool // nothing was predicted
	Right   bool // what was predicted happened
	Verdict ExperimentLine
	Why     string
	Wrong   string // the misconception behind the prediction, if it was wrong
	Site    string // what a real website does
	Source  string // where that is written
	Records []ExperimentRecord
	Store   string // where they were, "" if the cookies held the sessions
	Steps   []int  // all, in order

	// Prediction is the choice that was predicted, "" for none.
	Prediction string
}

// ExperimentRecord is a record that was in the store at the end, and the browsers whose
// cookie opened it.
type ExperimentRecord struct {
	ID     string
	Values string // as stored
	Until  string // when it ends, "" if that was not noted
	By     []Badge
}

// ExperimentTwo are two runs of different variants, act by act.
type ExperimentTwo struct {
	Variants [2]string
	Runs     [2]int
	Right    [2]string // what the prediction was: "right", "wrong" or "skipped"
	Said     [2]string // the same in words
	Guessed  [2]string // the prediction, "" for none
	Rows     []ExperimentRow
	Verdicts [2]string // in few words
}

// ExperimentRow is an act in both runs. First says that it is the first that differs,
// Instead that one run did the second act in place of the first.
type ExperimentRow struct {
	Cells   [2]ExperimentAct
	Instead bool
	Differs bool
	First   bool
}

// short reports whether the row says in a word how the act was answered: the same in both
// runs, and it decided neither. What was read or copied without a request is shown.
func (r *ExperimentRow) short() bool {
	a := &r.Cells[0]
	return !r.Differs && !a.Decides && !r.Cells[1].Decides && (len(a.Steps) > 0 || len(a.Lines) == 0)
}

// A Lit tells how a piece of a line is shown.
type Lit string

// The ways to show a piece of a line.
const (
	Plain  Lit = ""
	Strong Lit = "strong" // it is what the line is about
	LitUp  Lit = "lit"    // it is there, and decided the verdict
	Absent Lit = "absent" // it is not there, and that decided the verdict
)

// ExperimentPart is a piece of a line.
type ExperimentPart struct {
	Text string
	Lit  Lit
	Note bool // it is said of the line, and was not in it
}

// ExperimentLine is a line of what an act sent, got or found.
type ExperimentLine []ExperimentPart

// Strong is what the line is about.
func (l ExperimentLine) Strong() string {
	var b strings.Builder
	for _, part := range l {
		if part.Lit == Strong {
			b.WriteString(part.Text)
		}
	}
	return b.String()
}

// String is the line without what is only said of it.
func (l ExperimentLine) String() string {
	var b strings.Builder
	for _, part := range l {
		if !part.Note {
			b.WriteString(part.Text)
		}
	}
	return b.String()
}

// shown is the run whose acts are shown, nil before the first.
func (p *ExperimentPage) shown() *ExperimentRun {
	if p.Run == nil {
		return p.Before
	}
	return p.Run
}

// back is the address of the page as it is, for a form that leads to it again.
func (p *ExperimentPage) back() string {
	switch {
	case p.Run == nil:
		return p.at("")
	case p.Two == nil:
		return p.at("?run=" + itoa(p.Run.N) + "&one")
	}
	return p.at("?run=" + itoa(p.Run.N))
}

// at is the address of the experiment with a query, presented as the page is.
func (p *ExperimentPage) at(query string) string {
	address := p.in("/experiments/" + p.Slug + query)
	switch {
	case !p.Present:
		return address
	case query == "":
		return address + "?present"
	}
	return address + "&present"
}

// unpresented is the address of the page as it is for one reader.
func (p *ExperimentPage) unpresented() string {
	query := slices.DeleteFunc(strings.Split(strings.TrimPrefix(p.Query, "?"), "&"), func(part string) bool {
		return part == "" || part == "present" || part == "present="
	})
	if len(query) == 0 {
		return p.in(p.Path)
	}
	return p.in(p.Path) + "?" + strings.Join(query, "&")
}

// Lit are the pieces of the line that decided the verdict.
func (l ExperimentLine) Lit() (all []string) {
	for _, part := range l {
		if part.Lit == LitUp || part.Lit == Absent {
			all = append(all, part.Text)
		}
	}
	return all
}
