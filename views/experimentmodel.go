package views

// ExperimentPage is the page of one experiment: what it asks, what the reader expects,
// what is done, and what came of it.
type ExperimentPage struct {
	Page
	Slug     string
	Title    string // a word or two
	Question string
	Chapter  string // of the story
	N, Of    int    // its place in the story
	Prev     *ExperimentLink
	Next     *ExperimentLink

	Choices  []ExperimentChoice
	Variants []ExperimentVariant
	Browsers []ExperimentBrowser // that it opens; with what they hold, after a run
	Acts     []ExperimentAct
	Run      *ExperimentRun // what is shown of it; nil before one
	Two      *ExperimentTwo // that run beside one of another variant; nil for none
	Own      *OwnBrowser    // how to do it without virtual browsers; nil if that cannot be
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
}

// ExperimentBrowser is one of the browsers that the experiment opens.
type ExperimentBrowser struct {
	Badge   Badge
	Cookies []ExperimentCookie
}

// ExperimentCookie is a cookie in the jar of such a browser at the end of a run.
type ExperimentCookie struct {
	Name, Value string
	Size        int
	Scripts     bool   // whether a script can read it
	Until       string // when it ends
	Same        bool   // whether another of the browsers holds the same
}

// ExperimentAct is one thing that is done.
type ExperimentAct struct {
	Badge     Badge  // of the browser that does it; without a letter for nobody's
	Text      string // one sentence
	Only      string // before a run: in which variants it is done, if not in all
	Simulated bool   // it sends no request
	Left      bool   // it is not done in the variant that was run
	Steps     []int  // of its requests
	Lines     []string
	Decides   bool
	Event     int // of the step that decides, from 1; 0 for none
}

// ExperimentRun is what a run came to.
type ExperimentRun struct {
	N        int // its number on the bench
	Variant  string
	Skipped  bool // nothing was predicted
	Right    bool // what was predicted happened
	Verdict  string
	Why      string
	Wrong    string // the misconception behind the prediction, if it was wrong
	Site     string // what a real website does
	Source   string // where that is written
	Records  []ExperimentRecord
	Store    string // where they were, "" if the cookies held the sessions
	Steps    []int  // all, in order
	Finished string // when
}

// ExperimentRecord is a record that was in the store at the end, and the browsers whose
// cookie opened it.
type ExperimentRecord struct {
	ID, User string
	By       []Badge
}

// ExperimentTwo are two runs of different variants, act by act.
type ExperimentTwo struct {
	Variants [2]string
	Runs     [2]int
	Right    [2]string // what the prediction was: "right", "wrong" or "skipped"
	Said     [2]string // the same in words
	Rows     []ExperimentRow
	Verdicts [2]string
}

// ExperimentRow is an act in both runs. First says that it is the first that differs.
type ExperimentRow struct {
	Text    string
	Badge   Badge
	Cells   [2]ExperimentCell
	Differs bool
	First   bool
}

// ExperimentCell is an act in one of two runs.
type ExperimentCell struct {
	Left  bool
	Lines []string
	Steps []int
}

// chosen is the variant that is chosen.
func (p *ExperimentPage) chosen() string {
	for _, v := range p.Variants {
		if v.Chosen {
			return v.ID
		}
	}
	return ""
}

// predicted is the choice that was predicted, "" for none.
func (p *ExperimentPage) predicted() string {
	for _, c := range p.Choices {
		if c.Chosen {
			return c.ID
		}
	}
	return ""
}

// at is the address of the experiment with a query.
func (p *ExperimentPage) at(query string) string { return p.in("/experiments/" + p.Slug + query) }
