package views

import (
	"context"
	"io"
	"strconv"
	"sync"

	"github.com/a-h/templ"
)

// A markup is HTML in the making, for the parts of a page that repeat: a
// template spends some hundred nanoseconds on each expression, and these rows
// have thousands.
type markup struct{ b []byte }

// markups are reused: a page needs several, of a few kilobytes each.
var markups = sync.Pool{New: func() any { return &markup{b: make([]byte, 0, 8<<10)} }}

// drawn returns the component that draw makes.
func drawn(draw func(*markup)) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		m := markups.Get().(*markup)
		defer markups.Put(m)
		m.b = m.b[:0]
		draw(m)
		_, err := w.Write(m.b)
		return err
	})
}

// raw appends HTML as it is. Its argument must be a constant or made of safe
// parts.
func (m *markup) raw(s string) { m.b = append(m.b, s...) }

// text appends s escaped, with whatever cannot be seen made [visible].
func (m *markup) text(s string) { m.seen(visible(s)) }

// lines is text that keeps its line feeds and tabs, cut if it is very long.
func (m *markup) lines(s string) { m.seen(unfolded(s)) }

// seen appends s escaped: it is visible already.
func (m *markup) seen(s string) {
	done := 0
	for i := range len(s) {
		var entity string
		switch s[i] {
		case '&':
			entity = "&amp;"
		case '<':
			entity = "&lt;"
		case '>':
			entity = "&gt;"
		case '"':
			entity = "&#34;"
		case '\'':
			entity = "&#39;"
		default:
			continue
		}
		m.raw(s[done:i])
		m.raw(entity)
		done = i + 1
	}
	m.raw(s[done:])
}

// num appends n in decimal.
func (m *markup) num(n int) { m.b = strconv.AppendInt(m.b, int64(n), 10) }

// attr appends an attribute whose value is a number.
func (m *markup) attr(name string, n int) {
	m.b = append(m.b, ' ')
	m.b = append(m.b, name...)
	m.b = append(m.b, '=', '"')
	m.b = strconv.AppendInt(m.b, int64(n), 10)
	m.b = append(m.b, '"')
}
