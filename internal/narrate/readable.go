package narrate

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// readable is JSON in which each \uXXXX is replaced by its character. Flask's
// JSON is ASCII: it writes 蓝 as \u84dd. Escaped ASCII stays, so that the text
// keeps its meaning.
func readable(json string) string {
	if !strings.Contains(json, `\u`) {
		return json
	}
	var b strings.Builder
	for i := 0; i < len(json); {
		r, n := escaped(json[i:])
		switch {
		case n > 0 && r >= utf8.RuneSelf:
			b.WriteRune(r)
		case n == 0 && json[i] == '\\' && i+1 < len(json): // \\ is not the beginning of \\u84dd
			n = 2
			b.WriteString(json[i : i+n])
		default:
			n = max(n, 1)
			b.WriteString(json[i : i+n])
		}
		i += n
	}
	return b.String()
}

// escaped returns the character that s begins with as \uXXXX, or as two of them, and
// how many bytes that takes; 0 if it does not.
func escaped(s string) (r rune, size int) {
	first, ok := unit(s)
	if !ok {
		return 0, 0
	}
	if utf16.IsSurrogate(first) {
		second, ok := unit(s[6:])
		if both := utf16.DecodeRune(first, second); ok && both != utf8.RuneError {
			return both, 12
		}
		return 0, 6 // a half means nothing
	}
	return first, 6
}

// unit reads a \uXXXX.
func unit(s string) (r rune, ok bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	for _, c := range s[2:6] {
		d := strings.IndexRune("0123456789abcdef", c|0x20)
		if d < 0 {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	return r, true
}
