package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// An appStep is a request to the app under study, which a real browser and a virtual one
// both send.
type appStep struct {
	idea     string
	op       string
	fields   string // of the form or the query
	from     string // "elsewhere": another website starts it, without fields
	settings string // of the server, from this request on
}

// appTour goes through what the app does with its cookie: by the section of RFC 6265bis
// that is first met.
var appTour = []appStep{
	{idea: "5.8.3: no cookie is sent before one was set", op: "me"},
	{idea: "a wrong password sets none", op: "login", fields: "uname=momo&pwd=wrong"},
	{idea: "5.7: a log-in sets a session cookie", op: "login", fields: "uname=momo&pwd=123"},
	{idea: "5.8.3: which is sent again", op: "set", fields: "key=colour&value=teal"},
	{idea: "by a GET too", op: "get", fields: "key=colour"},
	{idea: "5.6.1: a permanent session has a date", op: "permanent", fields: "on=true"},
	{idea: "5.7 step 23: each response moves it", op: "set", fields: "key=colour&value=red"},
	{idea: "5.2: a link of another site carries Lax", op: "me", from: "elsewhere"},
	{idea: "5.2: a form of another site does not", op: "logout", from: "elsewhere"},
	{idea: "5.6.7: Strict", op: "set", fields: "key=a&value=b", settings: "same_site=Strict"},
	{idea: "5.2: Strict is not sent by a link of another site", op: "me", from: "elsewhere"},
	{idea: "5.2: but by the site itself", op: "me"},
	{idea: "a log-out deletes it", op: "logout"},
	{idea: "5.6.7.2: without SameSite", op: "login", fields: "uname=momo&pwd=123", settings: "same_site=unset"},
	{idea: "5.6.7.2: a form of another site carries it for two minutes, and so logs out", op: "logout", from: "elsewhere"},
	{idea: "5.6.7: None and Secure, on one's own machine", op: "login", fields: "uname=alice&pwd=rabbit", settings: "same_site=None&secure=true"},
	{idea: "5.2: None is sent by a form of another site", op: "logout", from: "elsewhere"},
	{idea: "5.7 step 19: None without Secure is refused", op: "login", fields: "uname=alice&pwd=rabbit", settings: "secure=false"},
	{idea: "so nobody is known", op: "me"},
	{idea: "5.6.6: without HttpOnly", op: "login", fields: "uname=alice&pwd=rabbit", settings: "same_site=Lax&secure=auto&http_only=false"},
	{idea: "5.7 step 3: a session that is emptied deletes its cookie", op: "clear"},
	{idea: "the session is the cookie: Flask", op: "login", fields: "uname=momo&pwd=123", settings: "mechanism=flask&http_only=true"},
	{idea: "it changes with each value", op: "set", fields: "key=colour&value=teal"},
	{idea: "and not without a change", op: "get", fields: "key=colour"},
	{idea: "5.6.1: with a date", op: "permanent", fields: "on=true"},
	{idea: "without it again", op: "permanent", fields: "on=false"},
	{idea: "a value is taken out", op: "pop", fields: "key=colour"},
	{idea: "the log-out deletes it", op: "logout"},
	{idea: "the session is the cookie: gorilla", op: "login", fields: "uname=momo&pwd=123", settings: "mechanism=gorilla"},
	{idea: "it changes with each value", op: "set", fields: "key=colour&value=teal"},
	{idea: "5.6: a value makes the pair larger than 4096 bytes", op: "set", fields: "key=large&value=" + strings.Repeat("Session", 600)},
	{idea: "the log-out deletes it", op: "logout"},
	{idea: "the note's own program", op: "index", settings: "mechanism=server"},
	{idea: "reads it", op: "getSession"},
	{idea: "and deletes it", op: "deleteSession"},
	{idea: "then there is none", op: "getSession"},
}

func TestARealAndAVirtualBrowserKeepAndSendTheSameOfTheApp(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		p := newPair(t, with)
		for _, s := range appTour {
			if s.settings != "" {
				p.call("/en/lab/settings", s.settings, nil)
			}
			real, virtual := p.really(s), p.virtually(s)
			if real != virtual {
				t.Errorf("%s (%s %s):\n   real %+v\nvirtual %+v", s.idea, s.op, s.from, real, virtual)
			}
		}
	})
}

// An appSeen is what was seen of a browser at a step. Values differ from browser to
// browser, so it says how they relate.
type appSeen struct {
	status      int
	sent        string // the Cookie header: "", "its own" or what it is instead
	held        bool   // the session cookie
	changed     bool   // its value, with this step
	path, flags string
	lasts       string // "session", or "as set", or what it is instead
}

// A pair is a bench with a real browser and a virtual one.
type pair struct {
	*Bench
	t     *testing.T
	other *tourSite // another website
	seat  *http.Cookie
	id    string // of the virtual browser
	had   map[string]string
}

func newPair(t *testing.T, with *browser) *pair {
	p := &pair{Bench: with.sit(t, startApp(t), View{ReducedMotion: true}), t: t, other: newTourSite(t), had: make(map[string]string)}
	p.Allow("external request: http://localhost")
	p.Allow("status of 401")
	p.Allow("Cookie")
	p.seat = &http.Cookie{Name: "seat", Value: p.Jar()["seat"].Value}
	var made struct{ ID string }
	p.call("/en/lab/browsers", "name=Alice", &made)
	p.id = made.ID
	return p
}

// call posts a form as the learner of the bench, reads the answer into result unless that
// is nil, and returns the status.
func (p *pair) call(path, form string, result any) int {
	p.t.Helper()
	method := http.MethodPost
	if form == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequest(method, p.base+path, strings.NewReader(form))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "application/json")
	req.AddCookie(p.seat)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && result != nil {
		err = json.Unmarshal(body, result)
	}
	if err != nil || res.StatusCode >= http.StatusInternalServerError {
		p.t.Fatalf("%s %s %s = %s, %v: %s", method, path, form, res.Status, err, body)
	}
	return res.StatusCode
}

// really has the real browser send the request, from a page of the bench or of another
// website.
func (p *pair) really(s appStep) appSeen {
	p.t.Helper()
	before := time.Now()
	path, method := appRoute(s.op)
	address := p.Address + path
	if s.from == "elsewhere" {
		p.load(p.other.elsewhere(tourStep{Method: method}, address))
		p.Eval(`void setTimeout(() => document.forms[0] ? document.forms[0].submit() : document.querySelector("a").click())`)
		p.Await(`location.origin === ` + asJSON(p.base) + ` && document.readyState === "complete"`)
	} else {
		p.load(p.base + "/readyz") // of the same site, with no scripts of its own
		script := fmt.Sprintf(`fetch(%s, {headers: {Accept: "application/json"}})`, asJSON(address+"?"+s.fields))
		if method == http.MethodPost {
			script = fmt.Sprintf(`fetch(%s, {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams(%s)})`, asJSON(address), asJSON(s.fields))
		}
		p.Eval(script + `.then(r => r.text())`)
	}
	var now *keptCookie
	for _, c := range p.Held() {
		if c.Name == "session" {
			now = &keptCookie{c, time.Since(before)}
		}
	}
	return p.seen("real", now)
}

func (p *pair) load(address string) {
	p.t.Helper()
	p.do(func(ctx context.Context) error {
		_, err := p.tab.load(ctx, address)
		return err
	})
}

// virtually has the virtual browser send the request.
func (p *pair) virtually(s appStep) appSeen {
	p.t.Helper()
	form := url.Values{"op": {s.op}}
	if s.from != "" {
		form.Set("from", s.from)
	}
	p.call("/en/lab/browsers/"+p.id+"/send", strings.Trim(form.Encode()+"&"+s.fields, "&"), nil)
	var bench struct {
		Browsers []struct {
			Jar []struct {
				Name, Value, Path string
				Expires           *time.Time
				HTTPOnly          bool   `json:"http_only"`
				Secure            bool   `json:"secure"`
				SameSite          string `json:"same_site"`
			}
		}
	}
	p.call("/en/lab", "", &bench)
	var now *keptCookie
	for _, c := range bench.Browsers[0].Jar {
		k := Cookie{Name: c.Name, Value: c.Value, Path: c.Path, HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: c.SameSite}
		if c.Expires != nil {
			k.Expires = c.Expires.Unix()
		}
		now = &keptCookie{k, 0}
	}
	return p.seen("virtual", now)
}

// A keptCookie is a cookie as a browser has it after a request.
type keptCookie struct {
	Cookie
	late time.Duration // how much the browser may have moved its date, by the time that the response took
}

// seen describes a browser after its latest request, the last one of the bench.
func (p *pair) seen(who string, now *keptCookie) appSeen {
	p.t.Helper()
	p.N++
	var s struct {
		Request  struct{ Headers [][2]string }
		Response struct {
			Status  int
			Headers [][2]string
		}
	}
	p.call(fmt.Sprintf("/en/lab/steps/%d", p.N), "", &s)
	seen := appSeen{status: s.Response.Status, lasts: "none"}
	for _, h := range s.Request.Headers {
		if strings.EqualFold(h[0], "Cookie") {
			seen.sent = sessionIn(h[1], p.had[who])
		}
	}
	was := p.had[who]
	p.had[who] = ""
	if now != nil {
		p.had[who] = now.Value
		seen.held, seen.path = true, now.Path
		seen.flags = fmt.Sprintf("HttpOnly %t, Secure %t, SameSite %q", now.HTTPOnly, now.Secure, now.SameSite)
		seen.lasts = lastsAs(s.Response.Headers, now)
	}
	seen.changed = was != p.had[who]
	if seen.status == http.StatusSeeOther { // a form of a page is led to a page
		seen.status = http.StatusOK
	}
	return seen
}

// sessionIn says what session cookie is in a Cookie header.
func sessionIn(header, had string) string {
	pairs := strings.Split(header, "; ")
	i := slices.IndexFunc(pairs, func(pair string) bool { return strings.HasPrefix(pair, "session=") })
	switch {
	case i < 0:
		return ""
	case pairs[i] == "session="+had:
		return "its own"
	}
	return pairs[i] + ", not " + had
}

// lastsAs says how the end of a cookie relates to the Set-Cookie line of a response.
func lastsAs(headers [][2]string, c *keptCookie) string {
	if c.Expires == 0 {
		return "session"
	}
	for _, h := range headers {
		line, err := http.ParseSetCookie(h[1])
		if !strings.EqualFold(h[0], "Set-Cookie") || err != nil {
			continue
		}
		// A browser adds what its clock is ahead of the response's date, in seconds.
		if ahead := c.Expires - line.Expires.Unix(); ahead >= 0 && ahead <= int64(c.late.Seconds())+1 {
			return "as set"
		}
		return fmt.Sprintf("until %d; set was %d", c.Expires, line.Expires.Unix())
	}
	return "as before"
}

// appRoute is the path and the method of an operation of the app.
func appRoute(op string) (path, method string) {
	switch op {
	case "index":
		return "", http.MethodGet
	case "getSession", "deleteSession":
		return op + "/", http.MethodGet
	case "me", "get":
		return op, http.MethodGet
	}
	return op, http.MethodPost
}
