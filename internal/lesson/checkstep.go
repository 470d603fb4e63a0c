package lesson

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/judge"
)

// checkSteps checks the named steps one after the other: one can ask only of those named
// before it.
func (c *checker) checkSteps() {
	if len(c.l.Steps) == 0 {
		c.At(1, "there must be at least one [[step]]")
	}
	names := judge.Names{It: new(Seen)}
	for i, n := range c.l.Steps {
		at := func(key string) int { return c.Line("step", strconv.Itoa(i), key) }
		uses := c.expression(at("when"), "when", n.When, names)
		if n.After != "" {
			c.known("named step before this one", n.After, c.steps, "step", strconv.Itoa(i), "after")
			uses = append(uses, n.After)
		}
		if n.Entry != "" {
			c.known("entry", string(n.Entry), c.entryKinds(), "step", strconv.Itoa(i), "entry")
		}
		if c.steps = c.id(c.steps, "step", n.ID, nameForm, i); n.ID != "" {
			names[n.ID] = new(Seen)
			c.implied[n.ID] = c.with(uses)
		}
	}
}

// with are named steps and those that are there whenever they are.
func (c *checker) with(steps []string) (all []string) {
	for _, name := range steps {
		for _, s := range append([]string{name}, c.implied[name]...) {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	return all
}
