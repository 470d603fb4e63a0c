package e2e

import (
	"strconv"
	"strings"
	"testing"
)

// A theft is played with the mouse alone: Alice logs in, her cookie is copied, and the
// server takes Mallory for her.

func TestATheftIsPlayedFromThePage(t *testing.T) {
	for name, view := range map[string]View{"scripts": {}, "no scripts": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			anywhere(t, func(t *testing.T, with *browser) {
				b := with.sit(t, startApp(t), view)
				b.openBrowser()
				b.sendBy("#login button", 1)
				b.openBrowser()
				b.to(`.tab[data-b="1"]`, chose("Alice's laptop"))
				b.Click(".acts summary")
				b.to(".acts [name=to]", `document.querySelectorAll(".jar").length === 2`)
				b.to(`.tab[data-b="2"]`, chose("Mallory"))
				b.sendBy(".controls [value=me]", 2)
				if got := b.Text(".say-text"); !strings.Contains(got, "alice") {
					t.Errorf("Mallory's “Who am I?” says %q", got)
				}
				if got := b.Text("#held li[data-now]"); !strings.Contains(got, "A") || !strings.Contains(got, "M") {
					t.Errorf("the row of the stolen record says %q; want both letters", got)
				}
				if !view.NoScript {
					axe(t, b.Page, wholePage)
					b.Click("#sender > summary")
					axe(t, b.Page, wholePage)
					b.Click("#sender > summary")
				}
				b.Click(".jar-foot summary")
				b.to(".jar-foot button", `document.querySelector(".shut")`)
				if !view.NoScript {
					axe(t, b.Page, wholePage)
				}
				b.to(".shut button", `document.querySelector("#login")`)
			})
		})
	}
}

// chose is the condition that the controls act for a browser of that name.
func chose(name string) string {
	return `document.querySelector(".sender b")?.textContent === "` + name + `"`
}

// openBrowser opens a virtual browser by the name that the page offers.
func (b *Bench) openBrowser() {
	b.t.Helper()
	before := eval[string](b.Page, `location.search`)
	b.Click("#tab-new summary")
	if !eval[bool](b.Page, `"htmx" in globalThis`) { // without scripts it is a page
		b.to("#tab-new a", `document.querySelector("#opens-panel form")`)
	}
	b.Await(`document.querySelector("#opens-panel form")`)
	b.to("#opens-panel button", `location.search.includes("browser=") && location.search !== "`+before+`"`)
}

// sendBy presses a button of the chosen virtual browser, and waits for the step.
func (b *Bench) sendBy(button string, n int) {
	b.t.Helper()
	at := `?step=` + strconv.Itoa(n)
	b.to(button, `document.querySelectorAll('.chip[aria-current]:is([href="`+at+`"], [href^="`+at+`&"])').length === 1 &&
		(p => p.at === undefined || p.at === p.end)(document.getElementById("player"))`)
}
