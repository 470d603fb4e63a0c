package lesson

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

func (c *checker) checkQuestions() {
	if len(c.l.Questions) == 0 {
		c.At(1, "there must be at least one [[question]]")
	}
	var ids, shown []string
	for i, q := range c.l.Questions {
		where := func(key string) []string { return []string{"question", strconv.Itoa(i), key} }
		ids = c.id(ids, "question", q.ID, questionForm, i)
		if q.ID == Change && i < len(c.l.Questions)-1 {
			c.At(c.Line(where("id")...), "the question %q is the last one", Change)
		}
		for _, act := range q.Acts {
			c.known("act", act, c.acts, where("acts")...)
		}
		if len(q.Shown) == 0 {
			c.At(c.Line(where("shown")...), "shown must name the steps with which the result is revealed")
		}
		for _, name := range q.Shown {
			c.known("named step", name, c.steps, where("shown")...)
		}
		if q.Before != "" {
			c.known("named step", q.Before, c.steps, where("before")...)
			shown = append(shown, q.Before)
		}
		there := c.with(q.Shown)
		if !slices.Contains(there, q.Show) {
			c.At(c.Line(where("show")...), "show must be one of the steps that are there when the result is revealed: %s; it is %q", coursefile.OrNone(there), q.Show)
		}
		c.checkChoices(q, i, there)
		shown = append(shown, q.Shown...)
		c.shown[q.ID] = c.with(shown)
	}
}

// checkChoices checks the choices of the ith question. What is right must be known when
// the result is revealed.
func (c *checker) checkChoices(q Question, i int, there []string) {
	if n := len(q.Choices); n < leastChoices || n > mostChoices {
		c.At(c.Line("question", strconv.Itoa(i)), "a question has %d to %d choices; this has %d", leastChoices, mostChoices, n)
	}
	for j, choice := range q.Choices {
		id := c.choiceLine(i, j, "id")
		if want := string(rune('a' + j)); choice.ID != want {
			c.At(id, "the choices are called a, b, c and d in order; this is %q", choice.ID)
		}
		line := c.choiceLine(i, j, "right")
		for _, name := range c.expression(line, "right", choice.Right, c.l.names()) {
			if !slices.Contains(there, name) {
				c.At(line, "right: the step %q need not be there when the result is revealed; there is %s", name, coursefile.OrNone(there))
			}
		}
	}
}

// choiceLine is the line of a key of the jth choice of the ith question.
func (c *checker) choiceLine(i, j int, key string) int {
	n := j
	for _, q := range c.l.Questions[:i] {
		n += len(q.Choices) // tables of their own are counted through the file
	}
	if line := c.Line("question.choice", strconv.Itoa(n), key); line > 1 {
		return line
	}
	return c.Line("question", strconv.Itoa(i), "choice", strconv.Itoa(j), key)
}

func (c *checker) checkGoals() {
	if n := len(c.l.Goals); n < leastGoals || n > mostGoals {
		c.At(c.Line("goal", "0"), "a lesson has %d to %d goals; this has %d", leastGoals, mostGoals, n)
	}
	var questions, ids []string
	for _, q := range c.l.Questions {
		questions = append(questions, q.ID)
	}
	for i, g := range c.l.Goals {
		where := func(key string) []string { return []string{"goal", strconv.Itoa(i), key} }
		ids = c.id(ids, "goal", g.ID, idForm, i)
		c.known("question", g.Part, questions, where("part")...)
		there := c.with(c.expression(c.Line(where("when")...), "when", g.When, c.l.names()))
		if len(there) > 0 && !slices.Contains(there, g.Step) {
			c.At(c.Line(where("step")...), "step must be one of the steps that are there when the goal is reached: %s; it is %q", coursefile.OrNone(there), g.Step)
		}
		if len(g.Do) == 0 {
			c.At(c.Line(where("do")...), "do must name the acts that reach the goal")
		}
		for key, acts := range map[string][]string{"do": g.Do, "nearly": g.Nearly} {
			for _, act := range acts {
				c.known("act", act, c.acts, where(key)...)
			}
		}
		for _, n := range g.Notes {
			if n < 1 || n > experiment.NoteRows {
				c.At(c.Line(where("notes")...), "the lecture note has rows 1 to %d, and no row %d", experiment.NoteRows, n)
			}
		}
	}
}
