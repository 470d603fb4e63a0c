package experiment

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/span"
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
		if kinds := a.kinds(); len(kinds) != 1 {
			c.At(at("id"), "an act is exactly one of send, do, clock, server, try and together; this is %s", coursefile.OrNone(kinds))
			continue
		}
		c.act(a, at)
		for j, part := range a.Together {
			line := func(key string) int { return c.Line("act", strconv.Itoa(i), "together", strconv.Itoa(j), key) }
			c.actID(part, line("id"))
			if kinds := part.kinds(); len(kinds) != 1 || !part.Asks() {
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
	by := func() {
		if !slices.Contains(c.browsers, a.By) {
			c.At(at("by"), "by must be one of the browsers %s; it is %q", coursefile.OrNone(c.browsers), a.By)
		}
	}
	oneOf := func(key, value string, all []string) {
		if !slices.Contains(all, value) {
			c.At(at(key), "%s cannot be %q; it can be %s", key, value, coursefile.OrNone(all))
		}
	}
	switch {
	case a.Send != "":
		by()
		c.request(a, at)
	case a.Do != "":
		by()
		oneOf("do", a.Do, doing)
		if a.Do == DoCopy {
			oneOf("to", a.To, slices.DeleteFunc(slices.Clone(c.browsers), func(id string) bool { return id == a.By }))
		}
		if a.Do == DoTake {
			oneOf("what", a.What, c.finders(func(b Act) bool {
				return b.Do == DoDocument || b.Over == "http" || b.Try == TryGuess
			}))
		}
		if a.Do == DoForge {
			c.needs(a, at("do"), "mechanism", step.MechanismFlask)
			oneOf("what", a.What, c.finders(func(b Act) bool { return b.Try == TryCrack }))
		}
	case a.Clock != "":
		if d, err := span.Parse(a.Clock); err != nil || d < time.Second {
			c.At(at("clock"), "clock must be a length of time, as in 90m or 31d; it is %q", a.Clock)
		}
	case a.Server != "":
		oneOf("server", a.Server, serving)
		if a.Server == ServerRestart {
			oneOf("key", a.Key, []string{"same", "random"})
		}
	case a.Try != "":
		by()
		oneOf("try", a.Try, trying)
		if a.Try == TryCrack {
			c.needs(a, at("try"), "mechanism", step.MechanismFlask)
		}
		if a.Try == TryGuess { // a signature cannot be guessed
			c.needs(a, at("try"), "mechanism", step.MechanismServer)
			c.needs(a, at("try"), "sign_id", "false")
		}
		if a.Try == TryGuess && (a.Count < 1 || a.Count > mostGuesses) {
			c.At(at("count"), "count must be a number from 1 to %d", mostGuesses)
		}
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

// finders are the ids of the acts so far that can have found something.
func (c *checker) finders(can func(Act) bool) (ids []string) {
	for _, a := range c.e.all() {
		if can(a) && slices.Contains(c.acts, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// request checks what a browser is to ask for.
func (c *checker) request(a Act, at func(key string) int) {
	if a.Over != "" && a.Over != "http" && a.Over != "https" {
		c.At(at("over"), "over must be http or https; it is %q", a.Over)
	}
	o, ok := operation(a.Send)
	if !ok {
		var names []string
		for _, o := range Operations {
			names = append(names, o.Name)
		}
		c.At(at("send"), "there is no operation %q; there is %s", a.Send, coursefile.OrNone(names))
		return
	}
	sent := append(slices.Collect(maps.Keys(a.Form)), slices.Collect(maps.Keys(a.Letters))...)
	slices.Sort(sent)
	needed := slices.Sorted(slices.Values(o.Fields))
	if !slices.Equal(sent, needed) {
		c.At(at("form"), "%s needs the fields %s; it has %s", a.Send, coursefile.OrNone(needed), coursefile.OrNone(sent))
	}
}
