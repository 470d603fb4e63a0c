package narrate

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// browser tells what the client holds.
func (n *telling) browser() views.BrowserPane {
	before, after := n.s.Before.Cookie, n.s.After.Cookie
	change, _ := step.Changes(n.s.Before, n.s.After)
	pane := views.BrowserPane{
		Cookie:    n.cookie(after, before),
		Empty:     n.noCookie(),
		AsOf:      n.say("browser.as_of", "Time", n.clock(n.s.Time)),
		Mark:      mark(change),
		Client:    clientName(n.Text, n.s.Client, n.s.BrowserName),
		Confirmed: n.opt.Confirmed,
		Rows:      n.rowsInCookie(),
	}
	if pane.Cookie != nil {
		pane.Cookie.Ends = n.cookieEnds(after, n.s.After.Record)
	}
	if len(pane.Rows) > 0 {
		pane.Carried = n.T("browser.carried." + n.s.Mechanism)
		if n.s.Mechanism == step.MechanismGorilla {
			pane.Sealed = n.T("browser.sealed")
		}
	}
	if change != step.Unchanged {
		pane.Was = n.cookie(before, nil)
		pane.At = n.from(step.CookieStored, step.CookieReplaced, step.CookieDeleted)
	}
	return pane
}

// from is the number of the event after which a new state applies: the last of
// these kinds, or else the last event of all.
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
		Name: c.Name, Parts: n.cookieParts(c), Inside: n.partsOf(c.Inside, true), Size: c.Size(), Unknown: c.Attributes == nil,
	}
	if c.Attributes == nil {
		v.Lifetime, v.Script = n.T("flow.cookie.unknown.lifetime"), n.T("flow.cookie.unknown.script")
		return v
	}
	v.Lifetime = n.T("flow.cookie.close")
	if at := c.Attributes.Expires; at != nil {
		v.Lifetime = n.cookieUntil(*at)
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
	var before *step.Attributes
	if was != nil {
		before = was.Attributes
	}
	changes := reading.AttributeChanges(before, a)
	rows := make([]views.Row, len(changes))
	for i, c := range changes {
		rows[i] = views.Row{
			Name: c.Name, New: attributeValue(c.New), Mark: mark(c.Change),
			Note: n.T("flow.attribute." + c.Name + "." + n.attributeWord(c)),
		}
		if c.Change != step.Unchanged {
			rows[i].Old = attributeValue(c.Old)
		}
	}
	return rows
}

// attributeValue is the value of an attribute as shown, with a sign for one that
// has none, and for one that is not there.
func attributeValue(v string) string {
	switch v {
	case "":
		return "—"
	case reading.Set:
		return "✓"
	}
	return v
}

// attributeWord is the end of the id of what an attribute does.
func (n *telling) attributeWord(c reading.AttributeChange) string {
	switch c.Name {
	case "Expires":
		return pick(c.New != "", "lasting", "close")
	case "SameSite":
		return n.sameSiteWord(c.New)
	case "HttpOnly", "Secure":
		return pick(c.New != "", "on", "off")
	}
	return "set"
}

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
