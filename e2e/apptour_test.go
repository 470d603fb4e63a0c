package e2e

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// The tour of tour_test.go is about every line that a website may set. This one is about
// the app under study: a real browser and a virtual one of the same bench take the same
// steps there, with each mechanism, and have the same answers and cookies after each.

// An appStep is a step of theirs.
type appStep struct {
	set       url.Values // settings that are changed before it
	op, form  string     // the operation, and its fields
	elsewhere bool       // another website starts it: by a link, or by a form if it has fields
}

const aliceLogsIn = "uname=alice&pwd=rabbit"

// appTour is in and out of reach of scripts, from elsewhere by each SameSite, until the
// browser closes and for a while, too much at once, emptied, deleted.
var appTour = []appStep{
	{op: "me"},
	{op: "login", form: aliceLogsIn},
	{op: "set", form: "key=colour&value=teal"},
	{op: "me"},
	{op: "permanent", form: "on=true"},
	{op: "set", form: "key=colour&value=olive"},
	{set: url.Values{"lifetime": {"2h"}}, op: "set", form: "key=size&value=m"},
	{set: url.Values{"refresh_each_request": {"false"}, "lifetime": {"3h"}}, op: "get", form: "key=size"},
	{set: url.Values{"refresh_each_request": {"true"}}, op: "get", form: "key=size"},
	{op: "permanent", form: "on=false"},
	{set: url.Values{"http_only": {"false"}}, op: "set", form: "key=colour&value=red"},
	{op: "me", elsewhere: true},
	{op: "set", form: "key=colour&value=stolen", elsewhere: true},
	{op: "me"},
	{set: url.Values{"same_site": {"Strict"}}, op: "login", form: aliceLogsIn},
	{op: "me", elsewhere: true},
	{op: "me"},
	{set: url.Values{"same_site": {"None"}, "secure": {"true"}}, op: "set", form: "key=colour&value=blue"},
	{op: "set", form: "key=colour&value=taken", elsewhere: true},
	{op: "get", form: "key=colour"},
	{set: url.Values{"same_site": {"Lax"}, "secure": {"auto"}, "http_only": {"true"}, "lifetime": {"31d"}}, op: "set", form: "key=colour&value=white"},
	{op: "set", form: "key=long&value=" + noise()},
	{op: "set", form: "key=longer&value=" + strings.ToUpper(noise())},
	{op: "me"},
	{op: "pop", form: "key=colour"},
	{op: "clear"},
	{op: "login", form: aliceLogsIn},
	{op: "logout"},
	{op: "me"},
}

// noise is text of 3,200 letters and digits that cannot be made much shorter: two of them
// are too much for a cookie, however it is made.
func noise() string {
	var text strings.Builder
	for i := range 50 {
		fmt.Fprintf(&text, "%x", sha256.Sum256([]byte{byte(i)}))
	}
	return text.String()
}

func TestARealAndAVirtualBrowserKeepTheSameCookiesOfTheApp(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		j, site := newJudge(t), newTourSite(t)
		for _, mechanism := range []string{"server", "flask", "gorilla"} {
			j.set("mechanism", mechanism)
			visitors := [2]*appVisitor{newAppVisitor(realVisitor{with.surfer(t, j), j, site}), newAppVisitor(openVirtual(j))}
			cookies := 0
			for i, s := range appTour {
				if s.set != nil {
					j.post("/en/lab/settings", s.set)
				}
				real, virtual := visitors[0].visit(s), visitors[1].visit(s)
				if real != virtual {
					t.Errorf("%s, step %d: %v %s %.40s, elsewhere: %t\n   real %s\nvirtual %s", mechanism, i+1, s.set, s.op, s.form, s.elsewhere, real, virtual)
				}
				if len(visitors[0].kept) > 0 {
					cookies++
				}
			}
			if cookies < len(appTour)/2 || len(visitors[0].kept) > 0 {
				t.Errorf("%s: the real browser had a cookie after %d steps, and has %d at the end; want at least %d, and none", mechanism, cookies, len(visitors[0].kept), len(appTour)/2)
			}
		}
	})
}

// A visitor takes steps in its browser.
type visitor interface {
	// take takes a step, and returns the status of the answer: 0 where the browser does not
	// tell.
	take(appStep) int
	// cookies returns what the browser keeps of the app.
	cookies() []Cookie
}

// An appVisitor tells what is new after a step.
type appVisitor struct {
	visitor
	kept  map[string]Cookie // as of the step before
	lasts map[string]int64  // how long each lasts, from when it was set
}

func newAppVisitor(v visitor) *appVisitor {
	return &appVisitor{v, make(map[string]Cookie), make(map[string]int64)}
}

// visit takes a step, and returns the status and the cookies. Of their values it says
// whether they are new: each browser has a session of its own.
func (v *appVisitor) visit(s appStep) string {
	before := time.Now()
	status := v.take(s)
	if s.elsewhere {
		status = 0
	}
	after := time.Now()
	all, now := []tourKept{}, make(map[string]Cookie)
	for _, c := range v.cookies() {
		key := c.Path + " " + c.Name
		was, had := v.kept[key]
		if now[key] = c; !had || was.Expires != c.Expires {
			v.lasts[key] = lifetime(c, before, after)
		}
		value := "as before"
		switch {
		case s.op == "get": // whether it is new goes by the second in which it was signed
			value = ""
		case !had || was.Value != c.Value:
			value = "new"
		}
		all = append(all, tourKept{Name: c.Name, Value: value, Path: c.Path, Lasts: v.lasts[key], HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: c.SameSite})
	}
	v.kept = now
	return fmt.Sprint(status, " ", asJSON(all))
}

// A realVisitor takes the steps in a real browser, whose first page is one of the app.
type realVisitor struct {
	surfer
	judge *judge
	site  *tourSite // that is elsewhere
}

func (v realVisitor) take(s appStep) int {
	v.t.Helper()
	address := v.judge.app.URL + v.judge.address + s.op
	switch {
	case s.elsewhere:
		v.from(s, address)
		return 0
	case s.op == "me":
		return v.surfer.visit(address)
	case s.op == "get":
		return v.surfer.visit(address + "?" + s.form)
	}
	return v.send(s.op, s.form)
}

// from has a page of another site send the request.
func (v realVisitor) from(s appStep, address string) {
	v.t.Helper()
	method := http.MethodGet
	if s.form != "" {
		method = http.MethodPost
	}
	v.surfer.visit(v.site.elsewhere(tourStep{At: address, Method: method}, address))
	v.text(fmt.Sprintf(`(new URLSearchParams(%q).forEach((value, name) => {
		document.forms[0].append(Object.assign(document.createElement("input"), {name, value}))
	}), setTimeout(() => document.forms[0] ? document.forms[0].submit() : document.querySelector("a").click()), "")`, s.form))
	v.until(fmt.Sprintf(`location.href === %q && document.readyState === "complete"`, address))
}

func (v realVisitor) cookies() (all []Cookie) {
	v.t.Helper()
	v.do(func(ctx context.Context) (err error) {
		all, err = v.tab.cookies(ctx, v.judge.app.URL+v.judge.address)
		return err
	})
	return all
}

// A virtualVisitor takes the steps in a virtual browser.
type virtualVisitor struct {
	judge *judge
	id    string
}

func openVirtual(j *judge) virtualVisitor {
	j.t.Helper()
	var opened struct{ ID string }
	j.ask("POST", "/en/lab/browsers", url.Values{"name": {"Alice"}}, &opened)
	return virtualVisitor{j, opened.ID}
}

func (v virtualVisitor) take(s appStep) int {
	v.judge.t.Helper()
	form, err := url.ParseQuery(s.form)
	if err != nil {
		v.judge.t.Fatal(err)
	}
	form.Set("op", s.op)
	if s.elsewhere {
		form.Set("from", "elsewhere")
	}
	status, _ := v.judge.send("POST", "/en/lab/browsers/"+v.id+"/send", form)
	return status
}

func (v virtualVisitor) cookies() (all []Cookie) {
	v.judge.t.Helper()
	var bench struct {
		Browsers []struct {
			ID  string
			Jar []struct {
				Name, Value, Path string
				Expires           *time.Time
				HTTPOnly          bool `json:"http_only"`
				Secure            bool
				SameSite          string `json:"same_site"`
			}
		}
	}
	v.judge.ask("GET", "/en/lab", nil, &bench)
	for _, b := range bench.Browsers {
		if b.ID != v.id {
			continue
		}
		for _, c := range b.Jar {
			kept := Cookie{Name: c.Name, Value: c.Value, Path: c.Path, HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: c.SameSite}
			if c.Expires != nil {
				kept.Expires = c.Expires.Unix()
			}
			all = append(all, kept)
		}
	}
	return all
}
