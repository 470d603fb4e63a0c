package views

import (
	"slices"

	"github.com/a-h/templ"
)

// class is the kind of a part as far as the style sheet knows it.
func (p *InspectPart) class() string {
	switch p.Kind {
	case "expiry":
		return "timestamp"
	case "key-id", "name":
		return "header"
	case "id", "signature", "payload", "timestamp", "header", "iv", "tag", "salt", "prefix":
		return p.Kind
	}
	return "other"
}

// inspectedValue is the value in its parts. No space may come between them.
func inspectedValue(parts []InspectPart) templ.Component {
	return drawn(func(m *markup) {
		m.raw(`<code class="raw" tabindex="0">`)
		for i := range parts {
			m.segment(parts[i].class(), parts[i].Text)
		}
		m.raw(`</code>`)
	})
}

// verdict is what the style sheet goes by: "none" for what is not signed.
func (r *Inspected) verdict() string {
	if !r.Signed {
		return "none"
	}
	return r.Signature
}

// sign is the verdict without its colour.
func (r *Inspected) sign() string {
	switch r.verdict() {
	case "valid":
		return "✓"
	case "invalid":
		return "✗"
	case "none":
		return "–"
	}
	return "?"
}

// onlyID reports whether the cookie names a session and carries nothing.
func (r *Inspected) onlyID() bool {
	return slices.ContainsFunc(r.Parts, func(p InspectPart) bool { return p.Kind == "id" })
}

// rawText is a value of the bench in one piece.
func rawText(parts []Part) string {
	text := ""
	for i := range parts {
		text += parts[i].Text
	}
	return visible(head(text, shownBytes))
}

// inspector is the address of the inspector, in the form of this page.
func (p Page) inspector(at string) string {
	if p.Present {
		return p.in("/inspect?present" + at)
	}
	return p.in("/inspect" + at)
}
