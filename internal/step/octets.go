package step

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// spell writes the octets of s that are no UTF-8 as \xNN: JSON has no place for
// them, and would have each of them replaced by the same character.
func spell(s *string) (spelled bool) {
	if utf8.ValidString(*s) {
		return false
	}
	var b strings.Builder
	for i, r := range *s {
		if _, size := utf8.DecodeRuneInString((*s)[i:]); r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, `\x%02x`, (*s)[i])
		} else {
			b.WriteRune(r)
		}
	}
	*s = b.String()
	return true
}

// SpellOctets does so wherever a step may hold what somebody sent, or wrote into
// the store.
func (s *Step) SpellOctets() {
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
		s.Events[i].complete()
	}
	spell(&s.Response.Body)
	for _, side := range []Sides{s.Before, s.After} {
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
