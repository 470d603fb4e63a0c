package views

import "github.com/a-h/templ"

// codeLines are lines of coloured code, those marked that differ from the
// defaults.
func codeLines(lines []CodeLine) templ.Component {
	return drawn(func(m *markup) {
		for i := range lines {
			if lines[i].Changed {
				m.raw(`<span class="ln" data-mark="change">`)
				m.raw(lines[i].HTML)
				m.raw("\n</span>")
				continue
			}
			m.raw(lines[i].HTML)
			m.raw("\n")
		}
	})
}
