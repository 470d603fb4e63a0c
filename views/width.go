package views

import (
	"strings"
	"unicode"
)

// cells returns how many columns r takes in a monospaced font: two for the
// scripts of East Asia and for pictographs, none for marks on another character.
func cells(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Me, r):
		return 0
	case r < 0x1100:
		return 1
	case r <= 0x115f, r >= 0x2e80 && r <= 0xa4cf, r >= 0xac00 && r <= 0xd7a3, r >= 0xf900 && r <= 0xfaff,
		r >= 0xfe30 && r <= 0xfe6f, r >= 0xff00 && r <= 0xff60, r >= 0xffe0 && r <= 0xffe6, r >= 0x1f000:
		return 2
	}
	return 1
}

// width returns the columns that s takes.
func width(s string) int {
	if plain(s) {
		return len(s)
	}
	n := 0
	for _, r := range s {
		n += cells(r)
	}
	return n
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
		if used += cells(r); used > front {
			break
		}
		b.WriteRune(r)
	}
	b.WriteString(ellipsis)

	tail := []rune(s)
	start, used := len(tail), 0
	for start > 0 {
		if used += cells(tail[start-1]); used > back {
			break
		}
		start--
	}
	// A mark without the character that it stands on would join the ellipsis.
	for start < len(tail) && cells(tail[start]) == 0 {
		start++
	}
	b.WriteString(string(tail[start:]))
	return b.String()
}
