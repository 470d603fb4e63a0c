package e2e

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Keep chooses where the app keeps its sessions: a store, or the mechanism of a
// cookie.
func (b *Bench) Keep(place string) {
	b.t.Helper()
	was := b.Text("#kept > summary")
	button := fmt.Sprintf(`.places form:has(input[value=%q]) button`, place)
	if b.view.NoScript {
		b.Go("/" + b.lang + "/lab/side-by-side")
	} else {
		b.Click("#kept > summary")
		b.Await(fmt.Sprintf(`document.querySelector(%q)`, button))
	}
	b.Click(button)
	b.Await(fmt.Sprintf(`document.querySelector("main.lab") && document.readyState === "complete" && !document.querySelector("#kept[open]") &&
		document.querySelector("#kept > summary").textContent !== %s`, asJSON(was)))
}

// The same clicks on three mechanisms: what the page shows of the cookie is what
// the browser's own jar holds, and what a copy of it is worth after a log-out.
func TestTheSameClicksOnEveryMechanism(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		for name, v := range map[string]View{"in Chinese": {ReducedMotion: true, Lang: "zh-CN"}, "without scripts": {NoScript: true}} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := with.sit(t, startApp(t), v)
				for _, mechanism := range []string{"server", "flask", "gorilla"} {
					if mechanism != "server" {
						b.Keep(mechanism)
						if _, held := b.Jar()["session"]; held {
							t.Errorf("%s: the browser still holds a cookie of the other mechanism", mechanism)
						}
					}
					b.Login("momo", "123")
					b.Set("colour", "teal")
					cookie := b.Jar()["session"].Value
					if shown := b.Panes(); shown.Cookie != cookie {
						t.Errorf("%s: the page shows the cookie %q; the jar holds %q", mechanism, shown.Cookie, cookie)
					}
					pane := b.Text("#pane-browser")
					if carried := strings.Contains(pane, `"teal"`); carried == (mechanism == "server") {
						t.Errorf("%s: the browser's pane has the values: %v", mechanism, carried)
					}
					if stored := strings.Contains(b.Text("#pane-store"), `"teal"`); stored != (mechanism == "server") {
						t.Errorf("%s: the store's pane has the values: %v", mechanism, stored)
					}
					payload, _, _ := strings.Cut(cookie, ".")
					json, err := base64.RawURLEncoding.DecodeString(payload)
					if read := err == nil && string(json) == `{"colour":"teal","uname":"momo"}`; read != (mechanism == "flask") {
						t.Errorf("%s: anybody reads %q in the cookie", mechanism, json)
					}
					b.Logout()
					want := http.StatusOK
					if mechanism == "server" {
						want = http.StatusUnauthorized
					}
					if got := b.copied(cookie); got != want {
						t.Errorf("%s: a copy of the cookie gets %d after the log-out; want %d", mechanism, got, want)
					}
				}
			})
		}
	})
}

// copied is the status that somebody gets who asks with a copy of a cookie.
func (b *Bench) copied(cookie string) int {
	b.t.Helper()
	req, err := http.NewRequest(http.MethodGet, b.Address+"me", nil)
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Cookie", "session="+cookie)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	res.Body.Close()
	b.N++
	if !b.view.NoScript { // it arrives by itself
		b.Await(fmt.Sprintf(settled, b.N))
	}
	return res.StatusCode
}

// A cookie of the bench is taken to the inspector, and so is its key.
func TestACookieOfTheBenchIsInspected(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Keep("flask")
		b.Login("momo", "123")
		cookie := b.Jar()["session"].Value
		b.Click(`#pane-browser form[action*="/inspect"] button`)
		b.Await(`location.pathname.endsWith("/inspect") && document.readyState === "complete"`)
		page := b.Text("main")
		for _, want := range []string{"Flask", `"uname": "momo"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the inspector does not say %q of %s: %.300s", want, cookie, page)
			}
		}
	})
}
