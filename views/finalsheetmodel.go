package views

// FinalSheetPage is the one page that a learner takes home from the course. What was
// not made yet is not there, and nothing stands in for it.
type FinalSheetPage struct {
	Page
	Bench     string
	Sides     *SheetSides // nil: not made yet, or no longer kept
	Makes     LessonLink  // the lesson that makes them
	Questions []SheetQuestion
	Thief     []SheetThief
	Later     map[string]LessonLink // by the rows of the table of mechanisms: the lesson that is to show one
	Guesses   []SheetLesson
	Takes     []SheetTake  // of lessons in which a prediction was wrong
	AlsoWrong []LessonLink // the other ones, if that are too many
	Done, Of  int          // lessons
	Steps     int          // of the bench
	Finished  string       // the day on which the last lesson was done; "" while one is not
}

// SheetSides are what the learner's browser and store held after one step.
type SheetSides struct {
	Step   int
	Cookie []Part // of its value
	Key    []Part // of the record
	Record string // as stored
	Bytes  int
}

// SheetQuestion is a question whose answer the learner saw happen.
type SheetQuestion struct {
	ID     string
	Step   int        // where; 0: no step shows it
	Gone   bool       // it was seen, in a step that is no longer kept
	Code   string     // bytes of that step
	Said   string     // in words, with numbers of that step
	Lesson LessonLink // that shows it
}

// SheetThief is a thief's way in, and the lesson that stops it.
type SheetThief struct {
	ID     string
	Lesson LessonLink
	Done   bool
}

// SheetLesson is how the predictions of a lesson came out.
type SheetLesson struct {
	N       int
	Guesses []Guess
}

// Guess says how a prediction came out.
type Guess string

// How predictions come out.
const (
	GuessRight   Guess = "right"
	GuessWrong   Guess = "wrong"
	GuessSkipped Guess = "skipped"
)

// SheetTake is the one line to take away from a lesson.
type SheetTake struct {
	N    int
	Text string
}

// sheetRows are the rows of the table of three mechanisms, and which cells of each
// warn or reassure: "server", "flask" and "gorilla" in that order.
var sheetRows = [...]struct {
	id   string
	tone [3]string
}{
	{"data", [3]string{}},
	{"read", [3]string{"", "bad", ""}},
	{"change", [3]string{}},
	{"set", [3]string{}},
	{"logout", [3]string{"good", "bad", "bad"}},
	{"large", [3]string{}},
}

var sheetWays = [...]string{"server", "flask", "gorilla"}

// right counts the predictions that were right.
func (l SheetLesson) right() (n int) {
	for _, g := range l.Guesses {
		if g == GuessRight {
			n++
		}
	}
	return n
}

// tally counts the predictions of all lessons that were not skipped.
func (p *FinalSheetPage) tally() (right, asked int) {
	for _, l := range p.Guesses {
		right += l.right()
		for _, g := range l.Guesses {
			if g != GuessSkipped {
				asked++
			}
		}
	}
	return right, asked
}

// word is a message of the sheet: the ids of many follow from those of what it shows.
func (p *FinalSheetPage) word(id string) string {
	id = "sheet." + id
	return p.Text.T(id)
}
