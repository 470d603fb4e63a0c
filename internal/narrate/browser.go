package narrate

import (
	"net/http"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// browser tells what the client holds.
func (n *telling) browser() views.BrowserPane {
	before, after := n.s.Before.Cookie, n.s.After.Cookie
	change, _ := step.Changes(n.s.Before, n.s.After)
	pane := views.BrowserPane{
		Cookie:    n.cookie(after, before),
		Mark:      mark(change),
		Client:    n.T("flow.client." + clientWord(n.s.Client)),
		Confirmed: n.opt.Confirmed,
		Rows:      n.carriedRows(),
	}
	if len(pane.Rows) > 0 {
		pane.Carried = n.T("browser.carried." + n.s.Mechanism)
	}
	if change != step.Unchanged {
		pane.Was = n.cookie(before, nil)
		pane.At = n.from(step.CookieStored, step.CookieReplaced, step.CookieDeleted)
	}
	return pane
}

// from is the number of the event from which on a new state holds: the last of
// these kinds, or else the last of all.
func (n *telling) from(kinds ...step.Kind) int {
	if i := n.last(kinds...); i >= 0 {
		return i + 1
	}
	return len(n.s.Events)
}

// cookie tells a cookie; was is the one before it, nil if there is nothing to
// compare it with.
func (n *telling) cookie(c, was *step.Cookie) *views.Cookie {
	if c == nil {
		return nil
	}
	v := &views.Cookie{
		Name: c.Name, Parts: n.cookieParts(c), Inside: n.partsOf(c.Inside, true), Size: len(c.Name) + len(c.Raw), Unknown: c.Attributes == nil,
	}
	if c.Attributes == nil {
		v.Lifetime, v.Script = n.T("flow.cookie.unknown.lifetime"), n.T("flow.cookie.unknown.script")
		return v
	}
	v.Lifetime = n.T("flow.cookie.close")
	if at := c.Attributes.Expires; at != nil {
		v.Lifetime = n.limit("flow.cookie.until", *at)
	}
	v.Script = n.say("flow.cookie.script.open", "Name", c.Name)
	if c.Attributes.HTTPOnly {
		v.Script = n.T("flow.cookie.script.hidden")
	}
	v.Attributes = n.attributes(c.Attributes, was)
	return v
}

// attributes tells each attribute that matters, those that are absent too.
func (n *telling) attributes(a *step.Attributes, was *step.Cookie) []views.Row {
	rows := []views.Row{
		n.attribute("Expires", expires(a), pick(a.Expires != nil, "lasting", "close")),
		n.attribute("Path", a.Path, "set"),
		n.attribute("HttpOnly", flag(a.HTTPOnly), pick(a.HTTPOnly, "on", "off")),
		n.attribute("SameSite", firstOf(a.SameSite, absent), n.sameSiteWord(a.SameSite)),
		n.attribute("Secure", flag(a.Secure), pick(a.Secure, "on", "off")),
	}
	if was == nil || was.Attributes == nil {
		return rows
	}
	w := was.Attributes
	for i, old := range []string{expires(w), w.Path, flag(w.HTTPOnly), firstOf(w.SameSite, absent), flag(w.Secure)} {
		if r := &rows[i]; r.New != old {
			r.Old = old
			r.Mark = rowMark(old != absent, r.New != absent)
		}
	}
	return rows
}

// absent stands for the value of an attribute that is not there, present for that
// of one that has none.
const (
	absent  = "—"
	present = "✓"
)

func (n *telling) attribute(name, value, variant string) views.Row {
	return views.Row{Name: name, New: value, Note: n.T("flow.attribute." + name + "." + variant)}
}

func expires(a *step.Attributes) string {
	if a.Expires == nil {
		return absent
	}
	return a.Expires.UTC().Format(http.TimeFormat)
}

func flag(on bool) string { return pick(on, present, absent) }

func pick(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}

func (n *telling) sameSiteWord(v string) string {
	switch v {
	case "Lax", "Strict", "None":
		return v
	}
	return "unset"
}

// rowMark tells what became of a row that differs, by whether it was and is there.
func rowMark(was, is bool) views.Mark {
	switch {
	case !was:
		return views.Added
	case !is:
		return views.Removed
	}
	return views.Changed
}
