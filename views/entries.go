package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// crowd is how many entries the strip shows between two steps. The list of steps has
// all of them.
const crowd = 3

// drawEntries writes what happened between two steps on the strip: in few words, with
// the badges of those that it is about.
func drawEntries(m *markup, t *i18n.Text, all []Entry) {
	if n := len(all) - crowd; n > 0 {
		m.raw(`<li class="mid" title="`)
		m.text(t.F("entry_short.more", "N", itoa(n)))
		m.raw(`">…</li>`)
		all = all[n:]
	}
	for _, e := range all {
		m.raw(`<li class="mid"`)
		drawInRun(m, e.Run > 0)
		m.raw(` data-of="`)
		m.text(e.Of)
		m.raw(`" title="`)
		m.text(e.Said)
		m.raw(`"><span class="sr">`)
		m.text(e.Said)
		m.raw(`</span>`)
		e.drawBadges(m)
		m.raw(`<span aria-hidden="true">`)
		m.text(e.Short)
		m.raw(`</span></li>`)
	}
}

// entries are rows of the list of steps.
func entries(all []Entry) templ.Component {
	return drawn(func(m *markup) {
		for _, e := range all {
			m.raw(`<li class="mid" data-of="`)
			m.text(e.Of)
			m.raw(`">`)
			e.drawBadges(m)
			m.raw(`<span>`)
			m.text(e.Said)
			m.raw(`</span></li>`)
		}
	})
}

// drawBadges writes whom the entry is about, and whom a cookie went to.
func (e *Entry) drawBadges(m *markup) {
	e.Badge.draw(m)
	if e.To.Letter != "" {
		m.raw(`<span aria-hidden="true">→</span>`)
		e.To.draw(m)
	}
}
