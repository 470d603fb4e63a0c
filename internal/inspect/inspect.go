// Package inspect says what a session cookie is: which software made it, which
// parts it has, what can be read in it, and whether a key verifies it. It does
// no input or output and keeps nothing of what it is given.
//
// A value alone often leaves room for doubt: two frameworks sign alike, a random
// id looks like any other. A [Report] then names the likeliest format, lists
// what else it could be, and says in its notes what cannot be known. A key that
// verifies removes the doubt.
//
// Cookies come from strangers. At most [MaxInput] bytes are looked at, whatever
// unpacks stops at [MaxUnpacked] bytes, nesting at [MaxDepth], and no object of
// a foreign language is ever made: Marshal and gob are read as plain data.
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

// Inspect says what a pasted text is: a cookie's value, "name=value", or a whole
// Cookie or Set-Cookie line. Text beyond [MaxInput] is cut off, and a note says
// so.
func Inspect(text string, o Options) Report {
	cut := len(text) > MaxInput
	if cut {
		text = text[:MaxInput]
	}
	found := paste(text)
	chosen := found[choose(found, o.Name)]
	r := look(chosen.value, o.named(chosen.name))
	for _, c := range found {
		if c != chosen {
			r.Others = append(r.Others, c.name)
		}
	}
	if cut {
		r.note("cut", "N", MaxInput)
	}
	return r
}

// choose returns the index of the cookie that is asked for by its name, or else
// of the first that is more than an id. Keys are not tried: some cost a
// thousand hashes.
func choose(found []cookie, name string) int {
	for i, c := range found {
		if name != "" && c.name == name {
			return i
		}
	}
	for i, c := range found {
		if len(found) > 1 && look(c.value, Options{Name: c.name}).Format != Opaque {
			return i
		}
	}
	return 0
}

// named returns the options for a cookie that was pasted with its name.
func (o Options) named(name string) Options {
	if o.Name == "" {
		o.Name = name
	}
	return o
}

// look says what one cookie's value is. The recognisers go from the most certain
// to the least.
func look(value string, o Options) Report {
	text, at := unescape(value)
	in := &input{text: text, opt: o, key: secret(o.Key)}
	var r *Report
	for _, recognise := range []func(*input) *Report{
		nothing, asJWT, asGorilla, asRailsEncrypted, asRubySigned, asRackEncrypted, asExpress,
		asSignedID, asDjango, asItsDangerous, asEncoded, asOpaque,
	} {
		if r = recognise(in); r != nil {
			break
		}
	}
	r.Name, r.Value = o.Name, value
	place(r, value, at)
	if text != value {
		r.note("escaped")
	}
	r.keyed = in.key != nil
	r.due(o.Now)
	r.verdict()
	return *r
}

// An input is a value as the recognisers see it.
type input struct {
	text string // without %XX escapes
	opt  Options
	key  []byte // nil: none was given
}

func nothing(in *input) *Report {
	if strings.TrimSpace(in.text) != "" {
		return nil
	}
	r := &Report{Format: Empty}
	r.cut(in.text, span{Other, len(in.text), ""})
	return r
}
