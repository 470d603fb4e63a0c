package e2e

import (
	"fmt"
	"testing"
)

// Presenting: for the last row of a room, with a remote.

var projector = View{Width: 1920, Height: 1080, ReducedMotion: true}

// tooSmall lists the text that is seen and not 24 px high, as it is drawn.
const tooSmall = `(() => {
	const small = []
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement
		if (!texts.currentNode.data.trim() || e.closest(".sr, .is-future, script") || !e.checkVisibility({visibilityProperty: true})) continue
		const range = document.createRange()
		range.selectNodeContents(texts.currentNode)
		if (!range.getBoundingClientRect().width) continue
		const m = e.getScreenCTM?.()
		const px = parseFloat(getComputedStyle(e).fontSize) * (m ? Math.hypot(m.a, m.b) : 1)
		if (px < 23.99) small.push(px.toFixed(1) + " px: " + texts.currentNode.data.trim().slice(0, 40) + " in " + e.outerHTML.slice(0, 60))
	}
	return small
})()`

func TestARemotePresentsStepAfterStep(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Login("momo", "123")
		b.Set("colour", "teal")
		b.Go("/en/lab?step=1&event=0")
		b.Click("#present")
		b.Await(presented + ` && location.search === "?step=1&event=0&present"`)
		last := len(b.Step(1).Events) + 1
		for position := 1; position <= last; position++ {
			b.Key("PageDown")
			b.Await(fmt.Sprintf("%s === %d", at, position))
			if position%4 == 0 || position == last {
				for _, small := range eval[[]string](b.Page, tooSmall) {
					t.Errorf("at event %d of step 1: %s", position, small)
				}
				inShape(t, b.Page, fmt.Sprint("presenting event ", position))
			}
		}
		b.Screenshot("present-" + with.name)
		b.Key("PageDown") // the next step, from before its first event
		b.Await(`location.search === "?step=2&event=0&present" && ` + at + ` === 0 && ` + presented)
		b.Key("PageDown", "PageDown", "PageUp")
		b.Await(at + ` === 1 && location.search === "?step=2&event=1&present"`)
		b.Reload()
		b.Await(presented + ` && ` + at + ` === 1`)
		b.Key("PageUp", "PageUp") // and back to the result of the first
		b.Await(`location.search === "?step=1&present" && ` + at + ` === ` + end)
	})
}

func TestARemoteBlanksTheScreen(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Login("momo", "123")
		b.Go("/en/lab?step=1&event=2&present")
		b.Await(presented)
		const black = `(s => s.backgroundColor === "rgb(0, 0, 0)" && s.position === "fixed" && s.content !== "none")(getComputedStyle(document.body, "::after"))`
		for _, k := range []string{"b", "."} {
			for _, back := range []string{"PageDown", "Escape", k} {
				b.Key(k)
				b.Await(blanked + " && " + black)
				b.Key(back)
				b.Await("!" + blanked + " && !" + black)
			}
			b.Key(k)
			b.Await(blanked)
			b.ClickAt(960, 540)
			b.Await("!" + blanked)
		}
		if !eval[bool](b.Page, presented+` && `+at+` === 2`) {
			t.Error("what took the blank away did something else besides")
		}
	})
}

// What is typed into a field and sent leaves the field, so that the remote's keys work.
func TestWhatIsSentLeavesItsFieldToTheRemote(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Login("momo", "123")
		b.Go("/en/lab?present")
		b.Await(presented)
		b.Eval(`document.querySelector(".controls [name=value]").focus()`)
		b.Key("Enter")
		b.Await(`location.search === "?step=2&event=0&present" && document.activeElement.matches(".stage")`)
		b.Key("PageDown", ".")
		b.Await(at + ` === 1 && "blank" in document.body.dataset`)
		b.Key(".")
		b.Eval(`document.querySelector(".controls [name=value]").focus()`)
		b.Key("Escape")
		b.Await(presented + ` && document.activeElement === document.body`)
		b.Key("Escape")
		b.Await(`!(` + presented + `)`)
	})
}

func TestEscapeDoesOneThingAtATime(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Login("momo", "123")
		b.Key("Escape") // out of nothing
		b.Go("/en/lab?step=1&event=2&present")
		b.Await(presented)
		const open = `document.getElementById("transcript").open`
		b.Click("#transcript > summary")
		b.Await(open)
		b.Click(".drawer-h")
		b.Key("b")
		b.Await(blanked)
		b.Key("Escape")
		b.Await(`!` + blanked + ` && ` + open + ` && ` + presented)
		b.Key("?")
		b.Await(helped)
		b.Key("Escape")
		b.Await(`!` + helped + ` && ` + open + ` && ` + presented)
		b.Key("Escape")
		b.Await(`!` + open + ` && ` + presented)
		b.Key("Escape")
		b.Await(`!` + presented + ` && location.search === "?step=1&event=2"`)
		if got := eval[int](b.Page, at); got != 2 {
			t.Errorf("after leaving, the player is at %d; want 2", got)
		}
		b.Key("f")
		b.Await(presented)
		b.Click("#leave")
		b.Await(`!` + presented)
	})
}
