package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A Bench is a learner at the bench page. Its methods press and type what is
// there, with mouse and keys, and wait for the step that comes of it.
type Bench struct {
	*Page
	server  *App
	lang    string // of the address: "en" or "zh"
	Address string // of the app under study: "http://127.0.0.1:40123/app/…/"
	N       int    // steps so far
}

// sit opens the bench in a new browser.
func sit(t testing.TB, app *App, v View) *Bench {
	t.Helper()
	p := open(t, app.URL, v)
	lang := "en"
	if strings.HasPrefix(v.Lang, "zh") {
		lang = "zh"
	}
	b := &Bench{Page: p, server: app, lang: lang}
	b.Go("/" + lang + "/lab")
	b.sitDown()
	return b
}

// sitDown waits for the bench page and notes the address on it.
func (b *Bench) sitDown() {
	b.t.Helper()
	b.Await(`location.pathname.endsWith("/lab") && document.readyState === "complete"`)
	b.Address = run(b.Page, chromedp.Evaluate[string](`document.getElementById("app-url").textContent`))
}

// settled is the condition that the page shows step n, and its player the result.
const settled = `location.search === "?step=%[1]d" && document.querySelector('.chip[href="?step=%[1]d"][aria-current]') &&
	document.readyState === "complete" && (p => p.at === undefined || p.at === p.end)(document.getElementById("player"))`

// Press clicks on a button that sends a request to the app under study.
func (b *Bench) Press(button string) {
	b.t.Helper()
	b.Do(chromedp.Click(chromedp.CSS(button)))
	b.Arrive()
}

// Arrive waits for the step that comes of what was just done.
func (b *Bench) Arrive() {
	b.t.Helper()
	b.N++
	b.Await(fmt.Sprintf(settled, b.N))
}

// Fill replaces the text of a field, as if it were pasted.
func (p *Page) Fill(field, text string) {
	p.t.Helper()
	p.Do(chromedp.Click(chromedp.CSS(field)), selectAll, chromedp.KeyEvent(kb.Backspace))
	call(p, input.InsertText, input.InsertTextParams{Text: text})
}

var selectAll = chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl))

// Login chooses the account by typing its name.
func (b *Bench) Login(account, password string) {
	b.t.Helper()
	b.Do(chromedp.Focus(chromedp.CSS("#login select")), chromedp.KeyEvent(account))
	b.Fill("#login input", password)
	b.Press("#login button")
}

func (b *Bench) Set(key, value string) {
	b.t.Helper()
	b.Fill("#set [name=key]", key)
	b.Fill("#set [name=value]", value)
	b.Press("#set button:not([formaction])")
}

func (b *Bench) Get(key string) {
	b.t.Helper()
	b.Fill(b.keyForm()+" [name=key]", key)
	b.Press(b.keyForm() + ` button[formaction$="/get"]`)
}

func (b *Bench) Pop(key string) {
	b.t.Helper()
	b.Fill(b.keyForm()+" [name=key]", key)
	if b.view.NoScript {
		b.Press("form.no-js button:not([formaction])")
	} else {
		b.Press(`#set button[formaction$="/pop"]`)
	}
}

// keyForm is where a key is typed to get or pop it.
func (b *Bench) keyForm() string {
	if b.view.NoScript {
		return "form.no-js"
	}
	return "#set"
}

func (b *Bench) Clear()     { b.t.Helper(); b.Press("#bare button:not([formaction])") }
func (b *Bench) Permanent() { b.t.Helper(); b.Press("#bare .switch") }
func (b *Bench) Logout()    { b.t.Helper(); b.Press(`button[formaction$="/logout"]`) }

// Jar returns the cookies that the browser would send to the app under study.
func (b *Bench) Jar() map[string]*network.Cookie {
	b.t.Helper()
	jar := make(map[string]*network.Cookie)
	for _, c := range call(b.Page, network.GetCookies, network.GetCookiesParams{URLs: []string{b.Address}}).Cookies {
		jar[c.Name] = c
	}
	return jar
}

// Step returns a step of this bench as its JSON says it.
func (b *Bench) Step(n int) Step {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodGet, fmt.Sprintf("%s/%s/lab/steps/%d", b.base, b.lang, n), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: "seat", Value: b.Jar()["seat"].Value})
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	var s Step
	if err := json.NewDecoder(res.Body).Decode(&s); err != nil || res.StatusCode != http.StatusOK {
		b.t.Fatalf("GET %s = %s, %v", req.URL, res.Status, err)
	}
	return s
}
