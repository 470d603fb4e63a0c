package handlers_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/webtest"
)

// A visitor reads pages and presses what is on them, as somebody without scripts does.
type visitor struct {
	*webtest.Client // a browser
	t               testing.TB
	base            string // of the site's addresses
	path            string // of the page, with its query
	doc             *html.Node
	body            string
}

func (s *site) visitor(t testing.TB) *visitor {
	return &visitor{Client: s.Browser(t), t: t, base: s.URL}
}

// open goes to a page, and on to where it leads.
func (v *visitor) open(path string) {
	v.t.Helper()
	v.arrive(v.Client.Get(path), "GET", path, "")
}

// arrive follows where an answer leads, and reads the page there.
func (v *visitor) arrive(a *webtest.Answer, method, path, body string) {
	v.t.Helper()
	for range 5 {
		switch a.Status {
		case http.StatusSeeOther, http.StatusFound:
			method, body = "GET", ""
		case http.StatusTemporaryRedirect:
		default:
			v.path, v.body = path, a.Want(http.StatusOK).Body
			v.doc = must(html.Parse(strings.NewReader(v.body)))(v.t)
			return
		}
		path = strings.TrimPrefix(a.Header.Get("Location"), v.base)
		path, _, _ = strings.Cut(path, "#")
		a = v.send(method, path, body)
	}
	v.t.Fatalf("%s leads on and on", a.Request)
}

func (v *visitor) send(method, path, body string) *webtest.Answer {
	v.t.Helper()
	if body == "" {
		return v.Client.Do(method, path, "")
	}
	return v.With("Content-Type", "application/x-www-form-urlencoded").Do(method, path, body)
}

// press presses a button: it sends its form, wherever that stands on the page, with what
// is chosen besides.
func (v *visitor) press(button *html.Node, chosen ...string) {
	v.t.Helper()
	if button == nil {
		v.t.Fatalf("%s: there is no such button", v.path)
	}
	if carries(button, "disabled") {
		v.t.Fatalf("%s: the button %q cannot be pressed", v.path, said(button))
	}
	form := v.formOf(button)
	fields := v.fields(form)
	if name := attribute(button, "name"); name != "" {
		fields.Add(name, attribute(button, "value"))
	}
	for i := 0; i+1 < len(chosen); i += 2 {
		fields.Set(chosen[i], chosen[i+1])
	}
	action := attribute(form, "action")
	if strings.EqualFold(attribute(form, "method"), "post") {
		v.arrive(v.send("POST", action, fields.Encode()), "POST", action, fields.Encode())
		return
	}
	if len(fields) > 0 {
		action += "?" + fields.Encode()
	}
	v.open(action)
}

// formOf is the form that a button sends.
func (v *visitor) formOf(button *html.Node) *html.Node {
	v.t.Helper()
	if id := attribute(button, "form"); id != "" {
		form := v.first("form", func(n *html.Node) bool { return attribute(n, "id") == id })
		if form == nil {
			v.t.Fatalf("%s: the button %q has no form %q", v.path, said(button), id)
		}
		return form
	}
	for n := button.Parent; n != nil; n = n.Parent {
		if n.Data == "form" {
			return n
		}
	}
	v.t.Fatalf("%s: the button %q is in no form", v.path, said(button))
	return nil
}

// fields are what a form sends by itself.
func (v *visitor) fields(form *html.Node) url.Values {
	fields := make(url.Values)
	for n := range form.Descendants() {
		name := attribute(n, "name")
		if n.Data != "input" || name == "" || carries(n, "disabled") {
			continue
		}
		if kind := attribute(n, "type"); kind != "radio" && kind != "checkbox" || carries(n, "checked") {
			fields.Add(name, attribute(n, "value"))
		}
	}
	return fields
}

// all are the elements of a name for which is holds.
func (v *visitor) all(element string, is func(*html.Node) bool) (found []*html.Node) {
	for n := range v.doc.Descendants() {
		if n.Type == html.ElementNode && n.Data == element && is(n) {
			found = append(found, n)
		}
	}
	return found
}

// first is the first of them, nil for none.
func (v *visitor) first(element string, is func(*html.Node) bool) *html.Node {
	if all := v.all(element, is); len(all) > 0 {
		return all[0]
	}
	return nil
}

// language is that of the page, as it says itself.
func (v *visitor) language() string {
	return attribute(v.first("html", func(*html.Node) bool { return true }), "lang")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func carries(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// classed reports whether an element is of a class.
func classed(class string) func(*html.Node) bool {
	return func(n *html.Node) bool { return slices.Contains(strings.Fields(attribute(n, "class")), class) }
}

// within reports whether an element stands in one of a class.
func within(n *html.Node, class string) bool {
	for n = n.Parent; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && classed(class)(n) {
			return true
		}
	}
	return false
}

// said is the text in an element, with single spaces.
func said(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
