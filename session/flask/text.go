package flask

import (
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// Python's strings may hold one half of a surrogate pair without the other, which
// is no rune and has no UTF-8. In Go such a half is the three bytes that UTF-8
// would have for it: the WTF-8 encoding.

// halfPair returns half a pair as it stands in Go's strings.
func halfPair(r rune) string {
	return string([]byte{0xed, 0x80 | byte(r>>6)&0x3f, 0x80 | byte(r)&0x3f})
}

// cutHalfPair returns the half of a pair that s begins with, if it does.
func cutHalfPair(s string) (r rune, ok bool) {
	if len(s) < 3 || s[0] != 0xed || s[1]&0xe0 != 0xa0 || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return 0xd000 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), true
}

// cutRune returns the character that s begins with and its length, which is 0 if s
// begins with none.
func cutRune(s string) (r rune, size int) {
	r, size = utf8.DecodeRuneInString(s)
	if r != utf8.RuneError || size != 1 {
		return r, size
	}
	if r, ok := cutHalfPair(s); ok {
		return r, 3
	}
	return r, 0
}

// appendString writes s in ASCII, as Python's json does: lower-case escapes, and
// two of them for what is beyond U+FFFF.
func appendString(b []byte, s string) ([]byte, error) {
	b = append(slices.Grow(b, len(s)+2), '"')
	for i := 0; i < len(s); {
		c := s[i]
		if ' ' <= c && c < 0x7f && c != '"' && c != '\\' {
			b = append(b, c)
			i++
			continue
		}
		r, size := cutRune(s[i:])
		if size == 0 {
			return nil, errNotUTF8
		}
		b = appendEscaped(b, r)
		i += size
	}
	return append(b, '"'), nil
}

func appendEscaped(b []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(b, '\\', byte(r))
	case '\b':
		return append(b, `\b`...)
	case '\t':
		return append(b, `\t`...)
	case '\n':
		return append(b, `\n`...)
	case '\f':
		return append(b, `\f`...)
	case '\r':
		return append(b, `\r`...)
	}
	if r > 0xffff {
		high, low := utf16.EncodeRune(r)
		return appendEscaped(appendEscaped(b, high), low)
	}
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', digits[r>>12], digits[r>>8&15], digits[r>>4&15], digits[r&15])
}
