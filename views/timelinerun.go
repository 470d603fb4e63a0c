package views

import "github.com/sessionlab/sessionlab/internal/i18n"

// TimelineRun is a run of an experiment. Its steps are one group on the timeline.
type TimelineRun struct {
	N     int    // its number on the bench
	Slug  string // of the experiment; "" if it is there no more
	Title string // "Experiment: Theft"
	Brief string // what it came to, in few words; "" of one that was broken off
	Whole bool   // it came to something
	Steps int    // how many it has
}

// said is all of it in words.
func (r *TimelineRun) said(t *i18n.Text) string {
	said := r.Title
	if r.Brief != "" {
		said += " · " + r.Brief
	}
	return said + " · " + t.N("experiment.steps", r.Steps)
}

// runAddress is the page of a run, or that of its experiment if it came to nothing.
func (p Page) runAddress(r *TimelineRun) string {
	address := p.in("/experiments/" + r.Slug)
	if r.Whole {
		address += "?run=" + itoa(r.N)
	}
	return address
}

// drawRun writes a run on the strip. Folded it is one chip that leads to its first step,
// and so unfolds it; unfolded it is before its steps and folds them.
func drawRun(m *markup, v *Lab, it *TimelineItem) {
	if it.Folded > 0 {
		m.raw(`<li class="run"><a class="chip" href="?step=`)
		m.num(it.N)
		m.text(v.view())
		m.raw(`" title="`)
		m.text(visible(it.Run.said(v.Text)))
		m.raw(`">`)
		it.Run.draw(m, v.Text)
		m.raw(`</a></li>`)
		return
	}
	m.raw(`<li class="run"><details open><summary class="chip" title="`)
	m.text(visible(it.Run.said(v.Text)))
	m.raw(`">`)
	it.Run.draw(m, v.Text)
	m.raw(`</summary></details></li>`)
}

func (r *TimelineRun) draw(m *markup, t *i18n.Text) {
	m.raw(`<span class="chip-in"><span>`)
	m.text(visible(r.Title))
	m.raw(`</span>`)
	if r.Brief != "" {
		m.raw(`<em>`)
		m.text(visible(r.Brief))
		m.raw(`</em>`)
	}
	m.raw(`<b>`)
	m.text(t.N("experiment.steps", r.Steps))
	m.raw(`</b></span>`)
}
