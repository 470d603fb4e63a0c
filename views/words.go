package views

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// glyph is how a mark looks without its colour.
func glyph(m Mark) string {
	switch m {
	case Added:
		return "+"
	case Changed:
		return "~"
	case Removed:
		return "−"
	}
	return ""
}

// markWord is what a mark says.
func markWord(t *i18n.Text, m Mark) string {
	switch m {
	case Added:
		return t.T("mark.add")
	case Changed:
		return t.T("mark.change")
	case Removed:
		return t.T("mark.remove")
	}
	return ""
}

// lane is the name of a lane: that of the client is who it is.
func (s *Step) lane(t *i18n.Text, lane string) string {
	switch lane {
	case "browser":
		return s.Lane
	case "store":
		return t.T("lane.store")
	}
	if s.Server != "" {
		return s.Server
	}
	return t.T("lane.server")
}

func itoa(n int) string { return strconv.Itoa(n) }

// onOff is the value of a field that is either true or false.
func onOff(on bool) string { return strconv.FormatBool(on) }

// bytesOf says a size: "143 B", "12 kB".
func bytesOf(n int64) string {
	switch {
	case n < 10_000:
		return strconv.FormatInt(n, 10) + " B"
	case n < 10_000_000:
		return strconv.FormatInt(n/1000, 10) + " kB"
	}
	return strconv.FormatInt(n/1_000_000, 10) + " MB"
}

// other is the language that a page offers besides its own.
func other(lang i18n.Lang) i18n.Lang {
	if lang == i18n.Zh {
		return i18n.En
	}
	return i18n.Zh
}

// lang is the first segment of the page's path.
func (p Page) lang() string { return string(p.Text.Lang()) }

// in is a path of this product in the page's language.
func (p Page) in(path string) string { return "/" + p.lang() + path }

// step is the address of a step.
func (v *Lab) step(n int) string { return v.address(n, 0, 0) }

// key and value are what the fields show: what was typed last, or an example.
func (v *Lab) key() string {
	if v.Input == (Input{}) {
		return v.Text.T("controls.key_example")
	}
	return v.Input.Key
}

func (v *Lab) value() string {
	if v.Input == (Input{}) {
		return v.Text.T("controls.value_example")
	}
	return v.Input.Value
}

// which tells which step is shown, of how many: of all, or of those by one kind of
// client, which it need not be one of.
func (v *Lab) which() string {
	n, line := itoa(v.Step.N), v.Timeline
	switch {
	case line.Client == "":
		return v.Text.F("steps.n_of", "N", n, "Total", itoa(line.Total))
	case line.At == 0:
		return v.Text.F("steps.n", "N", n)
	}
	return v.Text.F("steps.n_by", "N", n, "At", itoa(line.At), "Total", itoa(line.Total), "Client", clientWord(v.Text, line.Client))
}

// byMechanism is the message of an id, or the one for cookies that carry the
// session.
func (v *Lab) byMechanism(id string) string {
	if v.Store.Name == "" {
		return id + "_carried"
	}
	return id
}
