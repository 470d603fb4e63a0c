package e2e

import "testing"

// On a phone, a link to the event that decided a run lands with that event and its sentence
// in sight, and the value that decided does not widen the page. With scripts, so does any
// address of an event.
func TestADecidingEventIsInSightOnAPhone(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Go("/en/experiments/guessing")
		b.Click("button[name=skip]")
		b.Await(`document.getElementById("verdict")`)
		const inSight = `[document.querySelector(".dia-c .is-now"), document.querySelector(".say")].every(e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })`
		for name, v := range map[string]View{
			"with scripts": {Width: 390, Height: 844, ReducedMotion: true}, "without scripts": {Width: 390, Height: 844, NoScript: true},
		} {
			p := b.Tab(v)
			p.Go("/en/lab?step=1&event=6#h-flow")
			p.Await(inSight)
			inShape(t, p, name)
			if !v.NoScript {
				p.Go("/en/lab?step=1&event=6")
				p.Await(inSight)
			}
		}
	})
}
