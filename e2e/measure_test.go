package e2e

import (
	"strings"
	"testing"
)

// What asks where things are while an update is put into the page lays the page out for
// it, and again for what changes afterwards.

// noteMeasuring lists in asked what asks for that before an update is drawn, and counts
// in later what does so afterwards.
const noteMeasuring = `(() => {
	let updating = false
	globalThis.asked = []
	globalThis.later = 0
	document.addEventListener("htmx-before-swap", () => {
		updating = true
		requestAnimationFrame(() => { updating = false }) // before all else that waits for this frame
	})
	const note = name => { updating ? asked.push(name) : later++ }
	const spy = (of, ...names) => names.forEach(name => {
		const was = Object.getOwnPropertyDescriptor(of.prototype, name)
		for (const kind of ["value", "get", "set"]) {
			const own = was[kind]
			if (own) was[kind] = function (...given) { note(name); return own.apply(this, given) }
		}
		Object.defineProperty(of.prototype, name, was)
	})
	spy(Element, "getBoundingClientRect", "getClientRects", "checkVisibility", "scrollIntoView", "scrollTop", "scrollLeft", "scrollHeight", "scrollWidth", "clientHeight", "clientWidth")
	spy(HTMLElement, "offsetTop", "offsetLeft", "offsetHeight", "offsetWidth", "innerText")
	spy(SVGGraphicsElement, "getBBox", "getScreenCTM")
	spy(SVGGeometryElement, "getPointAtLength", "getTotalLength")
})()`

func TestNothingMeasuresANewStepBeforeItIsDrawn(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for _, v := range []View{{}, {ReducedMotion: true}, {Width: 390, Height: 844}} {
			b := with.sit(t, startApp(t), v)
			b.Login("momo", "123")
			b.Eval(noteMeasuring)
			b.Set("colour", "teal")
			if asked := eval[[]string](b.Page, `asked`); len(asked) > 0 {
				t.Errorf("at %dx%d (calm: %t), an update asks for %s before it is drawn", v.Width, v.Height, v.ReducedMotion, strings.Join(asked, ", "))
			}
			if eval[int](b.Page, `later`) == 0 {
				t.Error("nothing is noted although the player looks for what changed")
			}
		}
	})
}
