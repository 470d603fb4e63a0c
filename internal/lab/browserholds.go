package lab

import (
	"github.com/sessionlab/sessionlab/internal/step"
)

// Holds returns the app's session cookie that a virtual browser holds, as the app would
// read it by its present settings; nil if it holds none.
func (b *Bench) Holds(v Browser) *step.Cookie {
	k, err := v.Jar.Named(step.CookieName, b.now())
	if err != nil {
		return nil
	}
	c := client{virtual: new(virtual)}
	return describe(b.mechanism(b.Settings(), false), k.Value, c.attributes(k), nil)
}

// Reads returns a cookie of a client as the app reads it now: its key, or how it keeps
// sessions, may have changed since the client got it.
func (b *Bench) Reads(c step.Cookie) *step.Cookie {
	return describe(b.mechanism(b.Settings(), false), c.Raw, c.Attributes, nil)
}
