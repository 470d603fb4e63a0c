package views

import (
	"strings"

	"github.com/sessionlab/sessionlab/internal/columns"
)

// width returns the columns that s takes.
func width(s string) int {
	if plain(s) {
		return len(s)
	}
	return columns.Of(s)
}

// fit returns s if it takes at most limit columns. Otherwise it cuts s in the
// middle, where bytes tell least, and keeps two thirds of the head.
func fit(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	if limit < 1 {
		return ""
	}
	const ellipsis = "…"
	front := limit * 2 / 3
	back := limit - front - 1

	var b strings.Builder
	used := 0
	for _, r := range s {
		if used += columns.OfRune(r); used > front {
			break
		}
		b.WriteRune(r)
	}
	b.WriteString(ellipsis)

	tail := []rune(s)
	start, used := len(tail), 0
	for start > 0 {
		if used += columns.OfRune(tail[start-1]); used > back {
			break
		}
		start--
	}
	// A mark without the character that it stands on would join the ellipsis.
	for start < len(tail) && columns.OfRune(tail[start]) == 0 {
		start++
	}
	b.WriteString(string(tail[start:]))
	return b.String()
}

// wrap returns s in one line of at most limit columns, or in two: the first ends
// at its last space that leaves it short enough, and the second is cut if need be.
func wrap(s string, limit int) [2]string {
	if width(s) <= limit {
		return [2]string{s}
	}
	space, used := 0, 0
	for i, r := range s {
		if r == ' ' {
			space = i
		}
		if used += columns.OfRune(r); used > limit {
			break
		}
	}
	if space == 0 {
		return [2]string{fit(s, limit)}
	}
	return [2]string{s[:space], fit(s[space+1:], limit)}
}
