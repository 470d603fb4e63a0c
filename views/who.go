package views

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// chose reports whether the controls act for a virtual browser.
func (v *Lab) chose(b *Browser) bool { return v.Who.Chosen != nil && v.Who.Chosen.ID == b.ID }

// holds says what a browser holds, in few words.
func (v *Lab) holds(b *Browser) string {
	switch {
	case b.Closed:
		return v.Text.T("who.is_closed")
	case b.Blocked:
		return v.Text.T("who.is_blocked")
	}
	return v.Text.F("who.holds", "N", itoa(b.Holds))
}

// offer is the first of the names offered that no browser has.
func (w *Who) offer(t *i18n.Text) string {
	for _, id := range []string{"who.name_laptop", "who.name_thief", "who.name_phone", "who.name_none"} {
		name := t.T(id)
		if !slices.ContainsFunc(w.Others, func(b Browser) bool { return b.Name == name }) {
			return name
		}
	}
	return ""
}

// others names the cookies that a browser holds besides the app's own.
func (b *Browser) others() string { return visible(strings.Join(b.Other, ", ")) }

// raw is the whole value of a cookie.
func (c *Cookie) raw() string {
	var all strings.Builder
	for i := range c.Parts {
		all.WriteString(c.Parts[i].Text)
	}
	return all.String()
}

// badgeOf is the badge of a browser, or the sign of the learner's own.
func badgeOf(b Badge) templ.Component {
	return drawn(func(m *markup) {
		if b.Letter != "" {
			b.draw(m)
			return
		}
		m.raw(`<i class="b b-you" aria-hidden="true"><svg class="ico" viewBox="0 0 24 24"><rect x="2.5" y="4" width="19" height="16" rx="2.5"/><path d="M2.5 9h19M6 6.5h.01M9 6.5h.01"/></svg></i>`)
	})
}
