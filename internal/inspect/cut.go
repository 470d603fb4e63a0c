package inspect

import (
	"encoding/hex"
	"strings"
)

// unescape resolves %XX escapes, as web frameworks write and read them in
// cookies (browsers never do). It returns for each byte of the text, and for its
// end, where in value it stands. A value with a broken escape is left alone.
func unescape(value string) (text string, at []int) {
	var b strings.Builder
	b.Grow(len(value))
	at = make([]int, 0, len(value)+1)
	for i := 0; i < len(value); i++ {
		at = append(at, i)
		c := value[i]
		if c == '%' {
			pair, err := hex.DecodeString(value[i+1 : min(i+3, len(value))])
			if err != nil || len(pair) != 1 {
				return value, nil
			}
			c = pair[0]
			i += 2
		}
		b.WriteByte(c)
	}
	return b.String(), append(at, len(value))
}

// A span is the length of a part, in bytes of the text.
type span struct {
	kind    Kind
	n       int
	decoded string
}

// cut divides the text into parts of these lengths; what is left over is one
// more.
func (r *Report) cut(text string, spans ...span) {
	at := 0
	for _, s := range spans {
		n := min(max(s.n, 0), len(text)-at)
		if n > 0 {
			r.Parts = append(r.Parts, Part{Kind: s.kind, Decoded: brief(s.decoded), Start: at, End: at + n})
		}
		at += n
	}
	if at < len(text) {
		r.Parts = append(r.Parts, Part{Kind: Other, Start: at, End: len(text)})
	}
}

// place moves the parts from the text to the value it was unescaped from.
func place(r *Report, value string, at []int) {
	for i := range r.Parts {
		p := &r.Parts[i]
		if at != nil {
			p.Start, p.End = at[p.Start], at[p.End]
		}
		p.Text = value[p.Start:p.End]
	}
}

// cutPacked divides a text in base64 into parts of what it encodes, whose lengths
// are in bytes. Letters hold six bits: a border within one is put after it.
func (r *Report) cutPacked(text string, spans ...span) {
	at, bytes := 0, 0
	for i := range spans {
		bytes += spans[i].n
		end := min((bytes*8+5)/6, len(text))
		spans[i].n, at = end-at, end
	}
	if len(spans) > 0 {
		spans[len(spans)-1].n += len(text) - at // padding
	}
	r.cut(text, spans...)
	r.note("borders")
}

// brief cuts long text.
func brief(s string) string {
	const most = 2 << 10
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
