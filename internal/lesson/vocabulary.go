package lesson

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// vocabulary is what fields of a [Seen] can say that expressions compare; nil for a field
// that can say anything.
func (c *checker) vocabulary(field string) []string {
	switch field {
	case "Outcome":
		return reading.Outcomes[:]
	case "Cookie":
		return reading.CookieChanges[:]
	case "Record":
		return reading.RecordChanges[:]
	case "Lifetime":
		return []string{"", reading.LifetimeTillClose, reading.LifetimeOutlives, reading.LifetimeMoved}
	case "Expected":
		return []string{reading.ExpectedMet, reading.ExpectedLost, reading.ExpectedEnded, reading.ExpectedOther, reading.ExpectedCut, reading.ExpectedMoved}
	case "Mechanism":
		return step.Mechanisms[:]
	case "Op":
		return []string{
			"", string(step.OpLogin), string(step.OpLogout), string(step.OpSet), string(step.OpGet), string(step.OpPop), string(step.OpClear),
			string(step.OpPermanent), string(step.OpMe), string(step.OpIndex), string(step.OpGetSession), string(step.OpDeleteSession),
		}
	case "By":
		return append([]string{"", ByOther}, c.browsers...)
	case "Kind":
		return c.entryKinds()
	case "Slug":
		return c.experiments()
	}
	return nil
}

func (c *checker) entryKinds() (all []string) {
	for _, kind := range step.EntryKinds {
		all = append(all, string(kind))
	}
	return all
}

func (c *checker) experiments() (all []string) {
	for _, e := range c.around.experiments {
		all = append(all, e.Slug)
	}
	return all
}

// variants are those of an experiment.
func (c *checker) variants(slug string) (all []string) {
	e, _ := find(c.around.experiments, func(e *experiment.Experiment) bool { return e.Slug == slug })
	if e != nil {
		for _, v := range e.Variants {
			all = append(all, v.ID)
		}
	}
	return all
}

// actsOf are the acts of an experiment.
func (c *checker) actsOf(slug string) (all []string) {
	e, _ := find(c.around.experiments, func(e *experiment.Experiment) bool { return e.Slug == slug })
	if e != nil {
		for _, a := range e.Acts {
			all = append(all, a.ID)
		}
	}
	return all
}

// compared notes where an expression expects what is never said.
func (c *checker) compared(line int, key string, e *judge.Expression) {
	for _, found := range e.Comparisons() {
		if found.Name == "" { // a field of a side has any value
			continue
		}
		if all := c.vocabulary(found.Field); all != nil && !slices.Contains(all, found.Text) {
			c.At(line+found.Line-1, "%s, column %d: %s is never %q; it can be %s", key, found.Column, found.Field, found.Text, coursefile.OrNone(all))
		}
	}
}
