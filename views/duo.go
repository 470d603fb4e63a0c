package views

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// Duo is both sides of a session in one piece: the browser's cookie, the store's
// record, and below them a small ladder of what travelled between. It is narrow
// enough to have text beside it.
type Duo struct {
	Text  *i18n.Text
	Asset func(string) string // as of [Page]
	Step  *Step               // what is shown; nil before there is one
	Lens  []string            // the kinds of event that the ladder is about

	// A lesson's panes say more, and follow its player.
	Detail bool       // whether they say sizes and versions, and mark what stayed the same
	Still  bool       // whether they show what the step left, without what it did
	Quiet  bool       // whether nothing was sent: the store is as the step left it
	Gave   string     // what the code that ran returned, as Python writes it; ""
	At     int        // the position whose state they show, if Detail: 0 to one more than there are events
	Asked  string     // the side that a question is about: "browser", "store", or ""
	Store  StoreInfo  // the sessions in the store now, where the step found none; else zero
	Badge  Badge      // of the virtual browser that acts first, before there is a step; else zero
	Others []OtherJar // the virtual browsers beside the one that is shown
}

// OtherJar is a virtual browser whose side is not shown, and the value of the session
// cookie that it held at that moment, "" for none.
type OtherJar struct {
	Badge Badge
	Value string
}

// duoCells is how many columns of a value there is room for: the diagram below it is what
// the pane is the head of.
const duoCells = 72

// The ladder in its two densities. The panes stand above the lanes, as their heads.
var (
	ladderWide = density{
		name: "lw", width: 800, lanes: [3]int{164, 400, 636},
		message: 50, title: 13, line: 27, wire: 48, lead: 13, gap: 12, titleCell: 69, wireCell: 69,
	}
	ladderCompact = density{
		name: "lc", width: 356, lanes: [3]int{28, 178, 328},
		message: 54, title: 13, line: 27, wire: 48, lead: 12, gap: 5, titleCell: 64, wireCell: 65,
	}
)

// messages are the events that the ladder of the home page draws, numbered from 1.
// Of events that happened again, the last counts.
func (d *Duo) messages() []Event {
	if d.Step == nil {
		return nil
	}
	last := make(map[string]int)
	for i := range d.Step.Events {
		last[d.Step.Events[i].Kind] = i
	}
	var all []Event
	for i, e := range d.Step.Events {
		if slices.Contains(d.Lens, e.Kind) && last[e.Kind] == i {
			e.N, e.Mark, e.Took = len(all)+1, Same, ""
			all = append(all, e)
		}
	}
	return all
}

// badge is that of the virtual browser whose side is shown, zero for the learner's own
// browser, and for both sides in short.
func (d *Duo) badge() Badge {
	switch {
	case !d.Detail:
		return Badge{}
	case d.Step != nil:
		return d.Step.Badge
	}
	return d.Badge
}

// ran is the statement of the website's code that ran; "" if none did.
func (d *Duo) ran() (code string) {
	if d.Step == nil || d.Still {
		return ""
	}
	for i := range d.Step.Events {
		if e := &d.Step.Events[i]; e.Kind == "code.ran" && (!d.Detail || e.N <= d.At) {
			code = visible(fit(e.Wire, 60))
		}
	}
	return code
}

// ran draws a statement that may break where a reader would: before what it is asked of
// the session, and after an opening parenthesis.
func ran(code string) templ.Component {
	return drawn(func(m *markup) {
		m.raw(`<code class="ran">`)
		done := 0
		for i := 1; i < len(code); i++ {
			if code[i] == '[' || code[i] == '.' || code[i-1] == '(' && code[i] != ')' {
				m.seen(code[done:i])
				m.raw(`<wbr>`)
				done = i
			}
		}
		m.seen(code[done:])
		m.raw(`</code>`)
	})
}

// idOf is the session id in a value, or "".
func idOf(parts []Part) string {
	for i := range parts {
		if parts[i].Kind == "id" {
			return parts[i].Text
		}
	}
	return ""
}

// parcel is the id that a message takes from one side to the other, or "": to the
// store in the key of a record, to the browser in a new cookie.
func (d *Duo) parcel(kind string) string {
	switch {
	case kind == "save.asked":
		return idOf(d.Step.Store.Key)
	case kind == "response.sent" && d.Step.Browser.Cookie != nil && d.Step.Browser.valueMark() != Same:
		return idOf(d.Step.Browser.Cookie.Parts)
	}
	return ""
}

// labels are what the parts of a value are called.
func labels(parts []Part) string {
	var all []string
	for i := range parts {
		if parts[i].Label != "" && parts[i].Kind != "dot" {
			all = append(all, parts[i].Label)
		}
	}
	return visible(strings.Join(all, " · "))
}

// ladder draws the messages of a duo. It is as high before there are any as after:
// nothing on the page jumps when they come.
func ladder(d *Duo, in density) templ.Component {
	return drawn(func(m *markup) {
		messages := d.messages()
		g := arrange(in, messages)
		g.height = max(g.height, len(d.Lens)*in.message+margin)
		m.raw(`<svg class="dia ladder `)
		m.raw(in.name)
		m.raw(`"`)
		g.viewBox(m, g.height)
		if len(messages) == 0 {
			m.raw(` aria-hidden="true">`)
		} else {
			m.raw(` role="img" aria-label="`)
			m.text(d.Text.F("duo.ladder", "Steps", inAll(messages)))
			m.raw(`">`)
		}
		g.drawLifelines(m)
		for i := range g.rows {
			g.rows[i].draw(m, g.width, len(messages)+1, len(messages)+1)
			g.drawParcel(m, &g.rows[i], d.parcel(messages[i].Kind))
		}
		m.raw(`</svg>`)
	})
}

// inAll is the titles of messages in a row, with their numbers.
func inAll(messages []Event) string {
	all := make([]string, len(messages))
	for i := range messages {
		all[i] = itoa(messages[i].N) + " " + messages[i].Title
	}
	return strings.Join(all, " · ")
}

// drawParcel draws an id that rides on the line of a message.
func (g *diagram) drawParcel(m *markup, r *row, id string) {
	if id == "" {
		return
	}
	columns := (max(r.x1, r.x2) - min(r.x1, r.x2) - 60) * 10 / g.wireCell // the line stays in sight at both ends
	id = fit(visible(id), min(columns, 14))
	w := width(id)*g.wireCell/10 + 12
	x := (r.x1 + r.x2) / 2
	m.raw(`<g class="parcel`)
	if r.back {
		m.raw(" parcel-back")
	}
	m.raw(`"><rect`)
	m.attr("x", x-w/2)
	m.attr("y", r.y+r.line-10)
	m.attr("width", w)
	m.attr("height", 20)
	m.raw(` rx="6"/><text`)
	m.attr("x", x)
	m.attr("y", r.y+r.line+4)
	m.raw(">")
	m.seen(id)
	m.raw("</text></g>")
}
