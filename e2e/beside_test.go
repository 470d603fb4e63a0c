package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// beside presses a button of the page of three mechanisms side by side, and waits for
// the round that this makes.
func (b *Bench) beside(button string) {
	b.t.Helper()
	const rounds = `document.querySelectorAll(".beside .chip").length`
	n := eval[int](b.Page, rounds)
	b.Click(fmt.Sprintf(`.beside button[value=%q]`, button))
	b.Await(fmt.Sprintf(`document.readyState === "complete" && %s === %d`, rounds, n+1))
}

// answers are what the columns say to the question in a row of the verdicts.
func (b *Bench) answers(row int) string {
	b.t.Helper()
	return eval[string](b.Page, fmt.Sprintf(`[...document.querySelectorAll(".asked div:nth-child(%d) dd")].map(e => e.textContent.trim()).join(" ")`, row))
}

func TestThreeMechanismsSideBySide(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for name, v := range map[string]View{"with scripts": {ReducedMotion: true}, "without scripts, on a phone": {NoScript: true, Width: 390, Height: 844, Dark: true}} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := with.sit(t, startApp(t), v)
				b.Go("/en/lab/side-by-side")
				b.beside("login")
				b.beside("set")
				if got := b.answers(3); got != "No Yes No" {
					t.Errorf("who can read the values: %s", got)
				}
				b.beside("changed")
				b.beside("logout")
				b.beside("copy")
				if got := b.answers(4) + ", " + b.answers(5); got != "No No No, No Yes Yes" {
					t.Errorf("a changed copy, and an old one: %s", got)
				}
				const shown = `document.querySelector(".trio-at b").textContent`
				before := eval[string](b.Page, shown)
				if v.NoScript {
					b.Click("#event-prev")
				} else {
					b.Key("ArrowLeft")
				}
				b.Await(fmt.Sprintf(`document.readyState === "complete" && %s !== %s`, shown, asJSON(before)))
				if got := eval[string](b.Page, shown); !strings.HasPrefix(got, "6") {
					t.Errorf("before the result all three stand at %q", got)
				}
				inShape(t, b.Page, name)
				if !v.NoScript { // which axe is
					axe(t, b.Page, wholePage)
				}
				if _, held := b.Jar()["session"]; held {
					t.Error("the learner's own browser holds a cookie of an app")
				}
			})
		}
	})
}

// A remote reads what the three came to before it goes on, and answers nothing before that.
func TestARemoteReadsWhatThreeMechanismsCameTo(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Go("/en/lab/side-by-side")
		b.beside("login")
		b.Go("/en/lab/side-by-side?present")
		b.Await(presented)
		const seen = `(r => r.bottom <= innerHeight + 1)(document.querySelector(".asked").getBoundingClientRect())`
		if eval[bool](b.Page, seen) {
			t.Fatal("the answers are in sight at once")
		}
		b.Key("PageDown")
		b.Await(seen + ` && scrollY > 0 && location.search === "?present"`)
		b.Key("PageUp")
		b.Await(`scrollY === 0 && location.search === "?present"`)
		b.Key("PageDown", "PageDown")
		b.Await(`location.search.includes("event=0") && scrollY === 0 && getComputedStyle(document.querySelector(".asked dd")).visibility === "hidden"`)
	})
}
