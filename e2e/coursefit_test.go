package e2e

import (
	"fmt"
	"math"
	"testing"
)

// lowest is how far the last of some elements reaches below the box around it, in pixels.
const lowest = `(all => all.length ? Math.round(all.at(-1).getBoundingClientRect().bottom - all.at(-1).closest(%q).getBoundingClientRect().bottom) : 9999)([...document.querySelectorAll(%q)].filter(e => e.checkVisibility()))`

// All choices of a question are in sight on a small laptop, in the lessons that have most
// of them and the longest: of the first question, and of those that the projection leads to.
func TestAllChoicesOfAQuestionAreInSight(t *testing.T) {
	t.Parallel()
	for lang, view := range map[string]View{
		"en": classroom, "zh": {Width: 1280, Height: 720, ReducedMotion: true, Lang: "zh-CN"},
	} {
		for _, slug := range []string{"a-note", "flags", "limits"} {
			t.Run(slug+"/"+lang, func(t *testing.T) {
				t.Parallel()
				p := chromium.page(t, startApp(t).URL, view)
				p.Go("/" + lang + "/course/" + slug + "?present")
				p.turn("PageDown") // begins
				for presses := 0; eval[string](p, onKind) != "take" && presses < 80; presses++ {
					if eval[string](p, onKind) == "question" {
						here := eval[string](p, `location.pathname + location.search`)
						p.Go(eval[string](p, `(a => a.pathname + a.search.replace(/&screen=.*/, ""))(document.getElementById("leave"))`))
						if below := eval[int](p, fmt.Sprintf(lowest, ".tale-in", ".choice")); below > 0 {
							t.Errorf("at %s the last choice is %d pixels below the edge", here, below)
						}
						p.Go(here)
					}
					p.turn("PageDown")
				}
			})
		}
	}
}

// The cookie's own event, the last of a login, is in sight beside the text of a lesson.
func TestTheLastEventOfALoginIsInSight(t *testing.T) {
	t.Parallel()
	p := chromium.page(t, startApp(t).URL, classroom)
	p.Go("/en/course/login")
	p.Click("button[form=start]")
	p.Await(`document.querySelector("#predict fieldset:enabled")`)
	p.Click(".answer .quiet")
	p.Await(acting)
	p.Click(".tale .press")
	p.Await(`document.querySelectorAll(".ladder .ev").length > 3`)
	if below := eval[int](p, fmt.Sprintf(lowest, ".duo", ".ladder .ev")); below > 0 {
		t.Errorf("the last event is %d pixels below the edge", below)
	}
	p.Screenshot("login-beside-its-text")
}

// On a phone a new part is read from its top, wherever the page was scrolled to, and what
// leads from event to event stays under the thumb.
func TestAPhoneKeepsItsPlaceInALesson(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		p := with.page(t, startApp(t).URL, View{Width: 390, Height: 844, ReducedMotion: true})
		p.Go("/en/course/login")
		p.Click("button[form=start]")
		p.Await(`document.querySelector("#predict fieldset:enabled")`)
		p.Eval(`scrollTo(0, document.body.scrollHeight)`)
		inSight := func(part string) {
			p.Await(fmt.Sprintf(`document.querySelector("main").dataset.part === %q && (r => r.top > 50 && r.bottom < 400)(document.querySelector(".tale h2").getBoundingClientRect())`, part))
		}
		press := func(button string) { // and wait until the page has followed
			p.Eval(`(window.followed = new Promise(done => document.addEventListener("htmx-after-settle", () => requestAnimationFrame(() => requestAnimationFrame(done)), { once: true })), true)`)
			p.Click(button)
			p.Eval(`window.followed`)
		}
		press(".answer .quiet")
		inSight("q1.act")
		press(".tale .press")

		const place = `document.querySelector("#event-prev").getBoundingClientRect().top`
		p.Eval(`document.querySelector("#event-prev").scrollIntoView({ block: "center", behavior: "instant" })`)
		at := eval[float64](p, place)
		for n := range 4 {
			press("#event-prev")
			if now := eval[float64](p, place); math.Abs(now-at) > 3 {
				t.Errorf("after press %d what was pressed is at y = %g; it was at %g", n+1, now, at)
			}
		}

		press(`.tale [data-press="2"]`)
		inSight("q1.observe")
		p.Eval(`scrollTo(0, document.body.scrollHeight)`)
		press(".tale-f .btn")
		inSight("q1.explain")
	})
}

// A key that is held down goes to the result of a flow and no further, and so does End.
func TestAHeldKeyGoesToTheResultOfAFlow(t *testing.T) {
	t.Parallel()
	p := chromium.page(t, startApp(t).URL, classroom)
	p.Go("/en/course/set-get-pop-clear?present")
	for eval[string](p, onKind) != "flow" {
		p.turn("PageDown")
	}
	const count = `document.querySelector(".count").textContent[0]`
	if got := eval[string](p, count); got == "=" {
		t.Fatal("the flow begins with its result")
	}
	p.turn("End")
	if got := eval[string](p, count); got != "=" {
		t.Errorf("End leads to %q; want the result", got)
	}
	p.turn("PageUp")
	const held = `document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "PageDown", repeat: true, bubbles: true, cancelable: true}))`
	p.Eval(held)
	p.Await(`document.readyState === "complete" && ` + count + ` === "="`)
	p.Eval(held)
	if got := eval[string](p, onKind+" + "+count); got != "flow=" {
		t.Errorf("held on, the key leads to %q; want the result still", got)
	}
}
