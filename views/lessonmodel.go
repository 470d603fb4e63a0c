package views

// LessonPage is a lesson at one of its parts: the text at the left, the learner's own
// bench at the right.
type LessonPage struct {
	Page
	N     int // from 0
	Slug  string
	Title string
	Setup string // what beginning does; "" once it has begun
	Story string // what ties it to the lesson before; shown with its first part

	Begun  bool
	Start  LessonForm // begins it, or begins it again
	Round  string     // "Question 1 of 3"
	Stages []LessonStage
	Stage  string // the name of the one that the part belongs to
	About  string // a few words beside it

	AboutHref string // draws the step that About names; "" if it is drawn
	Drawn     string // which step is drawn instead, in words; ""

	Part  LessonPart
	Goals []LessonGoal // of this part
	Beads []bool       // of all goals of the lesson: whether each was reached
	News  string       // which goals the newest step reached; ""
	Apart bool         // whether one of those is not listed with this part
	Next  LessonNext
	Path  string // the shorter path that the reader is on; ""
	Left  string // where in the projection it was left; "" if it was not

	Forms  []LessonForm // what the buttons in the text send
	Bench  LessonBench
	Newest int    // the newest step of the bench, 0 for none
	By     string // the kind of client that sent it
	Away   string // what keeps the lesson from going on, and what to do about it; ""
}

// LessonStage is one of the six stages that each lesson goes through.
type LessonStage struct {
	Name  string
	State string // "done", "now" or "next"
	Href  string // "" while it cannot be opened
}

// LessonForm is a form whose button stands elsewhere.
type LessonForm struct {
	ID     string // of the element
	Method string // "get" or "post"
	Action string
	Fields []Field
}

// LessonNext is where the page goes on: by posting the part that comes next, or by a link
// to another page. Without a word it goes on by itself.
type LessonNext struct {
	Word string
	Part string // "" for a link
	Href string
}

// LessonPart is what a part says.
type LessonPart struct {
	ID      string     // "q1.predict"
	Heading LessonText // none at the end of a lesson
	Blocks  []LessonBlock
	Source  LessonText

	Predict *LessonPredict // what there is to choose from; nil in other parts
	Kept    *LessonChoice  // the answer that was given, while nothing has happened yet; else nil
	Found   []string       // what its acts came to that are no requests
	Verdict *LessonVerdict // what came of it; nil for none
	Take    *LessonEnd     // what the lesson ends with; nil in other parts
}

// asks reports whether the part waits for an answer, which the goals would give away.
func (p *LessonPart) asks() bool { return p.Predict != nil && p.Predict.Open }

// LessonPredict is a question with its choices.
type LessonPredict struct {
	ID      string     // of the question
	Asks    LessonText // the sentence that asks
	Choices []LessonChoice
	Open    bool // whether it can be answered still
}

// LessonChoice is one of the answers to choose from.
type LessonChoice struct {
	ID     string // "a"
	Text   LessonText
	Chosen bool
}

// Letter is the choice's id as it is shown.
func (c *LessonChoice) Letter() string { return letterOf(c.ID) }

// LessonVerdict is what came of a prediction.
type LessonVerdict struct {
	How    string // one of the constants below
	Letter string // of the choice, "" for none
	Said   LessonText
	Answer LessonText // what there is to say about it
}

// How a prediction came out.
const (
	VerdictRight     = "right"
	VerdictWrong     = "wrong"
	VerdictSkipped   = "skipped"
	VerdictOtherwise = "otherwise" // nothing that could be chosen is what happened
)

// mark is that of the colours of a verdict. Wrong is amber: red is for what is deleted or
// refused.
func (v *LessonVerdict) mark() string {
	switch v.How {
	case VerdictRight:
		return "add"
	case VerdictSkipped:
		return "same"
	}
	return "change"
}

// LessonEnd is what a lesson ends with.
type LessonEnd struct {
	Line     LessonText
	Also     LessonText
	Guesses  []LessonGuess
	Right    string // how many of them were right, as in "3 of 4"
	NextAsks string // what stands above the next
	Next     LessonText
}

// LessonGuess is a prediction and what happened.
type LessonGuess struct {
	LessonVerdict
	Asks string
	Step int    // that showed it, 0 for none
	Href string // of that step
}

// LessonGoal is something to reach in the lesson.
type LessonGoal struct {
	ID     string
	Text   LessonText
	Done   bool
	Step   int // that reached it, 0 for none
	Href   string
	Helped string     // what helped, in words; ""
	Stage  string     // how much help was asked for: "", "hint", "goal" or "done"
	Hint   LessonText // once asked for, likewise Shows
	Shows  LessonText
	Do     LessonText // buttons that do it
}
