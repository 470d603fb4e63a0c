package views

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible returns s with every character that cannot be seen, or that changes
// how others are seen, written as an escape: controls, bidirectional marks,
// zero-width characters, line separators, bytes that are no UTF-8.
func visible(s string) string { return escape(s, "") }

// visibleLines is [visible] for text of several lines: line feeds and tabs stay.
func visibleLines(s string) string { return escape(s, "\n\t") }

func escape(s, keep string) string {
	bad := unseen(s, keep)
	if bad < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	b.WriteString(s[:bad])
	for i, r := range s[bad:] {
		_, size := utf8.DecodeRuneInString(s[bad+i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[bad+i])
		case unicode.IsGraphic(r), strings.ContainsRune(keep, r):
			b.WriteRune(r)
		default:
			q := strconv.QuoteRuneToASCII(r)
			b.WriteString(q[1 : len(q)-1])
		}
	}
	return b.String()
}

// unseen returns the index of the first character of s to be escaped, or -1.
func unseen(s, keep string) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if (c < ' ' || c > '~') && strings.IndexByte(keep, c) < 0 {
				return i
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || !unicode.IsGraphic(r) {
			return i
		}
		i += size
	}
	return -1
}

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
	shownBytes = 16 << 10
)

// shown returns s made visible and cut to fit a row, and whether it was cut.
func shown(s string) (short string, cut bool) {
	if len(s) <= shownCells && plain(s) {
		return s, false
	}
	short = fit(visible(head(s, shownBytes)), shownCells)
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
