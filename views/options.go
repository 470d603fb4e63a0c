package views

import "github.com/a-h/templ"

// options are the choices of a select; one that cannot be chosen says why.
func options(choices []Choice) templ.Component {
	return drawn(func(m *markup) {
		for i := range choices {
			c := &choices[i]
			m.raw(`<option value="`)
			m.text(c.Value)
			m.raw(`"`)
			if c.On {
				m.raw(` selected`)
			}
			if c.Why != "" {
				m.raw(` disabled`)
			}
			m.raw(`>`)
			m.text(c.Label)
			if c.Why != "" {
				m.raw(` (`)
				m.text(c.Why)
				m.raw(`)`)
			}
			m.raw(`</option>`)
		}
	})
}
