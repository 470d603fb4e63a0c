package e2e

import (
	"testing"
)

// Two jars: beside each other where there is room, below each other where there is not.

const (
	// jarBoxes are where the two jars are: left, top and right of each.
	jarBoxes = `[...document.querySelectorAll(".jar")].map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right].map(Math.round))`

	// cutOff are the fields of the controls whose text is wider than they are.
	cutOff = `[...document.querySelectorAll(".controls input:not([type=hidden])")].filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth).map(e => e.outerHTML)`

	// inSight is how many chips of the strip are seen whole.
	inSight = `(s => [...document.querySelectorAll(".chip:not(.beyond)")].filter(c => {
		const r = c.getBoundingClientRect()
		return r.left >= s.left && r.right <= s.right
	}).length)(document.querySelector(".strip").getBoundingClientRect())`
)

func TestACopiedCookieIsSeenInBothJars(t *testing.T) {
	for name, view := range map[string]View{"scripts": {ReducedMotion: true}, "no scripts": {NoScript: true}} {
		t.Run(name, func(t *testing.T) {
			everywhere(t, func(t *testing.T, with *browser) {
				b := with.sit(t, startApp(t), view)
				b.openBrowser()
				b.sendBy("#login button", 1)
				b.openBrowser()
				b.to(`.tab[data-b="1"]`, chose("Alice's laptop"))
				b.Click(".acts summary")
				b.to(".acts [name=to]", `document.querySelectorAll(".jar").length === 2`)
				if got := b.Text(".alike"); got != "= Both hold the same cookie" && got != "=Both hold the same cookie" {
					t.Errorf("of the two jars the page says %q", got)
				}
				boxes := eval[[][3]int](b.Page, jarBoxes)
				if boxes[0][1] != boxes[1][1] || boxes[0][2] > boxes[1][0] {
					t.Errorf("at 1280 px the jars are at %v; want them side by side", boxes)
				}
				inShape(t, b.Page, "two jars at 1280 px")
				if got := eval[string](b.Page, `[...document.querySelectorAll(".dia")].filter(e => e.checkVisibility()).map(e => e.className).join()`); got != "dia dia-m" {
					t.Errorf("between two jars the diagram is %q; want the middle one", got)
				}
				if !view.NoScript {
					axe(t, b.Page, wholePage)
				}
				b.to(".jar-h .jar-act", chose("Mallory"))
				b.sendBy(".controls [value=me]", 2)
				if n := eval[int](b.Page, `document.querySelectorAll(".jar").length`); n != 2 {
					t.Errorf("after another request the page shows %d jars; want both", n)
				}
				if view.NoScript { // whose size cannot be changed
					b.to("#beside", `!document.querySelector(".jar")`)
					return
				}
				b.Look(View{Width: 390, Height: 844, ReducedMotion: true})
				if boxes := eval[[][3]int](b.Page, jarBoxes); boxes[0][0] != boxes[1][0] || boxes[0][1] >= boxes[1][1] {
					t.Errorf("on a phone the jars are at %v; want one below the other", boxes)
				}
				inShape(t, b.Page, "two jars on a phone")
				b.Look(View{Width: 1280, Height: 720, ReducedMotion: true})
				b.to("#beside", `!document.querySelector(".jar")`)
				b.Key("0")
				b.Await(`document.querySelectorAll(".jar").length === 2`)
			})
		})
	}
}

func TestTwoJarsCanBeProjected(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.openBrowser()
		b.sendBy("#login button", 1)
		b.openBrowser()
		b.Go("/en/lab?step=1&present")
		b.Await(presented)
		b.Key("0")
		b.Await(`document.querySelectorAll(".jar").length === 2`)
		if boxes := eval[[][3]int](b.Page, jarBoxes); boxes[0][1] != boxes[1][1] {
			t.Errorf("projected, the jars are at %v; want them side by side", boxes)
		}
		for _, small := range eval[[]string](b.Page, tooSmall) {
			t.Errorf("projected: %s", small)
		}
		inShape(t, b.Page, "two jars, projected")
	})
}

func TestTheServersMenuIsReachedWhileProjecting(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Login("momo", "123")
		b.Key("f")
		b.Await(presented)
		const ready = `document.querySelector("#server").open && document.querySelector("#server-panel [name=key]")?.checkVisibility()`
		b.Key("v")
		b.Await(ready)
		for _, small := range eval[[]string](b.Page, tooSmall) {
			t.Errorf("the server's menu, projected: %s", small)
		}
		b.Key("Escape")
		b.Await(`!document.querySelector("#server").open && ` + presented)
		if over := eval[float64](b.Page, `((a, b) => Math.abs((a.left + a.right - b.left - b.right) / 2))(...["#server > summary", ".dia-c .heads .by-server .lane"].map(s => document.querySelector(s).getBoundingClientRect()))`); over > 3 {
			t.Errorf("the way to the menu is %g px beside the name of its lane", over)
		}
		b.Click("#server > summary")
		b.Await(ready)
		b.Click("#server-panel [name=key]")
		b.Await(`document.querySelector("#server-panel .did") && ` + presented)
	})
}

// With several browsers there is still room for what is typed, and for chips.
func TestALaptopHasRoomForSeveralBrowsers(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		for n := range 3 {
			b.openBrowser()
			b.sendBy("#login button", n+1)
		}
		b.sendBy(".controls [value=me]", 4)
		b.sendBy(".controls [value=me]", 5)
		b.to(`.tab[data-b="2"]`, chose("Mallory"))
		for _, field := range eval[[]string](b.Page, cutOff) {
			t.Errorf("cut off: %s", field)
		}
		inShape(t, b.Page, "three browsers at 1280 px")
		if n := eval[int](b.Page, inSight); n < 3 {
			t.Errorf("%d chips are seen whole; want three at least", n)
		}
	})
}
