package e2e

import (
	"fmt"
	"testing"
)

// What a presenter calls up: by a key, or with the mouse, and in large type.

func TestAPresenterReachesTheWholeLesson(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Login("momo", "123")
		b.Set("colour", "teal")
		b.Go("/en/lab?step=2&event=3&present")
		b.Await(presented)
		for _, tt := range []struct{ name, key, at, shown string }{
			{"where sessions are kept", "m", "#kept > summary", fmt.Sprintf(unfolded, "kept")},
			{"settings", "s", "#settings > summary", fmt.Sprintf(unfolded, "settings")},
			{"the address", "e", "#terminal > summary", open("terminal")},
			{"the hint", "h", "[data-key=h]", `document.querySelector(".next").checkVisibility()`},
			{"corrections", "n", "[data-key=n]", `[...document.querySelectorAll(".often")].filter(e => e.checkVisibility()).length === 2`},
			{"the transcript", "x", "#transcript > summary", open("transcript")},
			{"raw", "r", "#raw > summary", open("raw")},
			{"code", "c", "#code-drawer > summary", open("code-drawer") + ` && [...document.querySelectorAll("#code-drawer mark")].some(e => e.checkVisibility())`},
		} {
			for _, call := range []func(){func() { b.Key(tt.key) }, func() { b.Click(tt.at) }} {
				call()
				b.Await(tt.shown)
				for _, small := range eval[[]string](b.Page, tooSmall) {
					t.Errorf("presenting %s: %s", tt.name, small)
				}
				inShape(t, b.Page, "presenting "+tt.name)
				b.Screenshot("present-" + tt.key + "-" + with.name)
				b.Key(tt.key)
				b.Await("!(" + tt.shown + ")")
			}
		}
		if got := eval[int](b.Page, at); got != 3 || !eval[bool](b.Page, presented) {
			t.Errorf("after all, the player is at %d; want 3, presenting", got)
		}
	})
}

func TestAPresenterInspectsTheCookieAndComesBack(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), projector)
		b.Login("momo", "123")
		b.Key("f")
		b.Await(presented)
		const inspected = `location.pathname === "/en/inspect" && document.readyState === "complete" && document.getElementById("result") && ` + presented
		for _, call := range []func(){func() { b.Key("i") }, func() { b.Click("[data-key=i]") }} {
			call()
			b.Await(inspected)
			for _, small := range eval[[]string](b.Page, tooSmall) {
				t.Errorf("the inspector, presented: %s", small)
			}
			b.Key("Escape")
			b.Await(`location.pathname === "/en/lab" && document.readyState === "complete" && ` + presented)
		}
		b.Key("i")
		b.Await(inspected)
		b.Click("#leave")
		b.Await(`location.pathname === "/en/lab" && ` + presented)
	})
}

func TestHintsArePutAwayAndBroughtBack(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		const next = `document.querySelector(".next")`
		b.Await(next)
		b.Click("#hints")
		b.Await("!" + next + ` && location.search === "?step=1"`)
		b.Set("colour", "teal")
		b.Reload()
		if eval[bool](b.Page, next+" !== null") {
			t.Error("hints that were put away are back")
		}
		b.Key("f", "h") // a teacher brings them back
		b.Await(next + `?.checkVisibility()`)
		b.Key("h", "Escape")
		b.Await(next + ` && !` + presented)
	})
}

func TestFlaskStandsBesideGoWhereThereIsRoomAndElseAboveIt(t *testing.T) {
	t.Parallel()
	b := chromium.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	const place = `(([flask, ours]) => ({beside: flask.right <= ours.left && flask.top === ours.top, above: flask.bottom <= ours.top}))(
		[...document.querySelector(".code-pair:has(.code-go):has(> .excerpt)").children].map(e => e.getBoundingClientRect()))`
	b.Go("/en/lab/steps/1/code")
	for width, want := range map[int64]string{1280: "beside", 390: "above"} {
		b.Look(View{Width: width, Height: 844, ReducedMotion: true})
		if got := eval[map[string]bool](b.Page, place); !got[want] {
			t.Errorf("at %d px, Flask's code is %v; want it %s Go's", width, got, want)
		}
	}
}
