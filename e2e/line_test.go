package e2e

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// The timeline at any number of steps: names on every chip, the current one in sight,
// and below it all steps at their places.

// send sends steps to the app under study, as a program does, until there are n.
func (b *Bench) send(n int) {
	b.t.Helper()
	for ; b.N < n; b.N++ {
		method, path, body := http.MethodGet, "me", ""
		if b.N%2 == 0 {
			method, path, body = http.MethodPost, "set", fmt.Sprintf("key=k%d&value=%d", b.N%5, b.N)
		}
		req, err := http.NewRequest(method, b.Address+path, strings.NewReader(body))
		if err != nil {
			b.t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			b.t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode == http.StatusTooManyRequests {
			b.t.Fatalf("step %d: %s, %v", b.N+1, res.Status, err)
		}
	}
	b.Await(fmt.Sprintf(settled, b.N)) // the page follows by itself
}

const (
	// currentInSight is the condition that the current step's chip lies within the strip.
	currentInSight = `(([c, s]) => s.left <= c.left && c.right <= s.right)([".chip[aria-current]", ".strip"].map(s => document.querySelector(s).getBoundingClientRect()))`

	// unnamed are the chips that do not show a number and a name.
	unnamed = `[...document.querySelectorAll(".chip:not(.beyond)")].filter(c => !/^\D*\d+ \D*\S/.test(c.textContent) || c.querySelector(".chip-in > span").getBoundingClientRect().width < 8).map(c => c.outerHTML.slice(0, 200))`

	// crossing are the marks that lie over the border of their chip.
	crossing = `[...document.querySelectorAll(".chip .dot")].filter(d => {
		const c = d.closest(".chip").getBoundingClientRect(), r = d.getBoundingClientRect()
		return r.left < c.left || r.right > c.right || r.top < c.top || r.bottom > c.bottom
	}).map(d => d.closest(".chip").outerHTML.slice(0, 200))`

	// rail is the drawing that is shown.
	rail = `[...document.querySelectorAll(".rail")].find(r => r.checkVisibility())`

	// cellWidth is how wide a place on it is.
	cellWidth = `(r => r.getBoundingClientRect().width / r.dataset.steps.split(" ").length)(` + rail + `)`

	// marked is where on it the current step is, from 0 to 1.
	marked = `((r, a) => (a.left + a.width / 2 - r.left) / r.width)(...[` + rail + `, ` + rail + `.querySelector(".at")].map(e => e.getBoundingClientRect()))`
)

func TestTheTimelineAtAnyNumberOfSteps(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		for _, steps := range []int{5, 50, 500} {
			b.send(steps)
			for _, step := range []int{1, steps/2 + 1, steps} {
				for _, width := range []int{1280, 390} {
					b.Look(View{Width: int64(width), Height: 844, ReducedMotion: true})
					b.Go(fmt.Sprintf("/en/lab?step=%d", step))
					where := fmt.Sprintf("step %d of %d at %d px", step, steps, width)
					inShape(t, b.Page, where)
					b.Await(currentInSight)
					for name, list := range map[string]string{"without a name": unnamed, "with a mark over its border": crossing} {
						if got := eval[[]string](b.Page, list); len(got) > 0 {
							t.Errorf("%s: chips %s: %q", where, name, got)
						}
					}
					if steps == 5 {
						continue
					}
					if wide := eval[float64](b.Page, cellWidth); wide < 2.9 {
						t.Errorf("%s: a place on the rail is %.1f px wide; want 3", where, wide)
					}
					at, want := eval[float64](b.Page, marked), (float64(step)-.5)/float64(steps)
					if at < want-.05 || at > want+.05 {
						t.Errorf("%s: the rail marks the step at %.2f of its length; want %.2f", where, at, want)
					}
				}
			}
		}
	})
}

func TestPointingAtTheRailShowsTheStepThere(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.send(50)
		b.Go("/en/lab?step=50")
		for _, step := range []int{1, 17, 49} {
			const spot = `(r => [r.left + r.width * (%d - .5) / 50, r.top + r.height / 3])(%s.getBoundingClientRect())`
			at := eval[[]float64](b.Page, fmt.Sprintf(spot, step, rail))
			b.ClickAt(at[0], at[1])
			b.Await(fmt.Sprintf(settled, step))
		}
	})
}

func TestAllStepsOpenAsAList(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.send(50)
		b.Go("/en/lab?step=50")
		b.Click("#all > summary")
		b.Await(`document.querySelectorAll("#all .log li").length === 40 && document.querySelector("#all .log [aria-current]")`)
		b.Click(`#all-steps a[href*="from=1"]`)
		b.Await(`document.querySelector('#all .log a[href$="step=1"]')`)
		b.Click(`#all .log a[href$="?step=3"]`)
		b.Await(fmt.Sprintf(settled, 3) + ` && !document.getElementById("all").open`)

		plain := b.Tab(View{NoScript: true})
		plain.Go("/en/lab?step=3")
		plain.Click("#all > summary")
		plain.Click("#all-steps a")
		plain.Await(`location.pathname.endsWith("/lab/steps") && document.querySelectorAll(".log li").length === 40 && document.querySelector(".log [aria-current]")`)
	})
}
