package views

import "github.com/a-h/templ"

// rawValue is a value in its parts. No space may come between them.
func rawValue(parts []Part, class string) templ.Component {
	return drawn(func(m *markup) {
		m.raw(`<code class="`)
		m.raw(class)
		m.raw(`"`)
		if partsLen(parts) > scrolls {
			m.raw(` tabindex="0"`) // or keys could not scroll it
		}
		m.raw(`>`)
		for i := range parts {
			m.segment(parts[i].class(), parts[i].Text)
		}
		m.raw(`</code>`)
	})
}

// segment writes a part of a value.
func (m *markup) segment(class, text string) {
	m.raw(`<span class="seg seg-`)
	m.raw(class)
	m.raw(`">`)
	m.text(head(text, shownBytes))
	m.raw(`</span>`)
}

// scrolls is from how many bytes on a value may not fit its box.
const scrolls = 200

func partsLen(parts []Part) int {
	n := 0
	for i := range parts {
		n += len(parts[i].Text)
	}
	return n
}

// class is the kind of a part as far as the style sheet knows it.
func (p *Part) class() string {
	switch p.Kind {
	case "id", "signature", "payload", "timestamp":
		return p.Kind
	case "mac":
		return "signature"
	case "sealed":
		return "payload"
	}
	return "other"
}
