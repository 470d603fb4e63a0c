package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// outOfShape lists what sticks out to the right of the page, and buttons whose
// text does not fit.
const outOfShape = `(() => {
	const wide = document.documentElement.scrollWidth
	const bad = wide > innerWidth ? ["the page is " + wide + " px wide in " + innerWidth] : []
	for (const e of document.querySelectorAll("a, button, summary, input, select, h1, h2, h3, p, table, pre, code.raw")) {
		if (!e.checkVisibility({visibilityProperty: true}) || e.closest(".strip, .sr, .skip")) continue
		const r = e.getBoundingClientRect()
		const button = e.matches("button, .btn, .tool")
		if (r.right > innerWidth + 1 && r.width > 1 || button && e.scrollWidth > e.clientWidth + 1) bad.push(e.outerHTML.slice(0, 120))
	}
	return bad
})()`

// inShape fails the test when something sticks out of the page sideways.
func inShape(t testing.TB, p *Page, name string) {
	t.Helper()
	for _, bad := range eval[[]string](p, outOfShape) {
		t.Errorf("%s: sticks out: %s", name, bad)
	}
}

func TestTheBenchIsOneScreenHighOnALaptopAndStackedOnAPhone(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		fits := func(when string) {
			t.Helper()
			if high := eval[int](b.Page, `document.documentElement.scrollHeight`); high > 720 {
				t.Errorf("%s the page is %d px high; want one screen of 720", when, high)
			}
			if high := eval[float64](b.Page, `document.querySelector(".controls").offsetHeight`); high > 60 {
				t.Errorf("%s the controls are %v px high; want one line", when, high)
			}
		}
		fits("empty,")
		b.Login("momo", "123")
		fits("after a log-in")
		for i := range 12 {
			b.Set(fmt.Sprint("key", i), strings.Repeat("value ", 10*i))
		}
		fits("with 13 values")

		b.Look(View{Width: 390, Height: 844, ReducedMotion: true})
		const order = `[".controls", ".steps", ".flow", "#pane-browser", "#pane-store"].map(s => {
			const r = document.querySelector(s).getBoundingClientRect()
			return [Math.round(r.left), Math.round(r.right), r.top]
		})`
		tops := eval[[][3]float64](b.Page, order)
		for i := 1; i < len(tops); i++ {
			if tops[i][0] != tops[0][0] || tops[i][1] != tops[0][1] || tops[i][2] <= tops[i-1][2] {
				t.Errorf("controls, steps, flow, browser, store lie at (left, right, top) %v; want one below the other", tops)
				break
			}
		}
	})
}
