package redisbackend

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// commandLine writes a command as redis-cli takes it.
func commandLine(words []string) string {
	var b strings.Builder
	for i, word := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		switch {
		case plain(word):
			b.WriteString(word)
		case literal(word):
			b.WriteString("'" + word + "'")
		default:
			quote(&b, word)
		}
	}
	return b.String()
}

// plain reports whether a word needs no quotes, in a shell neither.
func plain(word string) bool {
	for i := range len(word) {
		c := word[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("_-:.,/+=@", rune(c)) {
			return false
		}
	}
	return word != ""
}

// literal reports whether a word can stand between single quotes, where nothing
// but a backslash before such a quote means anything.
func literal(word string) bool {
	return utf8.ValidString(word) && !strings.ContainsFunc(word, unprintable) &&
		!strings.Contains(word, "'") && !strings.HasSuffix(word, `\`)
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// quote writes a word in double quotes, with the escapes of redis-cli: those of
// bytes, not of characters.
func quote(b *strings.Builder, word string) {
	b.WriteByte('"')
	for len(word) > 0 {
		r, n := utf8.DecodeRuneInString(word)
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == utf8.RuneError && n == 1 || unprintable(r):
			for i := range n {
				fmt.Fprintf(b, `\x%02x`, word[i])
			}
		default:
			b.WriteString(word[:n])
		}
		word = word[n:]
	}
	b.WriteByte('"')
}
