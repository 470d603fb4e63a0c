package e2e

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
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
func (with *browser) sit(t testing.TB, app *App, v View) *Bench {
	t.Helper()
	p := with.page(t, app.URL, v)
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
	b.Address = eval[string](b.Page, `document.querySelector("#login").action.replace(/login$/, "")`)
}

// settled is the condition that the page shows step n, and its player the result.
const settled = `location.search === "?step=%[1]d" && document.querySelector('.chip[href="?step=%[1]d"][aria-current]') &&
	document.readyState === "complete" && (p => p.at === undefined || p.at === p.end)(document.getElementById("player"))`

// Press clicks on a button that sends a request to the app under study.
func (b *Bench) Press(button string) {
	b.t.Helper()
	b.Click(button)
	b.Arrive()
}

// Arrive waits for the step that comes of what was just done.
func (b *Bench) Arrive() {
	b.t.Helper()
	b.N++
	b.Await(fmt.Sprintf(settled, b.N))
}

// Login chooses the account by typing its name.
func (b *Bench) Login(account, password string) {
	b.t.Helper()
	b.Choose("#login select", account)
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
func (b *Bench) Jar() map[string]Cookie { b.t.Helper(); return b.Cookies(b.Address) }

// Step returns a step of this bench as its JSON says it.
func (b *Bench) Step(n int) (s Step) {
	b.t.Helper()
	path := fmt.Sprintf("/%s/lab/steps/%d", b.lang, n)
	if err := json.Unmarshal(b.fetch(path), &s); err != nil {
		b.t.Fatalf("GET %s: %v", path, err)
	}
	return s
}

// fetch gets what only the owner of the bench may have.
func (b *Bench) fetch(path string) []byte {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodGet, b.base+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	req.AddCookie(&http.Cookie{Name: "seat", Value: b.Jar()["seat"].Value})
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		b.t.Fatalf("GET %s = %s, %v", path, res.Status, err)
	}
	return body
}
