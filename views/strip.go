package views

import "github.com/a-h/templ"

// strip is the list of steps, each a link to its own address. What happened to
// the cookie stands before a step's name and what happened to the record after
// it: places mean the same as in the panes.
func strip(v Lab) templ.Component {
	return drawn(func(m *markup) {
		address := v.in(v.Path) + "?step="
		for i := range v.Timeline.Items {
			v.Timeline.Items[i].draw(m, address)
		}
	})
}

func (it *TimelineItem) draw(m *markup, address string) {
	m.raw(`<li><a class="chip" id="s`)
	m.num(it.N)
	m.raw(`" href="`)
	m.text(address)
	m.num(it.N)
	m.raw(`" data-client="`)
	m.text(it.Client)
	m.raw(`"`)
	if it.Status >= 400 {
		m.raw(` data-failed=""`)
	}
	if it.Current {
		m.raw(` aria-current="step"`)
	}
	m.raw(` title="`)
	m.text(it.Label)
	m.raw(`"><span class="chip-in" aria-hidden="true">`)
	drawMark(m, "cookie", it.Cookie)
	m.raw(`<b>`)
	m.num(it.N)
	m.raw(`</b> <span>`)
	m.text(fit(visible(head(it.Op, shownBytes)), 22))
	m.raw(`</span>`)
	drawMark(m, "record", it.Record)
	m.raw(`</span></a></li>`)
}

func drawMark(m *markup, side string, mark Mark) {
	m.raw(`<i class="dot dot-`)
	m.raw(side)
	m.raw(`"`)
	if mark != Same {
		m.raw(` data-mark="`)
		m.text(string(mark))
		m.raw(`"`)
	}
	m.raw(`>`)
	m.raw(glyph(mark))
	m.raw(`</i>`)
}
