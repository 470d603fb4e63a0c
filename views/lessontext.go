package views

import (
	"strings"

	"github.com/a-h/templ"
)

// LessonText is text with something in it to look at, or to press.
type LessonText []LessonSpan

// String is the text alone.
func (t LessonText) String() string {
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
		b.WriteString(s.Inner.String())
	}
	return b.String()
}

// LessonSpan is a stretch of text. Values have Text, plain text has that or, where a link
// leads nowhere, Inner, and all others have Inner.
type LessonSpan struct {
	Kind  string // one of the constants below
	Text  string
	Inner LessonText
	To    string // of a press: the id of the form it sends; of the rest: an address
	Lane  string // of a link that lights up a pane: the side it is about
	Press int    // of a press: the slot of the control that does the same, 0 for none
	Off   bool   // of a press: whether the question has to be answered first
}

// The kinds of span.
const (
	SpanText   = ""
	SpanStrong = "strong"
	SpanEm     = "em"
	SpanCode   = "code"
	SpanValue  = "value" // what the learner's own requests filled in: cut if it is long
	SpanPress  = "press" // a button that sends a form
	SpanSee    = "see"   // a link to something on this page
	SpanLink   = "link"  // a link to another page
)

// LessonBlock is a paragraph, or what stands in place of one.
type LessonBlock struct {
	Kind    string // one of the constants below
	Text    LessonText
	Items   []LessonText // of a list
	Number  bool         // of a list: its items are counted
	Compare *LessonCompare
}

// The kinds of block.
const (
	BlockParagraph = ""
	BlockCode      = "code"
	BlockList      = "list"
	BlockCompare   = "compare"
)

// LessonCompare is a cookie and a record, before and after a step.
type LessonCompare struct {
	Whose          string // the name of the virtual browser that sent it, "" for the learner's own
	Cookie, Record LessonSides
}

// LessonSides are what one side held before and after a step.
type LessonSides struct {
	Mark          Mark
	Before, After LessonBytes
	Beside        string // what changed beside the bytes, where these are the same; ""
	Reads         string // what anybody can read in them afterwards; ""
}

// LessonBytes are a value in its parts. What is new, or gone, is marked.
type LessonBytes struct {
	Parts  []Part
	Length string // in words; "" if there is nothing
	None   string // why there is nothing; "" if there is something
}

// shortValue is how many columns of a value stand in a sentence.
const shortValue = 28

// wholeValue is how many columns a value may have that is never cut: a date is whole.
const wholeValue = 40

// inline writes text with no space around its spans that is not in it.
func inline(text LessonText) templ.Component {
	return drawn(func(m *markup) { m.inline(text) })
}

func (m *markup) inline(text LessonText) {
	for i := range text {
		m.span(&text[i])
	}
}

func (m *markup) span(s *LessonSpan) {
	switch s.Kind {
	case SpanStrong, SpanEm, SpanCode:
		m.raw("<" + s.Kind + ">")
		m.inline(s.Inner)
		m.raw("</" + s.Kind + ">")
	case SpanValue:
		m.value(s.Text)
	case SpanPress:
		m.press(s)
	case SpanSee, SpanLink:
		m.link(s)
	default:
		m.text(s.Text)
		m.inline(s.Inner) // of a link to what is not there
	}
}

// value writes a value, the whole of which is in its title if it is cut.
func (m *markup) value(s string) {
	if short, cut := shown(s, wholeValue); !cut {
		m.seen(short)
		return
	}
	short, _ := shown(s, shortValue)
	m.raw(`<span title="`)
	m.text(head(s, shownBytes))
	m.raw(`">`)
	m.seen(short)
	m.raw(`</span>`)
}

// press writes a button: its form is elsewhere, since a sentence cannot hold one.
func (m *markup) press(s *LessonSpan) {
	m.raw(`<button class="press" form="`)
	m.text(s.To)
	m.raw(`"`)
	if s.Press > 0 {
		m.attr("data-press", s.Press)
	}
	if s.Off {
		m.raw(` disabled`)
	}
	m.raw(`>`)
	m.inline(s.Inner)
	m.raw(`</button>`)
}

func (m *markup) link(s *LessonSpan) {
	m.raw(`<a`)
	if s.Kind == SpanSee {
		m.raw(` class="see`)
		if s.Lane != "" {
			m.raw(` see-`)
			m.text(s.Lane)
		}
		m.raw(`"`)
	}
	m.raw(` href="`)
	m.text(string(templ.URL(s.To)))
	m.raw(`"`)
	if s.Kind == SpanLink { // another page has styles of its own
		m.raw(` data-hx-boost="false"`)
	}
	m.raw(`>`)
	m.inline(s.Inner)
	m.raw(`</a>`)
}
