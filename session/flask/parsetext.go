package flask

import (
	"strings"
	"unicode/utf16"
)

// text reads a string whose quote has been taken.
func (p *parser) text() (string, error) {
	start := p.i
	for ; p.i < len(p.s); p.i++ {
		switch c := p.s[p.i]; {
		case c == '"':
			p.i++
			return p.s[start : p.i-1], nil
		case c == '\\':
			var b strings.Builder
			b.Grow(p.i - start + p.left()) // no escape is shorter than what it stands for
			b.WriteString(p.s[start:p.i])
			return p.escaped(&b)
		case c < ' ':
			return "", p.wrong("a control character in a string")
		}
	}
	return "", p.wrong("a string does not end")
}

// left is how many bytes there are up to the end of the string.
func (p *parser) left() int {
	for i := p.i; i < len(p.s); i++ {
		switch p.s[i] {
		case '"':
			return i - p.i
		case '\\':
			i++
		}
	}
	return 0
}

// escaped reads the rest of a string that has an escape next; b is what came
// before it.
func (p *parser) escaped(b *strings.Builder) (string, error) {
	for p.i < len(p.s) {
		c := p.s[p.i]
		p.i++
		switch {
		case c == '"':
			return b.String(), nil
		case c < ' ':
			return "", p.wrong("a control character in a string")
		case c != '\\':
			b.WriteByte(c)
			continue
		}
		c = p.peek()
		p.i++
		if at := strings.IndexByte(`"\/bfnrt`, c); at >= 0 {
			b.WriteByte("\"\\/\b\f\n\r\t"[at])
			continue
		}
		if c != 'u' {
			return "", p.wrong("an unknown escape")
		}
		r, ok := p.hex()
		if !ok {
			return "", p.wrong("an escape that is not of four hex digits")
		}
		if r = p.pair(r); utf16.IsSurrogate(r) {
			b.WriteString(halfPair(r))
			continue
		}
		b.WriteRune(r)
	}
	return "", p.wrong("a string does not end")
}

// pair returns the rune of which r may be the first half, if the other follows.
func (p *parser) pair(r rune) rune {
	if utf16.IsSurrogate(r) {
		before := p.i
		if p.take(`\u`) {
			if low, ok := p.hex(); ok {
				if both := utf16.DecodeRune(r, low); both != '\ufffd' {
					return both
				}
			}
		}
		p.i = before
	}
	return r
}

func (p *parser) hex() (rune, bool) {
	if len(p.s)-p.i < 4 {
		return 0, false
	}
	var r rune
	for _, c := range []byte(p.s[p.i : p.i+4]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if c < '0' || digit < 0 {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	p.i += 4
	return r, true
}
