package views

import (
	"strings"

	"github.com/a-h/templ"
)

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

// mostAltered is how many characters of a value may differ for them to be marked: more of
// them are another value.
const mostAltered = 4

// altered is a value in its parts, where the few characters that are not as they were, if
// it is no longer or shorter than it was, are a part of their own.
func altered(now []Part, was *Cookie) []Part {
	if was == nil {
		return now
	}
	text, old := textOf(now), textOf(was.Parts)
	if len(text) != len(old) || !plain(text) || !plain(old) {
		return now
	}
	from, to := 0, len(text)
	for from < to && text[from] == old[from] {
		from++
	}
	for from < to && text[to-1] == old[to-1] {
		to--
	}
	if from == to || to-from > mostAltered {
		return now
	}
	var all []Part
	at := 0 // where a part begins
	for _, p := range now {
		end := at + len(p.Text)
		for _, piece := range [...]struct {
			kind     string
			from, to int
		}{{p.Kind, at, min(end, from)}, {"altered", max(at, from), min(end, to)}, {p.Kind, max(at, to), end}} {
			if piece.from < piece.to {
				all = append(all, Part{Kind: piece.kind, Text: text[piece.from:piece.to]})
			}
		}
		at = end
	}
	return all
}

func textOf(parts []Part) string {
	var b strings.Builder
	for i := range parts {
		b.WriteString(parts[i].Text)
	}
	return b.String()
}

// class is the kind of a part as far as the style sheet knows it.
func (p *Part) class() string {
	switch p.Kind {
	case "id", "signature", "payload", "timestamp", "altered":
		return p.Kind
	case "mac":
		return "signature"
	case "sealed":
		return "payload"
	}
	return "other"
}
