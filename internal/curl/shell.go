package curl

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quote makes s one word of a shell. Within single quotes nothing is special; what
// cannot be seen there, printf writes.
func quote(s string) string {
	if !visible(s) {
		return `"$(printf ` + format(s) + `)"`
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// word is s, quoted only if it is not a plain word.
func word(s string) string {
	for _, c := range s {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return quote(s)
		}
	}
	return s
}

// visible reports whether a person sees all of s, and copies what it is.
func visible(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, unseen) < 0
}

func unseen(r rune) bool {
	return !unicode.IsGraphic(r) || r != ' ' && unicode.IsSpace(r) // which editors and browsers take for a blank
}

// format is s as a quoted format of printf, in which every byte survives. One that
// began with a dash would be an option.
func format(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i, r := range s {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		switch {
		case r == '%':
			b.WriteString("%%")
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\n':
			b.WriteString(`\n`)
		case i == 0 && r == '-', r == '\\', r == '\'', unseen(r), r == utf8.RuneError && size == 1:
			for _, octet := range []byte(s[i : i+size]) {
				fmt.Fprintf(&b, `\%03o`, octet)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('\'')
	return b.String()
}
