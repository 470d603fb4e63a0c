// Package columns tells how wide text is in a monospaced font.
package columns

import (
	"unicode"

	"golang.org/x/text/width"
)

// Of returns how many columns s takes.
func Of(s string) int {
	n := 0
	for _, r := range s {
		n += OfRune(r)
	}
	return n
}

// OfRune returns how many columns r takes: two for the scripts of East Asia and for
// pictographs, none for marks on another character.
func OfRune(r rune) int {
	if r < 0x300 { // most text, and no letter of these is wide
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
