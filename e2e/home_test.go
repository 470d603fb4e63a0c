package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// The first page, which is a bench in small.

func TestTheFirstPageLogsInForReal(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for name, v := range map[string]View{
			"with motion":     {},
			"without scripts": {NoScript: true, Width: 390, Height: 844},
			"in Chinese":      {ReducedMotion: true, Lang: "zh-CN"},
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := &Bench{Page: with.page(t, startApp(t).URL, v)}
				b.Go("/")
				b.lang = eval[string](b.Page, `location.pathname.slice(1, 3)`)
				b.Address = b.base + strings.TrimSuffix(eval[string](b.Page, `document.getElementById("login").getAttribute("action")`), "login")
				if got := b.shownIDs(); got != "/" {
					t.Errorf("before any request the panes show the ids %q", got)
				}
				before := b.miniature()
				for n := 1; n <= 2; n++ {
					b.Click("#login button")
					b.Await(fmt.Sprintf(`location.pathname === "/%s/" && location.search === "?step=%d" && document.readyState === "complete"`, b.lang, n))
					id, _, _ := strings.Cut(b.Jar()["session"].Value, ".")
					if got := b.shownIDs(); id == "" || got != id+"/"+id {
						t.Errorf("after step %d the panes show the ids %q; the browser got %q", n, got, id)
					}
					if after := b.miniature(); after > before+2 || after < before-2 {
						t.Errorf("the miniature is %v px high before the log-in, and %v px after step %d", before, after, n)
					}
				}
				b.Click(`.said a[href*="/lab?step="]`)
				b.Await(`location.pathname.endsWith("/lab") && location.search === "?step=2"`)
			})
		}
	})
}

// shownIDs are the ids in the two panes.
func (b *Bench) shownIDs() string {
	b.t.Helper()
	return eval[string](b.Page, `["browser", "store"].map(side => document.querySelector("#duo-" + side + " .seg-id")?.textContent ?? "").join("/")`)
}

// miniature is the height of the bench in small.
func (b *Bench) miniature() float64 {
	b.t.Helper()
	return eval[float64](b.Page, `document.querySelector(".mini").getBoundingClientRect().height`)
}
