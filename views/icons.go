package views

import "github.com/a-h/templ"

// icon is one of the symbols of static/icons.svg, a file that a browser keeps: drawn on
// the page, they would be a sixteenth of it. asset is that of the [Page].
func icon(asset func(string) string, name string) templ.Component {
	return drawn(func(m *markup) { m.icon(asset, name) })
}

// clientIcon is that of a kind of client.
func clientIcon(asset func(string) string, kind string) templ.Component {
	return icon(asset, "by-"+kind)
}

func (m *markup) icon(asset func(string) string, name string) {
	m.raw(`<svg class="ico" aria-hidden="true"><use href="`)
	m.text(asset("icons.svg"))
	m.raw(`#`)
	m.text(name)
	m.raw(`"></use></svg>`)
}
