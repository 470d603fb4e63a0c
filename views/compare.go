package views

import "github.com/a-h/templ"

// stepOptions are the steps of a select; there may be thousands.
func stepOptions(p ComparePage, chosen int) templ.Component {
	return drawn(func(m *markup) {
		for i := range p.Steps {
			s := &p.Steps[i]
			m.raw(`<option`)
			m.attr("value", s.N)
			if s.N == chosen {
				m.raw(` selected`)
			}
			m.raw(`>`)
			m.num(s.N)
			m.raw(" · ")
			m.text(fit(visible(head(s.Op, shownBytes)), 30))
			m.raw(`</option>`)
		}
	})
}
