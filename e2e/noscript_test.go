package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// With JavaScript off everything is there that can be.

func TestWithoutScriptsEverythingIsReached(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{NoScript: true})
		b.Login("momo", "123")
		b.Set("colour", "teal")
		s := b.True(values{"uname": "momo", "colour": "teal"})
		for position := len(s.Events); position >= 0; position-- {
			b.Click("[data-act=prev]")
			b.Await(fmt.Sprintf(`location.search === "?step=2&event=%d"`, position))
			b.Await(`document.readyState === "complete"`)
			if got, want := eval[sides](b.Page, readSides), s.expected(position); !got.equal(want) {
				t.Errorf("at event %d the panes show %+v; want %+v", position, got, want)
			}
		}
		b.Click("[data-act=next]")
		b.Await(`location.search === "?step=2&event=1"`)
		b.withoutScriptsPresent()
		b.withoutScriptsPages()
		b.withoutScriptsSettings()
	})
}

// to clicks on a link or a button that loads a page.
func (b *Bench) to(link, condition string) {
	b.t.Helper()
	b.Click(link)
	b.Await(`document.readyState === "complete" && ` + condition)
}

func (b *Bench) withoutScriptsPresent() {
	b.t.Helper()
	b.to("#present", presented+` && location.search === "?step=2&event=1&present"`)
	b.to("[data-act=next]", presented+` && location.search === "?step=2&event=2&present"`)
	b.to("#leave", "!"+presented+` && location.search === "?step=2&event=2"`)
}

func (b *Bench) withoutScriptsPages() {
	b.t.Helper()
	b.to(`.drawers a.no-js`, `location.pathname.endsWith("/steps/2/code") && document.querySelectorAll(".code-event pre").length > 2`)
	b.to(`main a[href$="?step=2"]`, `location.pathname.endsWith("/lab")`)
	b.Click("#raw > summary")
	b.to("#explain a", `location.pathname.endsWith("/steps/2/raw") && document.querySelector("#explained .piece")`)
	b.Go("/en/lab?step=2")
	b.to("#step-compare", `location.search === "?a=1&b=2" && document.querySelector(".versus")`)
	b.curl("me")
	b.Go("/en/lab?step=2")
	if got := b.Text("#steps"); !strings.Contains(got, "of 3") {
		b.t.Errorf("after a request by curl the steps say %q; want 3 of them", got)
	}
	b.to(`.filter a[href$="client=curl"]`, `document.querySelectorAll(".chip").length === 1`)
	b.to(`.filter a`, `document.querySelectorAll(".chip").length === 3`)
	b.Go("/en/lab?step=2")
	b.to(`.theme button[value=dark]`, theme+` === "dark"`)
	b.to(`#tools a[hreflang]`, `location.pathname === "/zh/lab" && location.search === "?step=2"`)
	b.to(`#tools a[hreflang]`, `location.pathname === "/en/lab"`)
}

func (b *Bench) withoutScriptsSettings() {
	b.t.Helper()
	b.Click("#settings > summary")
	b.to("#settings-panel a", `location.pathname.endsWith("/lab/settings")`)
	b.Fill("#settings-panel input[name=lifetime]", "2h")
	b.to("#settings-panel .save button", `location.pathname.endsWith("/lab")`)
	b.Go("/en/lab/settings")
	if got := eval[string](b.Page, `document.querySelector("#settings-panel input[name=lifetime]").value`); got != "2h" {
		b.t.Errorf("after a form without scripts the lifetime is %q; want 2h", got)
	}
}
