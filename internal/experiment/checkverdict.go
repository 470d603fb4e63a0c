package experiment

import (
	"errors"
	"slices"
	"strconv"

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
		at := func(key string) int { return c.lines.of("verdict", strconv.Itoa(i), key) }
		var err error
		if v.when, err = judge.Condition(v.When, names); err != nil {
			c.wrong(c.document, at("when"), "when", err)
		} else {
			c.compared(at("when"), v.when)
		}
		if len(v.Events) == 0 {
			c.at(at("events"), "the verdict %q needs the event that decides it", v.ID)
		}
		for _, kind := range v.Events {
			if !slices.Contains(step.Kinds[:], kind) {
				c.at(at("events"), "there is no event %q", kind)
			}
		}
		if v.Attribute != "" && !slices.Contains(Attributes[:], v.Attribute) {
			c.at(at("attribute"), "attribute cannot be %q; it can be %s", v.Attribute, orNone(Attributes[:]))
		}
		if len(v.Variants) == 0 {
			c.at(at("variants"), "the verdict %q is given by no variant", v.ID)
		}
		a, ok := e.Act(v.Step)
		if !ok || !a.Asks() && len(a.Together) == 0 {
			c.at(at("step"), "step must be an act that sends a request; it is %q", v.Step)
		}
		for _, variant := range v.Variants {
			c.known("variant", variant, c.variants, "verdict", strconv.Itoa(i), "variants")
			if ok && !a.In(variant) {
				c.at(at("step"), "the act %q is not done in the variant %q", v.Step, variant)
			}
			if other := given[variant]; other != "" {
				c.at(at("variants"), "the variant %q gives the verdict %q already", variant, other)
			}
			given[variant] = v.ID
		}
	}
	for i, variant := range e.Variants {
		if given[variant.ID] == "" {
			c.at(c.lines.of("variant", strconv.Itoa(i), "id"), "the variant %q gives no verdict", variant.ID)
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
			c.at(line+found.Line-1, "when, column %d: %s is never %q; it can be %s", found.Column, found.Field, found.Text, orNone(all))
		}
	}
}

// wrong notes what is wrong with an expression that begins in a line, and what its names
// could be.
func (c *checker) wrong(d *document, line int, what string, err error) {
	var in *judge.Error
	if errors.As(err, &in) {
		d.at(line+in.Line-1, "%s, column %d: %s; the acts are %s", what, in.Column, in.Message, orNone(c.acts))
		return
	}
	d.at(line, "%s: this always says the same, whatever the acts showed; the acts are %s", what, orNone(c.acts))
}
