package lesson

import (
	"maps"
	"slices"
	"strings"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

// A wordChecker finds the mistakes in the words of one language.
type wordChecker struct {
	*wordsFile
	*checker // of the script, which has no mistake in what the words depend on

	lang string
	w    *Words
}

// at notes a mistake in the words.
func (c *wordChecker) at(line int, format string, args ...any) {
	c.wordsFile.At(line, format, args...)
}

// words checks that a language says all that there is to say, and nothing else.
func (c *wordChecker) words() {
	for _, one := range [...]struct{ key, text string }{{"title", c.w.Title}, {"question", c.w.Question}, {"story", c.w.Story}} {
		if one.text == "" {
			c.at(1, "words are missing: %s", one.key)
		}
	}
	c.sections()
	for _, q := range c.l.Questions {
		c.question(q)
	}
	c.takeAway()
	c.goals()
	c.controls()
	if len(c.w.Teacher) == 0 {
		c.at(c.lines["teacher"], "words for the teacher are missing")
	}
	c.links()
}

// sections checks which there are, and their order.
func (c *wordChecker) sections() {
	want := append(c.l.Parts(), "goals")
	if len(c.labelled()) > 0 {
		want = append(want, "controls")
	}
	want = append(want, "teacher")
	var there []string
	for _, id := range c.order {
		if !slices.Contains(want, id) {
			c.at(c.lines[id], "these words are for %q, which is not in the script; there is %s", id, coursefile.OrNone(want))
			continue
		}
		there = append(there, id)
	}
	for _, id := range want {
		if !slices.Contains(there, id) {
			c.at(1, "the section %q is missing", id)
		}
	}
	sorted := slices.DeleteFunc(slices.Clone(want), func(id string) bool { return !slices.Contains(there, id) })
	for i, id := range there {
		if sorted[i] != id {
			c.at(c.lines[id], "the section %q comes too early: %q comes first", id, sorted[i])
			return
		}
	}
}

// labelled are the controls that are acts of the lesson, which need a label.
func (c *wordChecker) labelled() (ids []string) {
	for _, control := range c.l.Controls {
		if !slices.Contains(Fields[:], control) && !slices.Contains(experiment.OperationNames(), control) {
			ids = append(ids, control)
		}
	}
	return ids
}

// question checks the parts of a question.
func (c *wordChecker) question(q Question) {
	for _, stage := range [...]string{Predict, Do, Observe, Explain} {
		id := q.ID + "." + stage
		p := c.w.Parts[id]
		if p == nil {
			continue // it was told
		}
		line := c.lines[id]
		if len(p.Heading) == 0 {
			c.at(line, "words are missing: the heading of %s, after ###", id)
		}
		if (stage == Explain || id == Change+"."+Observe) && len(p.Source) == 0 {
			c.at(line, "words are missing: the source of %s", id)
		}
		c.budget(p, stage, line)
	}
	if c.w.Parts[q.ID+"."+Predict] != nil {
		c.prediction(q)
	}
}

// prediction checks what belongs to the choices of a question.
func (c *wordChecker) prediction(q Question) {
	section := q.ID + "." + Predict
	line := c.lines[section]
	if len(c.w.Parts[section].Ask) == 0 {
		c.at(line, "the last paragraph before the choices must be the question, and nothing else, as in **What happens?**")
	}
	var ids []string
	for _, choice := range q.Choices {
		ids = append(ids, choice.ID)
	}
	c.rowsFit(section, ids, slices.Sorted(maps.Keys(c.w.Choices[q.ID])), "choice")
	for _, id := range ids {
		words, ok := c.w.Choices[q.ID][id]
		row := c.lines[section+" "+id]
		for _, one := range [...]struct {
			what string
			text Inline
		}{{"text", words.Text}, {"idea behind", words.Behind}, {"answer", words.Answer}} {
			if ok && len(one.text) == 0 {
				c.at(row, "words are missing: the %s of choice %s of %s", one.what, id, q.ID)
			}
		}
	}
	if len(c.w.Skipped[q.ID]) == 0 {
		c.at(line, "words are missing: skipped, for those who did not predict")
	}
	otherwise := c.w.Otherwise[q.ID]
	if !otherwise.has(LinkRestart) {
		c.at(line, "words are missing: otherwise, for when no choice is right, with a link to (restart)")
	}
}

// has reports whether there is a span of that kind.
func (in Inline) has(kind SpanKind) bool {
	return slices.ContainsFunc(in, func(s Span) bool { return s.Kind == kind || s.Inner.has(kind) })
}

// rowsFit checks that a table has a row for each id, and no other.
func (c *wordChecker) rowsFit(section string, want, got []string, kind string) {
	for _, id := range want {
		if !slices.Contains(got, id) {
			c.at(max(1, c.lines[section]), "words are missing: the %s %q", kind, id)
		}
	}
	for _, id := range got {
		if !slices.Contains(want, id) {
			c.at(c.lines[section+" "+id], "these words are for the %s %q, which is not in the script; there is %s", kind, id, coursefile.OrNone(want))
		}
	}
}

func (c *wordChecker) takeAway() {
	line := c.lines[Take]
	if line == 0 {
		return // it was told
	}
	if len(c.w.Take) == 0 {
		c.at(line, "words are missing: what to take away")
	}
	if len(c.w.Next) == 0 {
		c.at(line, "words are missing: next, the question that the next lesson answers")
	}
	for question, answers := range c.w.Wrong {
		q, ok := c.l.Question(question)
		for choice := range answers {
			if _, known := find(q.Choices, func(c Choice) bool { return c.ID == choice }); !ok || !known {
				c.at(c.lines["wrong "+question+"="+choice], "there is no choice %s=%s", question, choice)
			}
		}
	}
}

// sameWrong notes what one language says of a wrong choice at the end, and another does
// not.
func sameWrong(l *Lesson, words map[string]*wordsFile) {
	for _, lang := range Languages {
		for _, other := range Languages {
			if l.Words[lang] == nil || l.Words[other] == nil {
				continue
			}
			for question, answers := range l.Words[lang].Wrong {
				for choice := range answers {
					if l.Words[other].Wrong[question][choice] == nil {
						key := question + "=" + choice
						words[lang].At(words[lang].lines["wrong "+key], "the words in %s have no wrong %s", other, key)
					}
				}
			}
		}
	}
}

func (c *wordChecker) goals() {
	var ids []string
	for _, g := range c.l.Goals {
		ids = append(ids, g.ID)
	}
	c.rowsFit("goals", ids, slices.Sorted(maps.Keys(c.w.Goals)), "goal")
	for id, g := range c.w.Goals {
		if len(g.Text) == 0 || len(g.Hint) == 0 || len(g.Show) == 0 {
			c.at(c.lines["goals "+id], "words are missing: a goal has a text, a hint, and how a bench looks that has reached it")
		}
	}
}

func (c *wordChecker) controls() {
	c.rowsFit("controls", c.labelled(), slices.Sorted(maps.Keys(c.w.Controls)), "control")
	for id, label := range c.w.Controls {
		if strings.TrimSpace(label) == "" {
			c.at(c.lines["controls "+id], "words are missing: the label of %s", id)
		}
	}
}
