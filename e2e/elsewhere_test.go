package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// A browser takes 127.0.0.1 and localhost for two websites, so the learner's own one can
// show what SameSite does.

func TestTheLearnersOwnBrowserShowsWhatSameSiteDoes(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		for _, tt := range []struct {
			sameSite           string
			withForm, withLink bool // whether the browser sends the cookie
		}{{"Lax", false, true}, {"Strict", false, false}, {"unset", true, true}} {
			if tt.sameSite == "unset" && with == chromium {
				continue // it sends such a cookie with a form for two minutes, and the machine may be busy
			}
			b := with.sit(t, startApp(t), View{NoScript: true})
			b.Allow("external request: " + strings.Replace(b.base, "127.0.0.1", "localhost", 1))
			b.Allow("404")
			b.Go("/en/lab/settings")
			b.Eval(fmt.Sprintf(`document.querySelector('[name=same_site] [value=%[1]s]').selected = true`, tt.sameSite))
			b.to(`form:has([name=same_site]) .btn-1`, `location.search.includes("did=settings")`)
			b.goElsewhere(1)
			b.Click("main button")
			b.Await(`document.querySelector('main a[href="/en/lab?step=2"]')`)
			if got := b.brought(2); got != tt.withForm {
				t.Errorf("SameSite=%s: the form came with the cookie: %v; want %v", tt.sameSite, got, tt.withForm)
			}
			b.to("main p a", `location.search === "?step=2"`)
			b.goElsewhere(3)
			b.to("main p a", `location.search === "?step=4"`)
			if got := b.brought(4); got != tt.withLink {
				t.Errorf("SameSite=%s: the link came with the cookie: %v; want %v", tt.sameSite, got, tt.withLink)
			}
		}
	})
}

func TestThePageElsewhereIsAccessible(t *testing.T) {
	t.Parallel()
	app := startApp(t)
	b := chromium.sit(t, app, View{})
	bench := strings.Trim(strings.TrimPrefix(b.Address, b.base+"/app/"), "/")
	for _, view := range []View{{}, {Dark: true, Width: 320, Height: 640}} {
		p := chromium.page(t, strings.Replace(app.URL, "127.0.0.1", "localhost", 1), view)
		p.Go("/zh/elsewhere?bench=" + bench)
		axe(t, p, wholePage)
		b.Look(view)
		b.Go("/zh/experiments/cross-site?step=1")
		axe(t, b.Page, wholePage)
	}
}

// goElsewhere fills the basket, which becomes step n, and opens the other website.
func (b *Bench) goElsewhere(n int) {
	b.t.Helper()
	b.Go("/en/experiments/cross-site")
	b.to("#own button", fmt.Sprintf(`location.search === "?step=%d" && location.hash === "#own" && document.querySelector("#own [role=status]")`, n))
	b.to("#own a[href*=elsewhere]", `location.hostname === "localhost" && document.querySelector("body.other button")`)
}

// brought reports whether the request of a step came with the session cookie.
func (b *Bench) brought(n int) bool {
	b.t.Helper()
	for _, h := range b.Step(n).Request.Headers {
		if strings.EqualFold(h[0], "Cookie") && strings.Contains(h[1], "session=") {
			return true
		}
	}
	return false
}
