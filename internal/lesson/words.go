package lesson

// Words are the words of a lesson in one language.
type Words struct {
	Title    string
	Question string // what the lesson answers
	Story    string // how it follows from the lesson before

	Parts     map[string]*Part                  // by the ids of [Lesson.Parts], without [Take]
	Choices   map[string]map[string]ChoiceWords // by question and choice
	Skipped   map[string]Inline                 // by question: for those who did not predict
	Otherwise map[string]Inline                 // by question: if no choice is right

	Take  Inline                       // one line
	Also  Inline                       // what else was learned; may be nil
	Next  Inline                       // the question of the next lesson
	Wrong map[string]map[string]Inline // by question and choice: what happened instead

	Goals    map[string]GoalWords
	Controls map[string]string // labels of the controls that are acts
	Teacher  []Block
}

// A Part is one screen of a lesson: what it says, without what belongs to the choices.
type Part struct {
	ID      string
	Heading Inline
	Blocks  []Block
	Ask     Inline // of "predict": the question that the choices answer
	Source  Inline // of "explain" and of "change.observe": where that is written
}

// ChoiceWords are the words of a choice.
type ChoiceWords struct {
	Text   Inline
	Behind Inline // what somebody thinks who chooses it
	Answer Inline // what is said to them
}

// GoalWords are the words of a goal.
type GoalWords struct {
	Text Inline
	Hint Inline
	Show Inline // how a bench looks that has reached it
}

// A Block is a paragraph, or what stands between paragraphs.
type Block struct {
	Kind   BlockKind
	Inline Inline   // of a Paragraph and of Code
	Items  []Inline // of a List
	Number bool     // of a List: its items are counted
	Step   string   // of Compare and Line: the named step
	What   string   // of Line: "set" or "cookie"

	line int // in its file
}

// A BlockKind says what a block is.
type BlockKind string

// The kinds of block.
const (
	Paragraph BlockKind = "paragraph"
	Code      BlockKind = "code"    // fenced, or after "::code"
	List      BlockKind = "list"    //
	Compare   BlockKind = "compare" // cookie and record of a step, before and after
	Line      BlockKind = "line"    // the raw Set-Cookie or Cookie line of a step
)

// The values of a Line's What.
const (
	LineSet    = "set"
	LineCookie = "cookie"
)

// An Inline is a run of text.
type Inline []Span

// A Span is a piece of text. Those of kind [Text] and [Placeholder] have Text, all
// others have Inner.
type Span struct {
	Kind  SpanKind
	Text  string // of a Placeholder: the expression
	Inner Inline
	To    string // where a link leads: see the kinds

	line int // in its file
}

// A SpanKind says what a span is.
type SpanKind string

// The kinds of span.
const (
	Text        SpanKind = "text"
	Placeholder SpanKind = "placeholder" // what an expression over named steps comes to: [Progress.Fill]
	Strong      SpanKind = "strong"
	Emphasis    SpanKind = "emphasis"
	CodeSpan    SpanKind = "code"

	LinkDo         SpanKind = "do"         // does the act To
	LinkPane       SpanKind = "pane"       // lights up the pane To: "jar", "server" or "store"
	LinkEvent      SpanKind = "event"      // To is "step:kind", of a named step: see [Span.Event]
	LinkCode       SpanKind = "code-of"    // the code that ran in the named step; see [Span.Event]
	LinkExperiment SpanKind = "experiment" // To is its slug
	LinkLesson     SpanKind = "lesson"     // To is its slug
	LinkBench      SpanKind = "bench"
	LinkRestart    SpanKind = "restart" // begins this lesson again
	LinkURL        SpanKind = "url"     // To is an address
)
