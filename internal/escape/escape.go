// Package escape makes text safe to look at: what cannot be seen, or changes how
// its neighbours are seen, is written as an escape.
package escape

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Unseen returns s with every character that cannot be seen, or that changes how
// others are seen, written as an escape of Go: controls, bidirectional marks,
// zero-width characters, line separators, bytes that are no UTF-8.
func Unseen(s string) string { return rewrite(s, "", appendGo) }

// Lines is [Unseen] for text of several lines: line feeds and tabs stay.
func Lines(s string) string { return rewrite(s, "\n\t", appendGo) }

// JSON is [Unseen] for JSON, with JSON's escapes: it stays the same value. Line
// feeds stay. The pieces of a text can be given one by one if they end between
// characters. What has nothing to escape is returned as it is.
func JSON(text []byte) []byte { return rewrite(text, "\n", appendJSON) }

// Octets returns s with the bytes that are no UTF-8 written as \xNN. JSON has no
// place for them, and would have each replaced by the same character.
func Octets(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b []byte
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 {
			b = appendGo(b, r, s[:1])
		} else {
			b = append(b, s[:size]...)
		}
		s = s[size:]
	}
	return string(b)
}

// appendGo appends a character, which is these bytes in UTF-8, as an escape of Go.
func appendGo(b []byte, r rune, octets string) []byte {
	if r == utf8.RuneError && len(octets) == 1 {
		return fmt.Appendf(b, `\x%02x`, octets[0])
	}
	quoted := strconv.QuoteRuneToASCII(r)
	return append(b, quoted[1:len(quoted)-1]...)
}

func appendJSON(b []byte, r rune, _ string) []byte {
	for _, unit := range utf16.AppendRune(nil, r) {
		b = fmt.Appendf(b, `\u%04x`, unit)
	}
	return b
}

// rewrite returns s with what is unseen, but for the ASCII in keep, as appendEscape
// writes it.
func rewrite[T string | []byte](s T, keep string, appendEscape func(b []byte, r rune, octets string) []byte) T {
	at := unseen(s, keep)
	if at < 0 {
		return s
	}
	b := make([]byte, 0, len(s)+16)
	for ; at >= 0; at = unseen(s, keep) {
		b = append(b, s[:at]...)
		r, size := first(s[at:])
		b = appendEscape(b, r, string(s[at:at+size]))
		s = s[at+size:]
	}
	return T(append(b, s...))
}

// unseen returns the index of the first character of s to be escaped, or -1.
func unseen[T string | []byte](s T, keep string) int {
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if (c < ' ' || c > '~') && strings.IndexByte(keep, c) < 0 {
				return i
			}
			i++
			continue
		}
		r, size := first(s[i:])
		if r == utf8.RuneError && size == 1 || !unicode.IsGraphic(r) {
			return i
		}
		i += size
	}
	return -1
}

// first returns the first character of s and how many bytes it has.
func first[T string | []byte](s T) (r rune, size int) {
	return utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)]))
}
