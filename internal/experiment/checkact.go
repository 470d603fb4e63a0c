package experiment

import (
	"slices"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/step"
)

// checkActs checks the acts one after the other: one can use only what those before it
// found.
func (c *checker) checkActs() {
	if len(c.e.Acts) == 0 {
		c.At(1, "there must be at least one [[act]]")
	}
	if n := len(c.e.all()); n > mostActs {
		c.At(c.Line("act", strconv.Itoa(mostActs)), "there may be %d acts; there are %d", mostActs, n)
	}
	for i, a := range c.e.Acts {
		at := func(key string) int { return c.Line("act", strconv.Itoa(i), key) }
		c.actID(a, at("id"))
		for key, ids := range map[string][]string{"only": a.Only, "except": a.Except} {
			for _, id := range ids {
				c.known("variant", id, c.variants, "act", strconv.Itoa(i), key)
			}
		}
		if len(a.Only) > 0 && len(a.Except) > 0 {
			c.At(at("except"), "an act has only or except, not both")
		}
		if kinds := a.Kinds(); len(kinds) != 1 {
			c.At(at("id"), "an act is exactly one of send, do, clock, server, try and together; this is %s", coursefile.OrNone(kinds))
			continue
		}
		c.act(a, at)
		for j, part := range a.Together {
			line := func(key string) int { return c.Line("act", strconv.Itoa(i), "together", strconv.Itoa(j), key) }
			c.actID(part, line("id"))
			if kinds := part.Kinds(); len(kinds) != 1 || !part.Asks() {
				c.At(line("id"), "what is done together is requests: each has send")
				continue
			}
			c.act(part, line)
		}
	}
}

func (c *checker) actID(a Act, line int) {
	switch {
	case !nameForm.MatchString(a.ID) || slices.Contains(reserved, a.ID):
		c.At(line, "%q cannot be the id of an act: it must be a word that expressions can use, as in first_ask", a.ID)
	case slices.Contains(c.acts, a.ID):
		c.At(line, "there is an act %q already", a.ID)
	default:
		c.acts = append(c.acts, a.ID)
	}
}

// act checks what an act does; at tells the line of a key.
func (c *checker) act(a Act, at func(key string) int) {
	before := slices.DeleteFunc(c.e.all(), func(b Act) bool { return !slices.Contains(c.acts, b.ID) })
	CheckAct(c.Document, a, Around{Browsers: c.browsers, Before: before}, at)
	switch {
	case a.Do == DoForge:
		c.needs(a, at("do"), "mechanism", step.MechanismFlask)
	case a.Try == TryCrack:
		c.needs(a, at("try"), "mechanism", step.MechanismFlask)
	case a.Try == TryGuess: // a signature cannot be guessed
		c.needs(a, at("try"), "mechanism", step.MechanismServer)
		c.needs(a, at("try"), "sign_id", "false")
	}
}

// needs notes variants in which an act is done and a setting has another value than the
// act needs.
func (c *checker) needs(a Act, line int, setting, value string) {
	for _, v := range c.e.Variants {
		if got := c.e.setting(v, setting); a.In(v.ID) && got != value {
			c.At(line, "this needs the setting %s = %q; in the variant %q it is %q", setting, value, v.ID, got)
		}
	}
}
