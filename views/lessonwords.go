package views

import (
	"strings"

	"github.com/a-h/templ"
)

// letterOf is the id of a choice as it is shown.
func letterOf(id string) string { return strings.ToUpper(id) }

// sign is how a verdict looks without its colour: the letter that was chosen, or a tick.
func (v *LessonVerdict) sign() string {
	switch {
	case v.How == VerdictRight:
		return "✓"
	case v.Letter != "":
		return v.Letter
	}
	return "–"
}

// word says how a prediction came out, "" for what is said otherwise: the lesson has an
// answer of its own for what was right.
func (v *LessonVerdict) word(p *LessonPage) string {
	switch v.How {
	case VerdictRight:
		if len(v.Answer) == 0 {
			return p.Text.T("lesson.right")
		}
	case VerdictWrong:
		return p.Text.T("lesson.wrong")
	case VerdictSkipped:
		return p.Text.T("lesson.skipped")
	}
	return ""
}

// shortBytes is how many columns of a part of a value stand in a comparison.
var shortBytes = map[string]int{"id": 12, "signature": 12, "payload": 22}

// bytesIn are the parts of a value in one row, each cut if need be, with what is new in
// an ins element and what is gone in a del. Where there is more room than beside a text,
// more is how many times as many columns.
func bytesIn(parts []Part, more int) templ.Component {
	return drawn(func(m *markup) {
		m.raw(`<code>`)
		for i := range parts {
			m.part(&parts[i], more)
		}
		m.raw(`</code>`)
	})
}

func (m *markup) part(p *Part, more int) {
	switch p.Kind {
	case "new":
		m.raw("<ins>")
		m.short(p.Text, shortValue*more)
		m.raw("</ins>")
	case "gone":
		m.raw("<del>")
		m.short(p.Text, shortValue*more)
		m.raw("</del>")
	case "json":
		m.short(p.Text, shortValue*more)
	default:
		most, ok := shortBytes[p.class()]
		if !ok {
			most = 12
		}
		m.raw(`<span class="seg seg-`)
		m.raw(p.class())
		m.raw(`">`)
		m.short(p.Text, most*more)
		m.raw(`</span>`)
	}
}

// short writes as much of s as fits into so many columns.
func (m *markup) short(s string, cells int) {
	short, _ := shown(s, cells)
	m.seen(short)
}
