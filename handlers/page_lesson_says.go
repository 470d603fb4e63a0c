package handlers

import (
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// part is what a part says.
func (x *lessonText) part(id string) views.LessonPart {
	if id == lesson.Take {
		return views.LessonPart{ID: id, Take: x.end()}
	}
	said := x.w.Parts[id]
	p := views.LessonPart{ID: id, Heading: x.text(said.Heading), Blocks: x.blocks(said.Blocks), Source: x.text(said.Source)}
	q, stage := lesson.SplitPart(id)
	switch stage {
	case lesson.Predict:
		p.Predict = x.predict(q, said)
	case lesson.Do:
		if c := x.choice(q, x.kept.Answers[q].Choice); c.ID != "" && !x.progress.Shown[q] {
			p.Kept = &c
		}
		p.Found = x.found(q)
	case lesson.Observe:
		p.Verdict = x.verdict(q)
		p.Found = x.found(q)
	}
	return p
}

// predict is the question with its choices.
func (x *lessonText) predict(question string, said *lesson.Part) *views.LessonPredict {
	q, _ := x.l.Question(question)
	p := &views.LessonPredict{ID: question, Asks: x.text(said.Ask), Open: !x.progress.Shown[question]}
	for _, c := range q.Choices {
		choice := x.choice(question, c.ID)
		choice.Chosen = x.kept.Answers[question].Choice == c.ID
		p.Choices = append(p.Choices, choice)
	}
	return p
}

// choice is one of the answers of a question; without an id there is none of that id.
func (x *lessonText) choice(question, id string) views.LessonChoice {
	words, ok := x.w.Choices[question][id]
	if !ok {
		return views.LessonChoice{}
	}
	return views.LessonChoice{ID: id, Text: x.text(words.Text)}
}

// verdict is what came of a prediction.
func (x *lessonText) verdict(question string) *views.LessonVerdict {
	a := x.kept.Answers[question]
	if a.Choice == "" {
		return &views.LessonVerdict{How: views.VerdictSkipped, Said: x.text(x.w.Skipped[question])}
	}
	words := x.w.Choices[question][a.Choice]
	v := &views.LessonVerdict{How: views.VerdictWrong, Letter: strings.ToUpper(a.Choice), Answer: x.text(words.Answer)}
	v.Said = append(views.LessonText{{Text: x.t.F("lesson.said", "Letter", v.Letter)}}, x.text(words.Text)...)
	switch {
	case !x.someRight(question):
		v.How, v.Answer = views.VerdictOtherwise, x.text(x.w.Otherwise[question])
	case x.progress.Right[question][a.Choice]:
		v.How = views.VerdictRight
	}
	return v
}

// someRight reports whether something that could be chosen is what happened.
func (x *lessonText) someRight(question string) bool {
	for _, right := range x.progress.Right[question] {
		if right {
			return true
		}
	}
	return false
}

// found is what the acts of a question came to that are no requests.
func (x *lessonText) found(question string) (lines []string) {
	q, _ := x.l.Question(question)
	for _, act := range q.Acts {
		did, ok := x.kept.Found[act]
		a, _ := x.l.Act(act)
		switch {
		case !ok:
		case a.Do == experiment.DoDocument:
			lines = append(lines, `document.cookie → "`+shortened(did.Text)+`"`)
		case a.What != "" && did.Text == "":
			lines = append(lines, x.t.T("experiment.nothing"))
		case a.What != "":
			lines = append(lines, shortened(did.Text))
		case a.Try != "":
			lines = append(lines, triedLine(x.t, did.Tried, did.PerSecond, did.Found))
		}
	}
	return lines
}

// end is what the lesson ends with: of each question what was predicted, and what
// happened.
func (x *lessonText) end() *views.LessonEnd {
	e := &views.LessonEnd{Line: x.text(x.w.Take), Also: x.text(x.w.Also)}
	x.endOn(e)
	right := 0
	for _, q := range x.l.Questions {
		if !x.progress.Shown[q.ID] {
			continue
		}
		g := x.guess(q)
		if g.How == views.VerdictRight {
			right++
		}
		e.Guesses = append(e.Guesses, g)
	}
	e.Right = x.t.F("lesson.right_of", "N", strconv.Itoa(right), "Of", strconv.Itoa(len(x.l.Questions)))
	return e
}

// guess is a prediction at the end of the lesson. To one that was wrong the lesson may
// have more to say than when it was made.
func (x *lessonText) guess(q lesson.Question) views.LessonGuess {
	g := views.LessonGuess{LessonVerdict: *x.verdict(q.ID), Step: x.shownStep(q.ID)}
	g.Asks = x.text(x.w.Parts[q.ID+"."+lesson.Predict].Ask).String()
	g.Href = x.base + "step=" + strconv.Itoa(g.Step)
	if g.How == views.VerdictRight {
		g.Said = x.choice(q.ID, x.kept.Answers[q.ID].Choice).Text
	}
	if more := x.w.Wrong[q.ID][x.kept.Answers[q.ID].Choice]; len(more) > 0 && g.How == views.VerdictWrong {
		g.Answer = x.text(more)
	}
	return g
}
