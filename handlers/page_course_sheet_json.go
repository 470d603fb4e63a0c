package handlers

import (
	"strings"

	"github.com/sessionlab/sessionlab/views"
)

// sheetJSON is the final sheet. What was not made yet is null.
type sheetJSON struct {
	Bench       string              `json:"bench"`
	Cookie      *string             `json:"cookie"` // its value
	Record      *string             `json:"record"` // as stored
	Questions   []sheetQuestionJSON `json:"questions"`
	Predictions []sheetGuessesJSON  `json:"predictions"`
	Takes       []sheetTakeJSON     `json:"takes"` // of lessons in which a prediction was wrong
	Done        int                 `json:"done"`
	Lessons     int                 `json:"lessons"`
	Steps       int                 `json:"steps"`
}

// sheetQuestionJSON is a question with its answer, and where the learner saw it: null
// until then, or when that step is no longer kept.
type sheetQuestionJSON struct {
	ID     string  `json:"id"`
	Text   string  `json:"text"`
	Answer string  `json:"answer"`
	Lesson string  `json:"lesson"`
	Step   *int    `json:"step"`
	Seen   *string `json:"seen"`
}

// sheetGuessesJSON is how the predictions of a lesson came out: "right", "wrong" or
// "skipped", in order.
type sheetGuessesJSON struct {
	N       int           `json:"n"`
	Guesses []views.Guess `json:"guesses"`
}

type sheetTakeJSON struct {
	N    int    `json:"n"`
	Text string `json:"text"`
}

func (s *sheetView) json(p *views.FinalSheetPage) sheetJSON {
	told := sheetJSON{
		Bench: p.Bench, Done: p.Done, Lessons: p.Of, Steps: p.Steps,
		Predictions: []sheetGuessesJSON{}, Takes: []sheetTakeJSON{},
	}
	if p.Sides != nil {
		cookie := ""
		for _, part := range p.Sides.Cookie {
			cookie += part.Text
		}
		told.Cookie, told.Record = &cookie, &p.Sides.Record
	}
	for i := range p.Questions {
		told.Questions = append(told.Questions, s.questionJSON(&p.Questions[i]))
	}
	for _, l := range p.Guesses {
		told.Predictions = append(told.Predictions, sheetGuessesJSON{l.N, l.Guesses})
	}
	for _, t := range p.Takes {
		told.Takes = append(told.Takes, sheetTakeJSON{t.N, t.Text})
	}
	return told
}

func (s *sheetView) questionJSON(q *views.SheetQuestion) sheetQuestionJSON {
	id := "sheet.q_" + q.ID
	told := sheetQuestionJSON{ID: q.ID, Text: s.t.T(id + ".ask"), Answer: s.t.T(id + ".answer"), Lesson: q.Lesson.Slug}
	if q.Step > 0 {
		seen := strings.Trim(q.Code+"; "+q.Said, "; ")
		told.Step, told.Seen = &q.Step, &seen
	}
	return told
}
