package lab

import (
	"github.com/sessionlab/sessionlab/internal/escape"
	"github.com/sessionlab/sessionlab/internal/step"
)

// spell writes the octets of s that are not UTF-8 as \xNN, because JSON would
// replace each of them by the same character. It reports whether there were
// any.
func spell(s *string) bool {
	was := *s
	*s = escape.Octets(was)
	return *s != was
}

// spellOctets does so in every part of a step that somebody may have sent, or
// written into the store.
func spellOctets(s *step.Step) {
	spell(&s.Agent)
	r := &s.Request
	r.Spelled = spell(&r.Path) || r.Spelled
	r.Spelled = spell(&r.Body) || r.Spelled
	for i := range r.Headers {
		r.Spelled = spell(&r.Headers[i][0]) || r.Spelled
		r.Spelled = spell(&r.Headers[i][1]) || r.Spelled
	}
	for i := range s.Events {
		spell(&s.Events[i].Detail)
		spell(&s.Events[i].Args)
	}
	spell(&s.Response.Body)
	sides := []step.Sides{s.Before, s.After}
	if s.Expected != nil {
		sides = append(sides, *s.Expected)
	}
	for _, side := range sides {
		if c := side.Cookie; c != nil {
			spell(&c.Raw)
			for i := range c.Parts {
				spell(&c.Parts[i].Text)
				spell(&c.Parts[i].Decoded)
			}
		}
		if r := side.Record; r != nil {
			spell(&r.Raw)
			spell(&r.Query)
		}
	}
}
