package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// By the page alone: thirty-one days pass, the server restarts, its store is emptied.

// did presses a button that is no request to the app, and waits until the page says what
// it did.
func (b *Bench) did(button, said string) {
	b.t.Helper()
	b.Click(button)
	b.Await(fmt.Sprintf(`document.querySelector("main.lab") && document.readyState === "complete" && document.querySelector(".next-news")?.textContent.includes(%q)`, said))
}

// operate presses a button of the server's menu; without scripts, of its page.
func (b *Bench) operate(button, said string) {
	b.t.Helper()
	if b.view.NoScript {
		b.Go("/" + b.lang + "/lab/server")
	} else if !eval[bool](b.Page, `document.getElementById("server").open`) {
		b.Click("#server > summary")
	}
	b.Await(fmt.Sprintf(`document.querySelector(%q)`, "#server-panel "+button))
	b.did("#server-panel "+button, said)
	if !b.view.NoScript {
		b.Await(fmt.Sprintf(`document.querySelector("#server[open] .did")?.textContent.includes(%q)`, said))
		b.Key("Escape")
	}
}

// me asks who is logged in, and returns the sentence of that step.
func (b *Bench) me() string {
	b.t.Helper()
	b.Press(`[formaction$="/me"]`)
	return b.Text(".say-text")
}

// axed has axe look at the page, if it has scripts.
func (b *Bench) axed() {
	b.t.Helper()
	if !b.view.NoScript {
		axe(b.t, b.Page, wholePage)
	}
}

const twoHours = `#settings-panel button[value="2h"]`

// permanentForTwoHours logs in, for two hours at most.
func (b *Bench) permanentForTwoHours() {
	b.t.Helper()
	if b.view.NoScript {
		b.Go("/" + b.lang + "/lab/settings")
		b.to(twoHours, `document.querySelector("main.lab")`)
	} else {
		b.Click("#settings > summary")
		b.Await(fmt.Sprintf(`document.querySelector('%s')`, twoHours))
		b.Click(twoHours)
		b.Await(`document.querySelector("#settings-panel .did")`)
		b.Key("Escape")
	}
	b.Login("momo", "123")
	b.Permanent()
}

func TestThirtyOneDaysPassByThePageAlone(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for _, scripts := range []bool{true, false} {
			b := with.sit(t, startApp(t), View{ReducedMotion: true, NoScript: !scripts})
			b.Allow("status of 401")
			b.permanentForTwoHours()
			b.did(`#clock button[value="31d"]`, "31 days")
			if got := b.Text("#clock"); !strings.Contains(got, "31 days ahead") || !strings.Contains(got, "simulated") {
				t.Errorf("scripts %t: the moved clock says %q", scripts, got)
			}
			if got := b.Text("#pane-store"); !strings.Contains(got, "the server refuses the record") {
				t.Errorf("scripts %t: the store's pane says %q; want that the record's time has come", scripts, got)
			}
			b.axed()
			if got := b.me(); !strings.Contains(got, "lifetime") {
				t.Errorf("scripts %t: thirty-one days later the page says %q; want which limit ended the session", scripts, got)
			}
			if got := b.Text(".at-time"); !strings.Contains(got, "clock 31 days ahead (simulated)") {
				t.Errorf("scripts %t: above the sentence stands %q", scripts, got)
			}
			if scripts {
				b.unfold("clock-more")
			} else {
				b.Go("/en/lab/clock")
			}
			b.axed()
			b.did(`#clock-panel button[value="now"]`, "all sessions ended")
			if got := b.Text("#clock .clock-s"); strings.Contains(got, "ahead") || !strings.Contains(got, "real time") {
				t.Errorf("scripts %t: back at real time the clock says %q", scripts, got)
			}
		}
	})
}

func TestTheServersLifeByThePageAlone(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for _, scripts := range []bool{true, false} {
			b := with.sit(t, startApp(t), View{ReducedMotion: true, NoScript: !scripts})
			b.Allow("status of 401")
			b.Login("momo", "123")
			known := func(after string, want bool) {
				t.Helper()
				b.me()
				if got := eval[string](b.Page, `document.querySelector("#pane-store").textContent`); strings.Contains(got, `"momo"`) != want {
					t.Errorf("scripts %t: after %s, known is %t; want %t", scripts, after, !want, want)
				}
			}
			b.operate(`button[value="same"]`, "same key")
			known("a restart", true)
			b.operate(`button[value="random"]`, "fresh key")
			if got := b.me(); !strings.Contains(got, "signature does not fit") {
				t.Errorf("scripts %t: after a restart with a fresh key the page says %q; want why the cookie is refused", scripts, got)
			}
			b.Login("momo", "123")
			b.operate(`button[value="rotate"]`, "still accepts")
			known("a key with a fallback", true)
			b.operate(`button[name="workers"][value="2"]`, "two workers")
			b.me()
			if got := b.Text("#server > summary"); !strings.Contains(got, "Worker") {
				t.Errorf("scripts %t: the server's head says %q; want which worker answered", scripts, got)
			}
			b.axed()
		}
	})
}

func TestTheStoreIsEmptiedFromItsMenu(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Allow("status of 401")
		b.Login("momo", "123")
		b.Click("#kept > summary")
		b.Await(`document.querySelector("#kept-panel button[value=empty]")`)
		axe(t, b.Page, wholePage)
		b.did("#kept-panel button[value=empty]", "All records of this website were deleted")
		if got := b.me(); strings.Contains(got, "momo") {
			t.Errorf("with the store emptied the page says %q", got)
		}
	})
}

// The clock goes on, and its buttons are as large as a thumb.
func TestTheClockTicksAndFitsAPhone(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{Width: 390, Height: 844, ReducedMotion: true})
		b.Login("momo", "123")
		b.did(`#clock button[value="2h"]`, "2 hours")
		was := b.Text("#clock > time")
		b.Eval(`Date.now = (now => () => now() + 5000)(Date.now)`)
		b.Await(fmt.Sprintf(`document.querySelector("#clock > time").textContent !== %q`, was))
		small := `[...document.querySelectorAll("#clock :is(button, summary), #server > summary")].filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width && e.getBoundingClientRect().width < 44).length`
		if n := eval[int](b.Page, small); n != 0 {
			t.Errorf("%d targets are smaller than 44 px", n)
		}
		if wide := eval[int](b.Page, `document.documentElement.scrollWidth`); wide > 390 {
			t.Errorf("the page is %d px wide; want 390", wide)
		}
	})
}

// On top of a page the moved clock is a line, however much room the page leaves.
func TestTheMovedClockIsALineOnTopOfAPage(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{Width: 1920, Height: 1080, ReducedMotion: true})
		b.Login("momo", "123")
		b.did(`#clock button[value="31d"]`, "31 days")
		for _, path := range []string{"/en/course", "/en/lab/side-by-side", "/en/lab/compare", "/en/experiments/theft"} {
			b.Go(path)
			if tall := eval[float64](b.Page, `document.querySelector("body > .at-time").getBoundingClientRect().height`); tall > 40 {
				t.Errorf("%s: the clock is %g px tall; want a line", path, tall)
			}
		}
	})
}
