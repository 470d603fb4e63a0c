package views

import (
	"strings"

	"github.com/a-h/templ"
)

// onWire is a message as it was on the wire, its cookie headers standing out.
func onWire(msg Message) templ.Component {
	return drawn(func(m *markup) {
		m.raw(`<pre class="http" tabindex="0"><b>`)
		m.text(head(msg.Line, shownBytes))
		m.raw("</b>\n")
		for _, h := range msg.Headers {
			if isCookieHeader(h[0]) {
				m.raw(`<mark>`)
			}
			m.raw(`<span>`)
			m.text(head(h[0], shownBytes))
			m.raw(`:</span> `)
			m.text(head(h[1], shownBytes))
			if isCookieHeader(h[0]) {
				m.raw(`</mark>`)
			}
			m.raw("\n")
		}
		if msg.Body != "" {
			m.raw("\n")
			m.lines(msg.Body)
		}
		m.raw(`</pre>`)
	})
}

func isCookieHeader(name string) bool {
	return strings.EqualFold(name, "Cookie") || strings.EqualFold(name, "Set-Cookie")
}
