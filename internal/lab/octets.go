package lab

import "github.com/sessionlab/sessionlab/internal/escape"

// spell makes s fit for JSON.
func spell(s *string) { *s = escape.Octets(*s) }

// spell does so wherever a step may hold what somebody sent, or wrote into the
// store.
func (s *Step) spell() {
	spell(&s.Agent)
	spell(&s.Request.Path)
	spell(&s.Request.Body)
	for i := range s.Request.Headers {
		spell(&s.Request.Headers[i][0])
		spell(&s.Request.Headers[i][1])
	}
	for i := range s.Events {
		spell(&s.Events[i].Detail)
		spell(&s.Events[i].Args)
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
