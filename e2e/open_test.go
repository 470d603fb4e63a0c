package e2e

import (
	"fmt"
	"testing"
)

// Keys for a page of something are for what is unfolded, not for the player behind it.
func TestKeysForAPageGoToWhatIsOpen(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.threeSteps(t)
		for id, box := range map[string]string{"raw": ".drawer-in", "settings": ".panel"} {
			b.Click("#" + id + " > summary")
			b.Await(fmt.Sprintf(unfolded, id))
			top := `document.querySelector("#` + id + ` > ` + box + `").scrollTop`
			b.Await(top + ` === 0`)
			was := eval[string](b.Page, stateOfKeys)
			for _, k := range []string{"PageDown", "PageUp", " ", "PageUp"} {
				b.Key(k)
				if k == "PageUp" {
					b.Await(top + ` === 0`)
				} else {
					b.Await(top + ` > 0`)
				}
			}
			if now := eval[string](b.Page, stateOfKeys); now != was {
				t.Errorf("%s: keys turned %s into %s", id, was, now)
			}
			b.Key("Escape")
		}
	})
}

// A drawer is exactly as high as what the bar below it leaves.
func TestADrawerEndsWhereThePlayerDoes(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.threeSteps(t)
		for _, id := range []string{"transcript", "code-drawer"} {
			b.Click("#" + id + " > summary")
			for _, v := range []View{{Width: 1280, Height: 720}, {Width: 1024, Height: 660}} {
				v.ReducedMotion = true
				b.Look(v)
				b.Await(`((d, p, bar) => Math.abs(d.top - p.top) < 1.5 && Math.abs(d.bottom - bar.top) < 1.5)(
					...["#` + id + ` > .drawer-in", "#player", "#player .bar"].map(s => document.querySelector(s).getBoundingClientRect()))`)
			}
		}
		b.Key("ArrowLeft", "ArrowLeft")
		b.Look(View{ReducedMotion: true, Width: 1280, Height: 720})
		b.Await(`(m => m.getBoundingClientRect().top >= m.closest("figure").querySelector("figcaption").getBoundingClientRect().bottom - 1)(
			document.querySelector("#code-here .code-event:not([hidden]) mark"))`)
	})
}
