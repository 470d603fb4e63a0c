package views

import "strings"

// What a cut Set-Cookie line keeps whole: the attribute that deletes the cookie, and those
// that say who may have it. The others say where and how long, and the panes show that.
var guards = []string{"Secure", "HttpOnly", "SameSite"}

// fitWire returns the bytes of an event in at most limit columns. Of a Set-Cookie line
// the attribute that deletes the cookie is never cut, and then those that guard it are
// not, as many as there is room for, the last ones first.
func fitWire(s string, limit int) string {
	const name = "Set-Cookie: "
	if width(s) <= limit || !strings.HasPrefix(s, name) {
		return fit(s, limit)
	}
	parts := strings.Split(s, "; ")
	kept := make([]bool, len(parts))
	used, least := 0, 4 // columns of the attributes, and of what is before them
	keep := func(most func(string) bool) {
		for i := len(parts) - 1; i > 0; i-- {
			if need := width(parts[i]) + 2; !kept[i] && most(parts[i]) && used+need+least+1 <= limit {
				kept[i], used = true, used+need
			}
		}
	}
	if keep(deleting); used > 0 { // there is no value to cut: the name is whole, too
		least = strings.IndexByte(parts[0][len(name):], '=') + 1
	}
	keep(guarding)
	tail := ""
	for i, part := range parts {
		if kept[i] {
			tail += "; " + part
		}
	}
	if tail == "" {
		return fit(s, limit)
	}
	start, room := parts[0], limit-width(tail)-1
	if pair := start[len(name):]; room < len(name)+strings.IndexByte(pair, '=')+1 {
		start = pair
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

// first returns what of s fits into so many columns from its beginning.
func first(s string, columns int) string {
	used := 0
	for i, r := range s {
		if used += width(string(r)); used > columns {
			return s[:i]
		}
	}
	return s
}
