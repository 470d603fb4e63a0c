package lesson

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/step"
)

// links checks where the words lead, and what stands for what happened. Each question's
// acts must be among them.
func (c *wordChecker) links() {
	var before []string // the steps of the questions so far
	for _, q := range c.l.Questions {
		first := c.with(append(slices.Clone(before), q.Before))
		linked := make(map[string]bool)
		for _, stage := range [...]string{Predict, Do, Observe, Explain} {
			p := c.w.Parts[q.ID+"."+stage]
			if p == nil {
				continue
			}
			there := c.shown[q.ID]
			if stage == Predict || stage == Do {
				there = first
			}
			c.blocks(p.Blocks, there, linked)
			for _, in := range []Inline{p.Heading, p.Ask, p.Source} {
				c.inline(in, there, linked)
			}
		}
		for _, choice := range c.w.Choices[q.ID] {
			c.inline(choice.Text, first, linked)
			c.inline(choice.Behind, first, linked)
			c.inline(choice.Answer, c.shown[q.ID], linked)
		}
		c.inline(c.w.Skipped[q.ID], c.shown[q.ID], linked)
		c.inline(c.w.Otherwise[q.ID], c.shown[q.ID], linked)
		for _, act := range q.Acts {
			if !linked[act] {
				c.at(max(1, c.lines[q.ID+"."+Do]), "no text button of the question %s does the act %q: there must be a link to (do:%s)", q.ID, act, act)
			}
		}
		before = c.shown[q.ID]
	}
	all := c.steps
	for _, in := range []Inline{c.w.Take, c.w.Also, c.w.Next} {
		c.inline(in, all, nil)
	}
	for _, answers := range c.w.Wrong {
		for _, in := range answers {
			c.inline(in, all, nil)
		}
	}
	for _, g := range c.w.Goals {
		for _, in := range []Inline{g.Text, g.Hint, g.Show} {
			c.inline(in, all, nil)
		}
	}
	c.blocks(c.w.Teacher, all, nil)
}

// blocks checks blocks that are read when these steps are there, and notes which acts they
// link to.
func (c *wordChecker) blocks(all []Block, there []string, linked map[string]bool) {
	for _, b := range all {
		c.inline(b.Inline, there, linked)
		for _, item := range b.Items {
			c.inline(item, there, linked)
		}
		if b.Kind == Compare || b.Kind == Line {
			c.step(b.line, b.Step, there)
		}
		if b.Kind == Line && b.What != LineSet && b.What != LineCookie {
			c.at(b.line, "::line shows %s or %s of a step; this is %q", LineSet, LineCookie, b.What)
		}
	}
}

// step checks a named step that words speak of.
func (c *wordChecker) step(line int, name string, there []string) {
	switch {
	case !slices.Contains(c.steps, name):
		c.at(line, "there is no named step %q; there is %s", name, coursefile.OrNone(c.steps))
	case !slices.Contains(there, name):
		c.at(line, "the step %q need not be there when this is read; there is %s (see shown)", name, coursefile.OrNone(there))
	}
}

// inline checks a text that is read when these steps are there.
func (c *wordChecker) inline(in Inline, there []string, linked map[string]bool) {
	for _, s := range in {
		c.inline(s.Inner, there, linked)
		switch s.Kind {
		case Placeholder:
			c.placeholder(s, there)
		case LinkDo:
			if !slices.Contains(c.acts, s.To) {
				c.at(s.line, "there is no act %q; there is %s", s.To, coursefile.OrNone(c.acts))
			}
			if linked != nil {
				linked[s.To] = true
			}
		case LinkEvent:
			named, kind := s.Event()
			c.step(s.line, named, there)
			if !slices.Contains(step.Kinds[:], kind) {
				c.at(s.line, "there is no event %q; there is %s", kind, coursefile.OrNone(step.Kinds[:]))
			}
		case LinkCode:
			named, kind := s.Event()
			c.step(s.line, named, there)
			if kind != "" && !slices.Contains(step.Kinds[:], kind) {
				c.at(s.line, "there is no event %q; there is %s", kind, coursefile.OrNone(step.Kinds[:]))
			}
		case LinkExperiment:
			c.among(s, "experiment", c.experiments())
		case LinkLesson:
			c.among(s, "lesson", c.around.lessons)
		}
	}
}

// among checks that a link leads to one of those that there are.
func (c *wordChecker) among(s Span, kind string, all []string) {
	if !slices.Contains(all, s.To) {
		c.at(s.line, "there is no %s %q; there is %s", kind, s.To, coursefile.OrNone(all))
	}
}

// placeholder compiles what stands for what happened.
func (c *wordChecker) placeholder(s Span, there []string) {
	e, err := judge.Value(s.Text, c.l.names())
	if err != nil {
		noteWrong(c.wordsFile.Document, s.line, "{{"+s.Text+"}}", err, c.steps)
		return
	}
	if c.l.exprs[s.Text] == nil {
		c.l.exprs[s.Text] = e
	}
	for _, name := range e.Uses() {
		c.step(s.line, name, there)
	}
}
