// Package inspect says what a session cookie is: which software made it, which
// parts it has, what can be read in it, and whether a key verifies it. It does
// no input or output and keeps nothing of what it is given.
//
// A value alone often leaves room for doubt: two frameworks sign alike, a random
// id looks like any other. A [Report] then names the likeliest format, says how
// sure that is, lists what else it could be, and says in its notes what cannot be
// known. A key that verifies removes the doubt.
//
// Cookies come from strangers. At most [MaxInput] bytes are looked at, whatever
// unpacks stops at [MaxUnpacked] bytes, nesting at [MaxDepth], and no object of
// a foreign language is ever made: Marshal, gob, PHP's serialisation and Erlang's
// terms are read as plain data, and pickles not at all.
package inspect

import (
	"strings"
	"time"
)

// Limits of what is looked at.
const (
	MaxInput    = 16 << 10 // bytes of text pasted
	MaxUnpacked = 64 << 10 // bytes that a compressed payload may unpack to
	MaxDepth    = 32       // how deep a payload may nest
)

// Options are what is known besides the value itself. All may be empty.
type Options struct {
	Name string    // the cookie's name: it chooses among several pasted, and goes into some signatures
	Key  string    // the secret; "hex:" or "base64:" in front of one that is not text
	Salt string    // the salt or purpose, where an application has one of its own
	Key2 string    // the second key of gorilla/securecookie, which encrypts
	Now  time.Time // the moment that times are compared with

	// Cookie is what was pasted, for Sign: the cookie that another is made of.
	Cookie string
}

// Inspect says what a pasted text is: a cookie's value, "name=value", a whole
// Cookie or Set-Cookie line, or what tools copy: a curl command, a line of a cookie
// jar, an export, a row of a table. Of several cookies it takes the one that is
// named, or else the one that looks most like a session. Text beyond [MaxInput] is
// cut off, and a note says so.
func Inspect(text string, o Options) Report {
	cut := len(text) > MaxInput
	if cut {
		text = text[:MaxInput]
	}
	found := paste(text)
	chosen := found[choose(found, o.Name)]
	r := look(chosen, found, o)
	r.Others = others(found, chosen)
	if chosen.chunks > 0 {
		r.note("chunks", "N", chosen.chunks)
	}
	if n := len(namesakes(found, chosen.name)); n > 1 {
		r.note("same-name", "N", n, "Name", chosen.name)
	}
	if chosen == (cookie{}) && strings.TrimSpace(text) != "" {
		r.note("no-cookie")
	}
	if cut {
		r.note("cut", "N", MaxInput)
	}
	return r
}

// look says what one cookie is, among others of the same paste. The recognisers
// go from the most certain to the least.
func look(c cookie, found []cookie, o Options) Report {
	o.Name = orElse(o.Name, c.name)
	text, at := unescape(c.value)
	key, err := secretOf(o.Key)
	in := &input{raw: c.value, text: text, opt: o, key: key, found: found}
	var r *Report
	for _, recognise := range []func(*input) *Report{
		nothing, asJWT, asPhoenix, asPaseto, asIron, asTornado, asDataProtection, asGorilla, asRailsEncrypted, asRubySigned,
		asLaravel, asWordPress, asBottle, asWeb2py, asSupabase, asPlay, asCodeIgniter, asBalancer, asRackEncrypted, asExpress,
		asSignedID, asKeygrip, asDjango, asStarlette, asBare, asItsDangerous, asHono, asEncoded, asSpring, asJavaID, asOpaque,
	} {
		if r = recognise(in); r != nil {
			break
		}
	}
	r.Name, r.Value = o.Name, c.value
	place(r, c.value, at)
	if text != c.value {
		r.note("escaped")
	}
	if err != nil {
		r.note("key-as-text", "Mark", err.Error())
	}
	r.keyed = in.key != nil
	r.due(o.Now)
	r.verdict()
	return *r
}

// An input is a value as the recognisers see it.
type input struct {
	raw   string // as it was pasted
	text  string // without %XX escapes
	opt   Options
	key   []byte   // nil: none was given
	found []cookie // all that were pasted
}

// beside returns the value of another cookie of the same paste.
func (in *input) beside(name string) (value string, ok bool) {
	for _, c := range in.found {
		if c.name == name {
			return c.value, true
		}
	}
	return "", false
}

func nothing(in *input) *Report {
	if strings.TrimSpace(in.text) != "" {
		return nil
	}
	r := &Report{Format: Empty, Sure: Certain}
	r.cut(in.text, span{Other, len(in.text), ""})
	return r
}
