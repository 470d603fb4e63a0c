package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// transcript is a step in words: what the diagram shows, with the bytes in full.
// The number of each event leads to its own address.
func transcript(v *Lab) templ.Component {
	return drawn(func(m *markup) {
		at := v.at()
		for i := range v.Step.Events {
			e := &v.Step.Events[i]
			e.draw(m, v.Text, v.Step, e.N == at, v.event(e.N))
		}
	})
}

// sentences is the transcript until it is fetched: what the player says at each event.
// Most steps are looked at without the bytes in full.
func sentences(v *Lab) templ.Component {
	return drawn(func(m *markup) {
		for i := range v.Step.Events {
			m.raw(`<li`)
			if i+1 == v.at() {
				m.raw(` class="is-now"`)
			}
			m.raw(`><b class="who">`)
			m.text(v.Step.Events[i].Title)
			m.raw(`</b><p class="says">`)
			m.text(v.Step.Events[i].Say)
			m.raw(`</p></li>`)
		}
	})
}

func (e *Event) draw(m *markup, t *i18n.Text, s *Step, now bool, address string) {
	m.raw(`<li class="by-`)
	m.raw(laneNames[laneIndex(e.Lane)])
	if now {
		m.raw(" is-now")
	}
	m.raw(`"`)
	m.attr("data-n", e.N)
	if about := concern(e.Kind); about != "" {
		m.raw(` data-c="`)
		m.raw(about)
		m.raw(`"`)
	}
	m.raw(`><p class="who"><a class="n" href="`)
	m.text(address)
	m.raw(`">`)
	m.num(e.N)
	m.raw(`</a>`)
	if e.From == laneNames[0] || e.To == laneNames[0] {
		s.Badge.draw(m)
		m.raw(` `)
	}
	m.raw(`<b>`)
	m.text(s.lane(t, e.From))
	if e.From != e.To {
		m.raw(" → ")
		m.text(s.lane(t, e.To))
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
