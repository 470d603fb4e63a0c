package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// decidedInSight is the condition that what decided a verdict is on the screen, lit, and covered
// by nothing.
const decidedInSight = `(() => {
	const row = document.querySelector(".is-deciding, .is-first"), box = row.getBoundingClientRect()
	const lit = getComputedStyle(row).backgroundColor
	const clear = [box.top + 4, box.bottom - 4].every(y => row.contains(document.elementFromPoint(box.left + 40, y)))
	return box.top >= 0 && box.bottom <= innerHeight && lit !== "rgba(0, 0, 0, 0)" && clear
})()`

// saidInSight is the condition that the verdict is on the screen.
const saidInSight = `(box => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector("#verdict > p").getBoundingClientRect())`

// boxed are the parts of a page that scroll by themselves.
const boxed = `[...document.querySelectorAll("main, main :not(code)")].filter(e => ["auto", "scroll"].includes(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1).map(e => e.className)`

// Whoever runs an experiment sees what decided it on a laptop and a large screen, the
// verdict on a phone, and scrolls nothing but the page.
func TestWhatDecidedAVerdictIsInSight(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for _, view := range []View{{}, {Width: 1920, Height: 1080}, {Width: 390, Height: 844}} {
			t.Run(fmt.Sprint("width ", view.Width), func(t *testing.T) {
				t.Parallel()
				b := with.sit(t, startApp(t), view)
				for slug, variants := range map[string][]string{"lifetime": {"refresh", "absolute"}, "restart": {"memory", "same-key"}, "fixation": {"same-id", "new-id"}} {
					for i, variant := range variants {
						b.Go("/en/experiments/" + slug + "?variant=" + variant)
						if got := eval[[]string](b.Page, boxed); len(got) > 0 {
							t.Errorf("%s: before the run %q scroll by themselves", slug, got)
						}
						b.Click(`button[name=skip]`)
						b.Await(read)
						if view.Width == 390 {
							b.Await(saidInSight)
						} else {
							b.Await(decidedInSight)
						}
						if i > 0 && !eval[bool](b.Page, `!!document.querySelector(".runs .is-first")`) {
							t.Errorf("%s: after two runs there is no comparison", slug)
						}
						if got := eval[[]string](b.Page, boxed); len(got) > 0 {
							t.Errorf("%s, %s: %s scroll by themselves", slug, variant, strings.Join(got, ", "))
						}
					}
				}
			})
		}
	})
}

// What will be done is what the chosen variant does.
func TestThePlanIsThatOfTheChosenVariant(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{})
		b.Go("/en/experiments/restart")
		const plan = `[...document.querySelectorAll(".xp-acts > li")].filter(e => e.checkVisibility()).map(e => e.querySelector(".act-w").textContent).join(" ")`
		for variant, want := range map[string]string{
			"memory":   "Alice logs in. The server restarts. Alice asks: who am I?",
			"fallback": "Alice logs in. The server gets a new key, and keeps the old one as a fallback. The server restarts. Alice asks: who am I?",
		} {
			b.Click(fmt.Sprintf("input[name=variant][value=%q]", variant))
			if got := eval[string](b.Page, plan); got != want {
				t.Errorf("%s: the plan is %q; want %q", variant, got, want)
			}
		}
	})
}
