package flask

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// Plain returns a value that was read as encoding/json can write it, for programs
// that show it to others. What JSON has no type for is as in Flask's jsonify: a
// tuple is a list, Markup a string, a UUID its usual form, a datetime a date of
// HTTP. Bytes are in base64, as in the cookie. What JSON has not at all is text:
// "NaN", "Infinity" and "-Infinity", and half of a surrogate pair as its escape,
// "\ud800". It is to be looked at; from it nobody can tell what it was.
func Plain(value any) any {
	switch v := value.(type) {
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return string(appendFloat(nil, v))
		}
	case string:
		return plainText(v)
	case Markup:
		return plainText(string(v))
	case UUID:
		return v.String()
	case []byte:
		return base64.StdEncoding.EncodeToString(v)
	case time.Time:
		return v.UTC().Format(http.TimeFormat)
	case []any:
		return plainList(v)
	case Tuple:
		return plainList(v)
	case map[string]any:
		plain := make(map[string]any, len(v))
		for key, value := range v {
			plain[plainText(key)] = Plain(value)
		}
		return plain
	}
	return value
}

func plainList(list []any) []any {
	plain := make([]any, len(list))
	for i, v := range list {
		plain[i] = Plain(v)
	}
	return plain
}

func plainText(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := cutRune(s[i:])
		if utf16.IsSurrogate(r) {
			fmt.Fprintf(&b, `\u%x`, r)
		} else {
			b.WriteRune(r)
		}
		i += max(size, 1)
	}
	return b.String()
}

// PlainJSON returns the JSON of a cookie as other programs read it, tags and all:
// what JSON has not is text, as [Plain] has it.
func PlainJSON(json []byte) []byte {
	p, out := parser{s: string(json)}, make([]byte, 0, len(json)+16)
	for p.i < len(p.s) {
		start := p.i
		switch {
		case p.take(`"`):
			out = p.plainString(append(out, '"'))
		case p.word():
			out = appendWord(out, p.s[start:p.i])
		default:
			out = append(out, p.s[p.i])
			p.i++
		}
	}
	return out
}

// word goes past a number or a name.
func (p *parser) word() bool {
	start := p.i
	for c := p.peek(); c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c != 0 && strings.IndexByte("+-.", c) >= 0; c = p.peek() {
		p.i++
	}
	return p.i > start
}

func appendWord(out []byte, word string) []byte {
	f, err := strconv.ParseFloat(word, 64)
	large := errors.Is(err, strconv.ErrRange) && strings.ContainsAny(word, ".eE") // or it is a whole number
	if large || word == "NaN" || strings.TrimPrefix(word, "-") == "Infinity" {
		return append(appendFloat(append(out, '"'), f), '"')
	}
	return append(out, word...)
}

// plainString goes past a string whose quote has been taken.
func (p *parser) plainString(out []byte) []byte {
	for p.i < len(p.s) {
		start := p.i
		p.i++
		switch p.s[start] {
		case '"':
			return append(out, '"')
		case '\\':
			if !p.take("u") {
				p.i++
			} else if r, ok := p.hex(); ok && utf16.IsSurrogate(p.pair(r)) {
				out = append(out, '\\')
			}
		}
		p.i = min(p.i, len(p.s))
		out = append(out, p.s[start:p.i]...)
	}
	return out
}
