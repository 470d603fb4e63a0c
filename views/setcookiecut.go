package views

import "strings"

// What a cut Set-Cookie line keeps whole: the attributes that say who may have the
// cookie. The others say where and how long, and the panes show that.
var guards = []string{"Secure", "HttpOnly", "SameSite"}

// fitWire returns the bytes of an event in at most limit columns. Of a Set-Cookie line
// the attributes that guard the cookie are never cut, as many as there is room for, the
// last ones first.
func fitWire(s string, limit int) string {
	const name, least = "Set-Cookie: ", 4 // columns of what is before the attributes
	if width(s) <= limit || !strings.HasPrefix(s, name) {
		return fit(s, limit)
	}
	parts := strings.Split(s, "; ")
	tail := ""
	for i := len(parts) - 1; i > 0; i-- {
		if !guarding(parts[i]) {
			continue
		}
		if width(tail)+width(parts[i])+2+least+1 > limit {
			break
		}
		tail = "; " + parts[i] + tail
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
