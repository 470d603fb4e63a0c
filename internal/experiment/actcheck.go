package experiment

import (
	"maps"
	"slices"
	"time"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/span"
)

// Around is what there is around an act in its script.
type Around struct {
	Browsers []string // their ids
	Before   []Act    // the acts that it can take up
	Own      bool     // a request can be the learner's own browser's: then it has no "by"
}

// CheckAct notes in d what is wrong with an act; at tells the line of a key. That the act
// is of one kind was checked, see [Act.Kinds].
func CheckAct(d *coursefile.Document, a Act, around Around, at func(key string) int) {
	actCheck{d, a, around, at}.check()
}

type actCheck struct {
	*coursefile.Document
	a      Act
	around Around
	line   func(key string) int
}

func (c actCheck) check() {
	switch a := c.a; {
	case a.Send != "":
		if !c.around.Own || a.By != "" {
			c.by()
		}
		c.request()
	case a.Do != "":
		c.by()
		c.deed()
	case a.Clock != "":
		if d, err := span.Parse(a.Clock); err != nil || d < time.Second {
			c.At(c.line("clock"), "clock must be a length of time, as in 90m or 31d; it is %q", a.Clock)
		}
	case a.Server != "":
		c.oneOf("server", a.Server, serving)
		if a.Server == ServerRestart {
			c.oneOf("key", a.Key, []string{"same", "random"})
		}
	case a.Try != "":
		c.by()
		c.oneOf("try", a.Try, trying)
		if a.Try == TryGuess && (a.Count < 1 || a.Count > mostGuesses) {
			c.At(c.line("count"), "count must be a number from 1 to %d", mostGuesses)
		}
	}
}

func (c actCheck) by() {
	if !slices.Contains(c.around.Browsers, c.a.By) {
		c.At(c.line("by"), "by must be one of the browsers %s; it is %q", coursefile.OrNone(c.around.Browsers), c.a.By)
	}
}

func (c actCheck) oneOf(key, value string, all []string) {
	if !slices.Contains(all, value) {
		c.At(c.line(key), "%s cannot be %q; it can be %s", key, value, coursefile.OrNone(all))
	}
}

// deed checks what is done to a browser.
func (c actCheck) deed() {
	a := c.a
	c.oneOf("do", a.Do, doing)
	switch a.Do {
	case DoCopy:
		c.oneOf("to", a.To, slices.DeleteFunc(slices.Clone(c.around.Browsers), func(id string) bool { return id == a.By }))
	case DoTake:
		c.oneOf("what", a.What, c.finders(func(b Act) bool {
			return b.Do == DoDocument || b.Over == "http" || b.Try == TryGuess
		}))
	case DoForge:
		c.oneOf("what", a.What, c.finders(func(b Act) bool { return b.Try == TryCrack }))
	}
}

// finders are the ids of the acts before that can have found something.
func (c actCheck) finders(can func(Act) bool) (ids []string) {
	for _, b := range c.around.Before {
		if can(b) {
			ids = append(ids, b.ID)
		}
	}
	return ids
}

// request checks what a browser is to ask for.
func (c actCheck) request() {
	a := c.a
	if a.Over != "" && a.Over != "http" && a.Over != "https" {
		c.At(c.line("over"), "over must be http or https; it is %q", a.Over)
	}
	o, ok := operation(a.Send)
	if !ok {
		c.At(c.line("send"), "there is no operation %q; there is %s", a.Send, coursefile.OrNone(OperationNames()))
		return
	}
	sent := append(slices.Collect(maps.Keys(a.Form)), slices.Collect(maps.Keys(a.Letters))...)
	slices.Sort(sent)
	needed := slices.Sorted(slices.Values(o.Fields))
	if !slices.Equal(sent, needed) {
		c.At(c.line("form"), "%s needs the fields %s; it has %s", a.Send, coursefile.OrNone(needed), coursefile.OrNone(sent))
	}
}

// OperationNames are those of [Operations].
func OperationNames() (names []string) {
	for _, o := range Operations {
		names = append(names, o.Name)
	}
	return names
}
