package e2e

import "time"

// Step is the JSON of a step, as far as the tests look at it.
type Step struct {
	N       int
	Time    time.Time
	Op      string
	Client  string
	Request struct {
		Method, Path, Body string
		Headers            [][2]string
	}
	Response      struct{ Status int }
	Events        []struct{ Kind, Title, Detail, Args string }
	Before, After Sides
	Result        any
	Error         string
	Lesson        string
}

// Sides is what browser and store hold.
type Sides struct {
	Cookie *struct {
		Raw        string
		Attributes *struct {
			Path     string
			Expires  *time.Time
			HTTPOnly bool `json:"http_only"`
			Secure   bool
			SameSite string `json:"same_site"`
		}
	}
	Record *struct {
		Key, Raw, Query string
		Values          map[string]any
		Version         int
	}
}

// Panes is what the bench page shows to the eye.
type Panes struct {
	Cookie     string            // the raw value on the left
	Attributes map[string]string // of the cookie
	Key        string            // of the record on the right
	Values     map[string]string // of the record, as JSON
	Raw        string            // the record as stored
	Query      string            // the command that read it
	Titles     []string          // of the events
	Drawn      int               // events in the diagram
	Lesson     string            // the sentence in large type
}

const readPanes = `(() => {
	const all = s => [...document.querySelectorAll(s)], text = e => e?.textContent ?? ""
	const raw = pane => text(all(pane + " code.raw:not(.gone, .orphan *)").find(e => e.checkVisibility()))
	const words = e => [...e.childNodes].filter(n => n.nodeType === Node.TEXT_NODE).map(n => n.data.trim()).join("")
	const stored = all("#as-stored pre")
	return {
		Cookie: raw("#pane-browser"),
		Attributes: Object.fromEntries(all("#pane-browser .attrs summary").map(e => [text(e.querySelector("b")), text(e.querySelector("code"))])),
		Key: raw("#pane-store"),
		Values: Object.fromEntries(all("#pane-store .rows tbody tr:not([data-mark=remove], .orphan *)").map(tr => [text(tr.querySelector("th")), text(tr.querySelector(".new code"))])),
		Raw: text(stored[0]), Query: text(stored[1]),
		Titles: all(".transcript .who").map(words),
		Drawn: all(".dia").find(e => e.checkVisibility())?.querySelectorAll(".ev").length ?? 0,
		Lesson: text(document.querySelector(".say-text")),
	}
})()`

// Panes reads the page.
func (b *Bench) Panes() Panes {
	b.t.Helper()
	return eval[Panes](b.Page, readPanes)
}
