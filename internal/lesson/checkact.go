package lesson

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/experiment"
)

// checkActs checks the acts one after the other: one can use only what those before it
// found.
func (c *checker) checkActs() {
	var before []experiment.Act
	for i, a := range c.l.Setup {
		c.checkAct(a, before, "setup", i)
		before = append(before, a.Act)
	}
	for i, a := range c.l.Acts {
		c.checkAct(a, before, "act", i)
		before = append(before, a.Act)
	}
	if n := len(before); n > mostActs {
		c.At(c.Line("act", strconv.Itoa(mostActs)), "there may be %d acts; there are %d", mostActs, n)
	}
}

// checkAct checks the ith act of a table.
func (c *checker) checkAct(a Act, before []experiment.Act, table string, i int) {
	at := func(key string) int { return c.Line(table, strconv.Itoa(i), key) }
	if n := len(c.taken); n < len(c.take(a.ID, table, i)) && table == "act" {
		c.acts = append(c.acts, a.ID)
	}
	kinds := a.Kinds()
	if len(kinds) != 1 {
		c.At(at("id"), "an act is exactly one of send, do, clock, server, try, together, settings and experiment; this is %s", coursefile.OrNone(kinds))
		return
	}
	if len(a.Only) > 0 || len(a.Except) > 0 {
		c.At(at("id"), "only and except are for experiments: a lesson has no variants")
	}
	around := experiment.Around{Browsers: c.browsers, Before: before, Own: table == "act"}
	switch kinds[0] {
	case "settings":
		experiment.CheckSettings(c.Document, a.Settings, table, strconv.Itoa(i), "settings")
	case "experiment":
		c.known("experiment", a.Experiment, c.experiments(), table, strconv.Itoa(i), "experiment")
		if slices.Contains(c.experiments(), a.Experiment) {
			c.known("variant", a.Variant, c.variants(a.Experiment), table, strconv.Itoa(i), "variant")
			if a.Draw != "" {
				c.known("draw", a.Draw, c.actsOf(a.Experiment), table, strconv.Itoa(i), "draw")
			}
		}
	case "together":
		around.Own = false
		for j, part := range a.Together {
			line := func(key string) int { return c.Line(table, strconv.Itoa(i), "together", strconv.Itoa(j), key) }
			if kinds := part.Kinds(); len(kinds) != 1 || !part.Asks() || part.ID == "" {
				c.At(line("id"), "what is done together is requests: each has an id, and send")
				continue
			}
			experiment.CheckAct(c.Document, part, around, line)
		}
	default:
		experiment.CheckAct(c.Document, a.Act, around, at)
	}
	if a.Own() && (a.Over != "" || a.Elsewhere) {
		c.At(at("send"), "the learner's own browser sends this as its page came: over and elsewhere are for virtual browsers")
	}
}

// take checks the id of an act, and returns those that are taken then.
func (c *checker) take(id, table string, i int) []string {
	c.taken = c.id(c.taken, table, id, idForm, i)
	return c.taken
}

// Kinds are those of the act's fields that say what it is. There is exactly one.
func (a Act) Kinds() []string {
	kinds := a.Act.Kinds()
	if len(a.Settings) > 0 {
		kinds = append(kinds, "settings")
	}
	if a.Experiment != "" {
		kinds = append(kinds, "experiment")
	}
	return kinds
}
