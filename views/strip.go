package views

import (
	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// strip is the row of entries around the current one, each a link to its own address;
// at either end a link leads on. It scrolls with the current one in sight. What
// happened to the cookie stands before a step's name and what happened to the record
// after it: places mean the same as in the panes. Who sent a step is said of all but
// the learner's own browser.
func strip(v *Lab) templ.Component {
	return drawn(func(m *markup) {
		line := &v.Timeline
		if len(line.Items) == 0 {
			return
		}
		before, after := line.Ticks[:line.From], line.Ticks[line.to():]
		drawBeyond(m, v, before, len(before)-1)
		for i := range line.Items {
			it := &line.Items[i]
			drawEntries(m, v.Text, it.Before)
			if it.Run != nil && (i == 0 || it.Folded > 0 || line.Items[i-1].Run != it.Run) {
				drawRun(m, v, it)
			}
			if it.Folded == 0 {
				it.draw(m, v)
			}
		}
		drawEntries(m, v.Text, line.Since)
		drawBeyond(m, v, after, 0)
	})
}

// drawBeyond leads to one of the entries that are beyond an end of the strip.
func drawBeyond(m *markup, v *Lab, beyond []Tick, at int) {
	if len(beyond) == 0 {
		return
	}
	m.raw(`<li><a class="chip beyond" href="?step=`)
	m.num(beyond[at].N)
	m.text(v.view())
	m.raw(`" title="`)
	m.text(v.Text.F("steps.range", "From", itoa(beyond[0].N), "To", itoa(beyond[len(beyond)-1].N)))
	m.raw(`"><span class="chip-in" aria-hidden="true">…</span></a></li>`)
}

// draw writes a step. Its link holds the query alone, because the strip is only on
// the page that it leads to.
func (it *TimelineItem) draw(m *markup, v *Lab) {
	m.raw(`<li`)
	drawInRun(m, it.Run != nil)
	m.raw(`><a class="chip" href="?step=`)
	m.num(it.N)
	m.text(v.view())
	m.raw(`"`)
	if it.Client != "browser" {
		m.raw(` data-client="`)
		m.text(it.Client)
		m.raw(`"`)
	}
	if it.Badge.Letter != "" {
		m.attr("data-b", it.Badge.Slot)
	}
	if it.Failed {
		m.raw(` data-failed=""`)
	}
	if it.Current {
		m.raw(` aria-current="step"`)
	}
	m.raw(` title="`)
	m.text(it.Label)
	m.raw(`"><span class="chip-in" aria-hidden="true">`)
	if it.Begins {
		it.Badge.draw(m)
	}
	drawMark(m, "cookie", it.Cookie)
	m.raw(`<b>`)
	m.num(it.N)
	m.raw(`</b> `)
	if it.Client != "browser" && it.Badge.Letter == "" {
		m.icon(v.Asset, "by-"+it.Client)
		m.raw(`<em>`)
		m.text(it.byShort(v.Text))
		m.raw(`</em> `)
	}
	m.raw(`<span>`)
	m.text(fit(visible(head(it.Op, shownBytes)), 22))
	m.raw(`</span>`)
	drawMark(m, "record", it.Record)
	m.raw(`</span></a></li>`)
}

// drawInRun tells what a run's group holds.
func drawInRun(m *markup, in bool) {
	if in {
		m.raw(` data-run=""`)
	}
}

// to is which of the ticks is the first after the items.
func (line *Timeline) to() int {
	to := line.From + len(line.Items)
	for i := range line.Items {
		to += max(0, line.Items[i].Folded-1)
	}
	return to
}

// byShort names the client of a step where there is little room.
func (it *TimelineItem) byShort(t *i18n.Text) string {
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
