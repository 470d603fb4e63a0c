package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// roomy is how many steps the strip holds at their full size. Beyond that they
// share the room there is, down to a tick that shows only what changed.
const roomy = 10

func stripClass(line Timeline) string {
	if len(line.Items) > roomy {
		return "strip many"
	}
	return "strip"
}

// strip is the list of steps, each a link to its own address. What happened to
// the cookie stands before a step's name and what happened to the record after
// it: places mean the same as in the panes. Who sent a step is said of all but
// the learner's own browser.
func strip(v *Lab) templ.Component {
	return drawn(func(m *markup) {
		for i := range v.Timeline.Items {
			v.Timeline.Items[i].draw(m, v.Text, v.view())
		}
	})
}

// draw writes a step. Its link holds the query alone, because the strip is only on
// the page that it leads to. A step without a label is a tick with a number.
func (it *TimelineItem) draw(m *markup, t *i18n.Text, view string) {
	near := it.Label != ""
	m.raw(`<li><a class="chip" href="?step=`)
	m.num(it.N)
	m.text(view)
	m.raw(`"`)
	if it.Client != "browser" {
		m.raw(` data-client="`)
		m.text(it.Client)
		m.raw(`"`)
	}
	if it.Failed || it.Status >= 400 {
		m.raw(` data-failed=""`)
	}
	if it.Current {
		m.raw(` aria-current="step"`)
	}
	if near {
		m.raw(` title="`)
		m.text(it.Label)
		m.raw(`"><span class="chip-in" aria-hidden="true">`)
	} else {
		m.raw(`><span class="chip-in">`)
	}
	drawMark(m, "cookie", it.Cookie)
	m.raw(`<b>`)
	m.num(it.N)
	m.raw(`</b> `)
	if it.Client != "browser" && near {
		m.raw(`<svg class="ico"><use href="#by-`)
		m.text(it.Client)
		m.raw(`"/></svg><em>`)
		m.text(it.by(t))
		m.raw(`</em> `)
	}
	m.raw(`<span>`)
	m.text(fit(visible(head(it.Op, shownBytes)), 22))
	m.raw(`</span>`)
	drawMark(m, "record", it.Record)
	m.raw(`</span></a></li>`)
}

// by names the client of a step where there is little room.
func (it *TimelineItem) by(t *i18n.Text) string {
	if it.By != "" {
		return fit(visible(it.By), 12)
	}
	return clientShort(t, it.Client)
}

// clientShort names a kind of client where there is little room.
func clientShort(t *i18n.Text, kind string) string {
	switch kind {
	case "other-browser", "virtual":
		return t.T("live.short_browser")
	case "curl":
		return t.T("live.curl")
	}
	return t.T("live.short_program")
}

func drawMark(m *markup, side string, mark Mark) {
	if mark == Same {
		return
	}
	m.raw(`<i class="dot dot-`)
	m.raw(side)
	m.raw(`" data-mark="`)
	m.text(string(mark))
	m.raw(`">`)
	m.raw(glyph(mark))
	m.raw(`</i>`)
}
