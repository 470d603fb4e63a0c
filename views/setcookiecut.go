package views

import (
	"slices"
	"strings"
)

// What a cut Set-Cookie line keeps whole: the attribute that deletes the cookie, and those
// that say who may have it. The others say where and how long, and the panes show that.
var guards = []string{"Secure", "HttpOnly", "SameSite"}

const setCookie = "Set-Cookie: "

// leastValue is how many columns of a cookie's value are kept: enough to recognise it.
const leastValue = 6

// fitSetCookie cuts a Set-Cookie line. The attribute that deletes the cookie is never cut.
// Then the value's beginning is kept, and then those attributes that guard it, as many as
// there is room for, the last ones first.
func fitSetCookie(s string, limit int) string {
	const name = setCookie
	parts := strings.Split(s, "; ")
	kept := make([]bool, len(parts))
	named := strings.IndexByte(parts[0][len(name):], '=') + 1
	used, least := 0, named+leastValue // columns of the attributes, and of what is before them
	keep := func(most func(string) bool) {
		for i := len(parts) - 1; i > 0; i-- {
			if need := width(parts[i]) + 2; !kept[i] && most(parts[i]) && used+need+least+1 <= limit {
				kept[i], used = true, used+need
			}
		}
	}
	if slices.ContainsFunc(parts, deleting) { // there is no value to cut: the name is whole, too
		least = named
	}
	keep(deleting)
	keep(guarding)
	tail := ""
	for i, part := range parts {
		if kept[i] {
			tail += "; " + part
		}
	}
	start, room := parts[0], limit-width(tail)-1
	if room < len(name)+least {
		start = start[len(name):]
	}
	return first(start, room) + "…" + tail
}

func deleting(attribute string) bool { return attribute == "Max-Age=0" }

func guarding(attribute string) bool {
	for _, g := range guards {
		if attribute == g || strings.HasPrefix(attribute, g+"=") {
			return true
		}
	}
	return false
}
