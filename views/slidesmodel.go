package views

// SlidePage is one screen of a lesson that is projected: one idea, for the last row of
// a room. Each question has four or five, and the lesson ends with one.
type SlidePage struct {
	Page
	N     int // of the lesson, from 0
	Title string
	Kind  string // one of the constants below
	Row   []SlideLink
	At    int // which screen of the lesson it is, from 1
	Of    int
	Place string // where the lesson stands on its path; ""

	Prev  string // the address of the screen before; ""
	Next  string // of the one after; "" where a button leads on instead
	Leave string // the same place in the lesson
	Foot  string // one sentence for the room
	About string // of the flow: which step it is of, and whether that is an earlier one

	Start   *LessonForm // begins the lesson, which has to be done first, or at its end the next one; else nil
	Again   bool        // it was begun before
	Heading LessonText
	Blocks  []LessonBlock

	Predict *LessonPredict // of the question: what there is to vote on
	Vote    LessonForm     // answers it, or skips it
	Side    string         // the one that the question is about, if it holds something: "browser" or "store"
	Now     LessonBytes    // what that side holds

	Acts     []SlidePress // of the act: in order
	Silent   bool         // whether the one that is pressed by going on sends no request
	Returned string       // what the website answered to the last one; ""
	SeeOther string       // what the status 303 is, where it is seen for the first time; ""
	Bench    *LessonBench // of act and flow

	Answers []SlideAnswer // of the answer: all choices, and what there is to say about them

	Also LessonText  // of the end
	Ends []SlideLink // where to go at the end of the path
}

// The kinds of screen, in their order.
const (
	SlideQuestion = "question"
	SlideAct      = "act"
	SlideFlow     = "flow"
	SlideVerdict  = "answer"
	SlideWhy      = "why"
	SlideTake     = "take"
)

// slideBytesMore is how many times as many columns of a value a screen has as a lesson's
// text.
const slideBytesMore = 4

// SlideLink leads to a screen of the same question, or to the end.
type SlideLink struct {
	Name  string
	Href  string
	State string // "done", "now" or "next"
}

// SlidePress is a button that does an act of the question.
type SlidePress struct {
	LessonForm
	Label string
	N     int // of the step that it became, 0 for none
	Done  bool
	Now   bool // it is pressed by going on
	Again bool // what it came to is shown: Enter presses it once more
}

// SlideAnswer is a choice, and what there is to say about it.
type SlideAnswer struct {
	Letter string
	Right  bool
	Text   LessonText
}

// before is where going back leads: in the flow to the stop before.
func (p *SlidePage) before() string {
	if p.Kind == SlideFlow {
		if at := p.Bench.slideBefore(); at > 0 {
			return p.Bench.event(at)
		}
	}
	return p.Prev
}

// after is where going on leads: in the flow to the stop after.
func (p *SlidePage) after() string {
	if p.Kind == SlideFlow {
		if at := p.Bench.slideAfter(); at > 0 {
			return p.Bench.event(at)
		}
	}
	return p.Next
}

// result is where the flow's result is, "" if it is shown: a teacher who is short of time
// goes there at once.
func (p *SlidePage) result() string {
	if p.Kind != SlideFlow || p.Bench.at() == p.Bench.end() {
		return ""
	}
	return p.Bench.event(p.Bench.end())
}

// said is the sentence of where the player of the flow stands. At the response it says
// what 303 is.
func (p *SlidePage) said() string {
	if b := p.Bench; p.SeeOther != "" && b.at() < b.end() && b.isNow("response.sent") {
		return b.said() + " " + p.SeeOther
	}
	return p.Bench.said()
}

// isLink reports whether a paragraph only leads elsewhere: a remote cannot go there.
func (b *LessonBlock) isLink() bool { return len(b.Text) == 1 && b.Text[0].Kind == SpanLink }

// isCode reports whether a paragraph is a line of code, and nothing else.
func (b *LessonBlock) isCode() bool { return len(b.Text) == 1 && b.Text[0].Kind == SpanCode }
