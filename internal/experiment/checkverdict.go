package experiment

import (
	"errors"
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// checkVerdicts compiles the conditions of the verdicts, and checks that each variant
// comes to exactly one of them.
func (c *checker) checkVerdicts() {
	e := c.e
	names := e.names()
	given := make(map[string]string) // the verdict of a variant
	for i := range e.Verdicts {
		v := &e.Verdicts[i]
		at := func(key string) int { return c.Line("verdict", strconv.Itoa(i), key) }
		var err error
		if v.when, err = judge.Condition(v.When, names); err != nil {
			c.wrong(c.Document, at("when"), "when", err)
		} else {
			c.compared(at("when"), v.when)
		}
		if len(v.Events) == 0 {
			c.At(at("events"), "the verdict %q needs the event that decides it", v.ID)
		}
		for _, kind := range v.Events {
			if !slices.Contains(step.Kinds[:], kind) {
				c.At(at("events"), "there is no event %q; there is %s", kind, coursefile.OrNone(step.Kinds[:]))
			}
		}
		if v.Attribute != "" && !slices.Contains(Attributes[:], v.Attribute) {
			c.At(at("attribute"), "attribute cannot be %q; it can be %s", v.Attribute, coursefile.OrNone(Attributes[:]))
		}
		if set, ok := e.Act(v.Set); v.Set != "" && (!ok || !set.Asks()) {
			c.At(at("set"), "set must be an act that sends a request; it is %q", v.Set)
		}
		if len(v.Variants) == 0 {
			c.At(at("variants"), "the verdict %q is given by no variant", v.ID)
		}
		a, ok := e.Act(v.Step)
		if !ok || !a.Asks() && len(a.Together) == 0 {
			c.At(at("step"), "step must be an act that sends a request; it is %q", v.Step)
		}
		for _, variant := range v.Variants {
			c.known("variant", variant, c.variants, "verdict", strconv.Itoa(i), "variants")
			if ok && !a.In(variant) {
				c.At(at("step"), "the act %q is not done in the variant %q", v.Step, variant)
			}
			if other := given[variant]; other != "" {
				c.At(at("variants"), "the variant %q gives the verdict %q already", variant, other)
			}
			given[variant] = v.ID
		}
	}
	for i, variant := range e.Variants {
		if given[variant.ID] == "" {
			c.At(c.Line("variant", strconv.Itoa(i), "id"), "the variant %q gives no verdict", variant.ID)
		}
	}
}

// vocabulary is what fields of a reading can say that expressions compare.
var vocabulary = map[string][]string{
	"Outcome": reading.Outcomes[:], "Cookie": reading.CookieChanges[:], "Record": reading.RecordChanges[:],
}

// compared notes where an expression expects what a reading never says.
func (c *checker) compared(line int, e *judge.Expression) {
	for _, found := range e.Comparisons() {
		if all, known := vocabulary[found.Field]; known && !slices.Contains(all, found.Text) {
			c.At(line+found.Line-1, "when, column %d: %s is never %q; it can be %s", found.Column, found.Field, found.Text, coursefile.OrNone(all))
		}
	}
}

// wrong notes what is wrong with an expression that begins in a line, and what its names
// could be.
func (c *checker) wrong(d *coursefile.Document, line int, what string, err error) {
	var in *judge.Error
	if errors.As(err, &in) {
		d.At(line+in.Line-1, "%s, column %d: %s; the acts are %s", what, in.Column, in.Message, coursefile.OrNone(c.acts))
		return
	}
	d.At(line, "%s: this always says the same, whatever the acts showed; the acts are %s", what, coursefile.OrNone(c.acts))
}
