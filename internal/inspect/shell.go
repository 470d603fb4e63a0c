package inspect

import (
	"strconv"
	"strings"
)

// shellWords divides a command line into words, as a POSIX shell does: single and
// double quotes, the $'…' of bash, backslashes. Carets, by which cmd.exe escapes,
// are taken off first. Nothing is expanded.
func shellWords(text string) (words []string) {
	if strings.Contains(text, `^"`) || strings.Contains(text, "^\n") {
		text = uncaret(text)
	}
	for {
		text = strings.TrimLeft(text, " \t\n\r")
		if text == "" {
			return words
		}
		var word string
		word, text = nextWord(text)
		words = append(words, word)
	}
}

func nextWord(text string) (word, rest string) {
	var b strings.Builder
	for text != "" {
		switch c := text[0]; {
		case strings.IndexByte(" \t\n\r", c) >= 0:
			return b.String(), text
		case c == '\'':
			var inner string
			inner, text, _ = strings.Cut(text[1:], "'")
			b.WriteString(inner)
		case strings.HasPrefix(text, "$'"):
			n := quoteEnd(text, 2, '\'')
			b.WriteString(unescapeC(text[2:n]))
			text = text[min(n+1, len(text)):]
		case c == '"':
			n := quoteEnd(text, 1, '"')
			b.WriteString(unbackslash(text[1:n]))
			text = text[min(n+1, len(text)):]
		case c == '\\' && len(text) > 1:
			if text[1] != '\n' {
				b.WriteByte(text[1])
			}
			text = text[2:]
		default:
			b.WriteByte(c)
			text = text[1:]
		}
	}
	return b.String(), ""
}

// quoteEnd returns where the quote ends that begins before at; a backslash keeps
// the character after it.
func quoteEnd(text string, at int, quote byte) int {
	for i := at; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote:
			return i
		}
	}
	return len(text)
}

// unbackslash resolves the escapes of double quotes in a shell.
func unbackslash(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && strings.IndexByte("\"\\$`\n", s[i+1]) >= 0 {
			if i++; s[i] == '\n' {
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// uncaret resolves the escapes of cmd.exe, which breaks lines by a caret too.
func uncaret(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '^' && i+1 < len(text) {
			if i++; text[i] == '\n' {
				continue
			}
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// unescapeC resolves the escapes of C, as bash's $'…' and Python's cookies write
// them: \n, \x2d, \u00e9, \054.
func unescapeC(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '\\')
		if i < 0 || i+1 == len(s) {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		switch c := s[0]; c {
		case 'x':
			s = number(&b, s[1:], 16, 2, false)
		case 'u':
			s = number(&b, s[1:], 16, 4, true)
		case 'U':
			s = number(&b, s[1:], 16, 8, true)
		case '0', '1', '2', '3', '4', '5', '6', '7':
			s = number(&b, s, 8, 3, false)
		default:
			if at := strings.IndexByte("abefnrtv", c); at >= 0 {
				c = "\a\b\x1b\f\n\r\t\v"[at]
			}
			b.WriteByte(c)
			s = s[1:]
		}
	}
	return b.String()
}

// number writes the character or byte that up to most digits at the beginning of s
// name, and returns what follows them.
func number(b *strings.Builder, s string, base, most int, isRune bool) (rest string) {
	n := 0
	for n < min(most, len(s)) {
		if _, err := strconv.ParseUint(s[n:n+1], base, 8); err != nil {
			break
		}
		n++
	}
	v, err := strconv.ParseUint(s[:n], base, 32)
	switch {
	case err != nil:
	case isRune:
		b.WriteRune(rune(v)) // one that is none becomes U+FFFD
	default:
		b.WriteByte(byte(v)) // \400 and more wrap, as in bash
	}
	return s[n:]
}
