package views

import (
	"unicode/utf8"

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
	front := limit * 2 / 3
	return first(s, front) + "…" + last(s, limit-front-1)
}

// first returns what of s fits into so many columns from its beginning.
func first(s string, limit int) string {
	used := 0
	for i, r := range s {
		if used += columns.OfRune(r); used > limit {
			return s[:i]
		}
	}
	return s
}

// last returns what of s fits into so many columns at its end.
func last(s string, limit int) string {
	start, used := len(s), 0
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if used += columns.OfRune(r); used > limit {
			break
		}
		start -= size
	}
	// A mark without the character that it stands on would join what is before it.
	for start < len(s) {
		r, size := utf8.DecodeRuneInString(s[start:])
		if columns.OfRune(r) != 0 {
			break
		}
		start += size
	}
	return s[start:]
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
