package narrate

import (
	"net/http"
	"strings"
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/jar"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// CookieHeaders takes a step's Cookie and Set-Cookie lines apart: what each piece
// does, and what another in its place would do. Own tells the product's own
// cookies by name.
func CookieHeaders(t *i18n.Text, s *step.Step, own func(name string) bool) (sent, set []views.CookieHeader) {
	n := newTelling(t, s, Options{})
	for _, h := range s.Request.Headers {
		if strings.EqualFold(h[0], "Cookie") {
			sent = append(sent, n.cookieLine(h[0], h[1], own))
		}
	}
	for _, h := range s.Response.Headers {
		if strings.EqualFold(h[0], "Set-Cookie") {
			set = append(set, n.setCookieLine(h[0], h[1]))
		}
	}
	return sent, set
}

// cookieLine is the pairs that a client sends: only names and values.
func (n *telling) cookieLine(name, line string, own func(string) bool) views.CookieHeader {
	h := views.CookieHeader{Name: name, Value: line}
	for pair := range strings.SplitSeq(line, ";") {
		p := views.CookiePiece{}
		p.Name, p.Value, _ = strings.Cut(strings.TrimSpace(pair), "=")
		switch {
		case p.Name == step.CookieName:
			p.Does = n.T("explain.sent.session")
		case own(p.Name):
			p.Does = n.T("explain.sent.own")
		default:
			p.Does = n.T("explain.sent.rest")
		}
		h.Pieces = append(h.Pieces, p)
	}
	return h
}

// setCookieLine is a line as RFC 6265bis reads it: the pair, the attributes in
// their order, and the absent ones.
func (n *telling) setCookieLine(header, line string) views.CookieHeader {
	h := views.CookieHeader{Name: header, Value: line}
	name, value, attributes, reason := jar.ParseSetCookie(line)
	if reason == "" && name == step.CookieName {
		reason = jar.Reason(n.r.Refused)
	}
	if reason != "" {
		h.Refuse = n.reason(string(reason))
	}
	does := "explain.value.session"
	switch {
	case value == "":
		does = "explain.value.empty"
	case n.s.Mechanism == step.MechanismFlask, n.s.Mechanism == step.MechanismGorilla:
		does += "_" + n.s.Mechanism
	}
	h.Pieces = append(h.Pieces, views.CookiePiece{Name: name, Value: value, Does: n.T(does)})
	there := make(map[string]bool)
	for _, a := range attributes {
		there[strings.ToLower(a.Name)] = true
		h.Pieces = append(h.Pieces, n.presentAttribute(a))
	}
	there["expires"] = there["expires"] || there["max-age"]
	for _, name := range [...]string{"Expires", "Secure", "HttpOnly", "Path", "SameSite", "Domain"} {
		if !there[strings.ToLower(name)] {
			id := strings.ToLower(name) + ".absent"
			h.Pieces = append(h.Pieces, views.CookiePiece{Name: name, Absent: true, Does: n.T("explain." + id), Changes: n.changes(id)})
		}
	}
	return h
}

func (n *telling) presentAttribute(a jar.Attribute) views.CookiePiece {
	p := views.CookiePiece{Name: a.Name, Value: a.Value}
	if a.Ignored != "" {
		p.Ignored = n.T("explain.ignored." + string(a.Ignored))
	}
	if a.Ignored == jar.ReasonUnknownAttribute {
		return p
	}
	id := strings.ToLower(a.Name) + "." + n.attributeVariant(a)
	p.Does = n.T("explain." + id)
	if p.Ignored == "" {
		p.Changes = n.changes(id)
	}
	return p
}

// attributeVariant is the end of the ids of the messages about an attribute that
// is there.
func (n *telling) attributeVariant(a jar.Attribute) string {
	switch strings.ToLower(a.Name) {
	case "expires":
		at, err := http.ParseTime(a.Value)
		return pick(err == nil && at.Before(n.s.Time), "past", "future")
	case "max-age":
		age, err := time.ParseDuration(a.Value + "s")
		return pick(err == nil && age <= 0, "now", "set")
	case "samesite":
		switch v := strings.ToLower(a.Value); v {
		case "lax", "strict", "none":
			return v
		}
		return "absent" // an unknown value counts as none
	}
	return "set"
}

// A change of an attribute: the end of its message's id, and what it puts in the
// place; "" for taking the attribute away.
type change struct{ id, to string }

var (
	toLax    = change{"samesite.lax", "SameSite=Lax"}
	toStrict = change{"samesite.strict", "SameSite=Strict"}
	toNone   = change{"samesite.none", "SameSite=None; Secure"}
	toUnset  = change{"samesite.unset", ""}
)

// attributeChanges are the changes worth knowing, for each attribute as it is.
var attributeChanges = map[string][]change{
	"expires.future":  {{"expires.unset", ""}, {"expires.max-age", "Max-Age=7200"}},
	"expires.past":    {{"expires.keep-empty", ""}},
	"expires.absent":  {{"expires.set", "Expires=…"}, {"expires.max-age", "Max-Age=7200"}},
	"max-age.set":     {{"max-age.now", "Max-Age=0"}},
	"max-age.now":     {{"max-age.set", "Max-Age=7200"}},
	"secure.set":      {{"secure.unset", ""}},
	"secure.absent":   {{"secure.set", "Secure"}},
	"httponly.set":    {{"httponly.unset", ""}},
	"httponly.absent": {{"httponly.set", "HttpOnly"}},
	"path.set":        {{"path.root", "Path=/"}, {"path.unset", ""}},
	"path.absent":     {{"path.root", "Path=/"}},
	"samesite.lax":    {toStrict, toNone, toUnset},
	"samesite.strict": {toLax, toNone, toUnset},
	"samesite.none":   {toLax, toStrict, toUnset},
	"samesite.absent": {toLax, toStrict, toNone},
	"domain.set":      {{"domain.unset", ""}},
	"domain.absent":   {{"domain.set", "Domain=example.com"}},
}

func (n *telling) changes(id string) []views.CookieChange {
	attribute, _, _ := strings.Cut(id, ".")
	var all []views.CookieChange
	for _, c := range attributeChanges[id] {
		to := c.to
		if to == "" {
			to = n.F("explain.without", "Name", attributeNames[attribute])
		}
		all = append(all, views.CookieChange{To: to, Would: n.T("explain.change." + c.id)})
	}
	return all
}

var attributeNames = map[string]string{
	"expires": "Expires", "max-age": "Max-Age", "secure": "Secure", "httponly": "HttpOnly", "path": "Path", "samesite": "SameSite", "domain": "Domain",
}
