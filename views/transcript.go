package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// transcript is a step in words: what the diagram shows, with the bytes in full.
func transcript(t *i18n.Text, events []Event) templ.Component {
	return drawn(func(m *markup) {
		for i := range events {
			events[i].draw(m, t)
		}
	})
}

func (e *Event) draw(m *markup, t *i18n.Text) {
	m.raw(`<li class="by-`)
	m.raw(laneNames[laneIndex(e.Lane)])
	m.raw(`"`)
	m.attr("data-n", e.N)
	m.raw(`><p class="who"><b>`)
	m.text(laneWord(t, e.From))
	if e.From != e.To {
		m.raw(" → ")
		m.text(laneWord(t, e.To))
	}
	m.raw(`</b> `)
	m.text(e.Title)
	if e.Mark != Same {
		m.raw(` <span class="badge" data-mark="`)
		m.text(string(e.Mark))
		m.raw(`">`)
		m.raw(glyph(e.Mark))
		m.raw(" ")
		m.text(markWord(t, e.Mark))
		m.raw(`</span>`)
	}
	m.raw(` <span class="at">`)
	m.text(e.At)
	if e.Took != "" {
		m.raw(" · ")
		m.text(e.Took)
	}
	m.raw(`</span></p><p class="says">`)
	m.text(e.Say)
	m.raw(`</p>`)
	if e.Wire != "" {
		m.raw(`<code>`)
		m.text(unfolded(e.Wire))
		m.raw(`</code>`)
	}
	m.raw(`</li>`)
}
