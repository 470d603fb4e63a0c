package views

import (
	"unicode/utf8"

	"github.com/sessionlab/sessionlab/internal/escape"
)

// visible is [escape.Unseen]: templates write it around whatever somebody sent.
func visible(s string) string { return escape.Unseen(s) }

// visibleLines is [escape.Lines]: visible for text of several lines.
func visibleLines(s string) string { return escape.Lines(s) }

// plain reports whether s is printable ASCII throughout, as nearly all is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Long text is cut: what stands in a row of the page, and what can be unfolded.
const (
	shownCells = 160
	shownName  = 32 // of a key in a pane, which is narrow
	shownValue = 64 // likewise, of a value
	shownBytes = 16 << 10
)

// shown returns s made visible and cut to fit a row of so many columns, and whether it
// was cut.
func shown(s string, cells int) (short string, cut bool) {
	if len(s) <= cells && plain(s) {
		return s, false
	}
	short = fit(visible(head(s, shownBytes)), cells)
	return short, len(s) > shownBytes || short != visible(s)
}

// unfolded returns as much of s as a page may hold, visible.
func unfolded(s string) string {
	if len(s) <= shownBytes {
		return visibleLines(s)
	}
	return visibleLines(head(s, shownBytes)) + "…"
}

// head returns at most the first n bytes of s, ending between characters.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
