package views

import "strings"

// fitWire returns the bytes of an event in at most limit columns. It keeps what tells
// most: of a Set-Cookie line the value and what guards it, of a cookie or a form its
// beginning, of a command what it does, of values the first ones, of an ID in place of
// another something of each. Of anything else, such as an ID, both ends tell.
func fitWire(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	if strings.HasPrefix(s, setCookie) {
		return fitSetCookie(s, limit)
	}
	if value, ok := strings.CutPrefix(s, "Cookie: "); ok && limit < roomForName {
		return beginning(value, limit)
	}
	if command, _, ok := strings.Cut(s, " -- "); ok {
		return beginning(withoutColumns(command), limit)
	}
	if old, now, ok := strings.Cut(s, becomes); ok && limit > width(becomes) {
		each := (limit - width(becomes)) / 2
		return fit(old, each) + becomes + fit(now, each)
	}
	if strings.HasPrefix(s, "{") || strings.HasPrefix(s, "session = ") || isForm(s) {
		return beginning(s, limit)
	}
	return fit(s, limit)
}

// becomes stands between an ID and the one that replaces it.
const becomes = " → "

// roomForName is how many columns a cookie header takes whose name is shown too.
const roomForName = 28

// withoutColumns is an SQL command without the columns that it asks for: from which table
// says more.
func withoutColumns(command string) string {
	if from := strings.Index(command, " FROM "); from > 0 && strings.HasPrefix(command, "SELECT ") {
		return "SELECT …" + command[from:]
	}
	return command
}

func isForm(s string) bool { return strings.Contains(s, "&") && !strings.ContainsAny(s, " :;") }

// beginning is what of s fits into so many columns, and an ellipsis.
func beginning(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	if limit < 1 {
		return ""
	}
	return strings.TrimRight(first(s, limit-1), " …") + "…"
}
