package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// The diagram, as it is drawn: where the names of its lanes are, and how large and
// how far its words reach.

// diagramFaults lists what is wrong with the diagram that is seen; %g is the least
// height of its letters in pixels, %t whether all of its first event is to be seen.
const diagramFaults = `((least, first) => {
	const box = e => e.getBoundingClientRect()
	const stage = document.querySelector(".stage"), dia = [...stage.querySelectorAll(".dia")].filter(e => e.checkVisibility())
	if (dia.length !== 1) return [dia.length + " diagrams are shown"]
	const bad = [], heads = box(dia[0].querySelector(".heads")), rows = box(dia[0].querySelector(".rows")), s = box(stage)
	const lives = [...dia[0].querySelectorAll(".life")].map(e => box(e)).map(b => b.left + b.width / 2)
	const top = getComputedStyle(stage).overflowY === "auto" ? s.top : Math.max(s.top, 0)
	if (Math.abs(heads.top - top) > 2 && heads.bottom < s.bottom - 2) bad.push("the names of the lanes are at y = " + heads.top + "; want them at the top, " + top)
	if (stage.scrollTop === 0 && Math.abs(rows.top - heads.bottom) > 1 && s.top >= 0) bad.push("the rows begin at " + rows.top + "; want them below the names, at " + heads.bottom)
	;[...dia[0].querySelectorAll(".lane")].forEach((e, i) => {
		const b = box(e), name = box(e.nextElementSibling)
		if (lives[i] < b.left + 4 || lives[i] > b.right - 4) bad.push("lifeline " + i + " is at x = " + lives[i] + "; want it below its name, from " + b.left + " to " + b.right)
		if (name.left < b.left || name.right > b.right) bad.push(e.nextElementSibling.textContent + " is wider than its box")
	})
	for (const ev of dia[0].querySelectorAll(".ev")) {
		const job = ev.querySelector(".job"), line = !job && box(ev.querySelector(".arrow"))
		const at = line && [Math.min(line.left, line.right), Math.max(line.left, line.right)]
		const from = job ? box(job).left : Math.max(...lives.filter(x => x < (at[0] + at[1]) / 2)), to = job ? box(job).right : Math.min(...lives.filter(x => x > (at[0] + at[1]) / 2))
		for (const text of ev.querySelectorAll(":scope > text:not(.num)")) {
			const b = box(text)
			if (b.left < from || b.right > to) bad.push(text.textContent + " spans " + b.left + " to " + b.right + "; want it within " + from + " to " + to)
		}
	}
	for (const text of dia[0].querySelectorAll("text, tspan")) {
		const px = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a
		if ((text.matches("tspan") || !text.children.length) && px < least) bad.push(text.textContent + " is " + px.toFixed(1) + " px high; want " + least)
	}
	const one = box(dia[0].querySelector(".ev .band"))
	if (first && (one.top < heads.bottom - 1 || one.bottom > s.bottom)) bad.push("the first event is at " + one.top + " to " + one.bottom + "; want it in sight")
	return bad
})(%g, %t)`

// wellDrawn fails the test for each fault of the diagram.
func (b *Bench) wellDrawn(when string, least float64, first bool) {
	b.t.Helper()
	b.Eval(nextFrame)
	for _, bad := range eval[[]string](b.Page, fmt.Sprintf(diagramFaults, least, first)) {
		b.t.Errorf("%s, %s: %s", b.lang, when, bad)
	}
}

func TestTheDiagramIsReadAtAnySize(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		laptop := View{ReducedMotion: true}
		for _, lang := range []string{"en", "zh-CN"} {
			if lang == "zh-CN" && with == firefox && !allBrowsers {
				continue
			}
			v := View{Lang: lang, ReducedMotion: true}
			b := with.sit(t, startApp(t), v)
			b.Login("momo", "123")
			b.Set("colour", strings.Repeat("青色 teal ", 40))
			b.Login("alice", "rabbit")
			b.Logout()
			for n := 1; n <= b.N; n++ {
				b.Look(laptop)
				b.Go(fmt.Sprintf("/%s/lab?step=%d", b.lang, n))
				b.Await(fmt.Sprintf(settled, n))
				b.wellDrawn(fmt.Sprint("step ", n, " at 1280x720"), 12, true)
				b.Look(View{Width: 390, Height: 844, ReducedMotion: true})
				b.wellDrawn(fmt.Sprint("step ", n, " at 390x844"), 11, false)
				b.Look(projector)
				b.Go(fmt.Sprintf("/%s/lab?step=%d&present", b.lang, n))
				b.Await(presented)
				b.wellDrawn(fmt.Sprint("step ", n, " projected"), 22, true)
			}
		}
	})
}

func TestTheNamesOfTheLanesStayOnTopAsTheWindowChanges(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Set("colour", "teal")
		b.Logout()
		sizes := func(when string) {
			t.Helper()
			for _, size := range [][2]int64{{1280, 720}, {1920, 1080}, {800, 600}, {853, 480}, {1024, 640}, {390, 844}, {1920, 700}, {1280, 720}} {
				b.Look(View{Width: size[0], Height: size[1], ReducedMotion: true})
				b.wellDrawn(fmt.Sprint(when, " at ", size), 0, false)
			}
		}
		sizes("at the result")
		b.Key("f")
		b.Await(presented)
		sizes("projected")
		b.Key("ArrowLeft") // the last event, scrolled to
		b.Await(fmt.Sprintf("%s === %d", at, len(b.Step(3).Events)))
		sizes("projected, at the last event")
		b.Key("f")
		b.Await("!" + presented)
		sizes("at the last event")
	})
}

// All steps are drawn at one scale, from one height on: nothing moves from step to
// step, nor from sentence to sentence.
func TestNothingJumpsFromStepToStep(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		for _, lang := range []string{"en", "zh-CN"} {
			b := with.sit(t, startApp(t), View{Lang: lang, ReducedMotion: true})
			b.Login("momo", "123")
			b.Set("colour", "teal")
			b.Login("alice", "rabbit")
			b.Logout()
			// Where things are; of the diagram only as long as it is not scrolled.
			const places = `[".heads", ".bar", ".transport", "#pane-store", ".rows .ev"].map(s => {
				const {left, top} = [...document.querySelectorAll(s)].find(e => e.checkVisibility()).getBoundingClientRect()
				return s + " at " + Math.round(left) + ", " + (s === ".rows .ev" && document.querySelector(".stage").scrollTop ? "scrolled" : Math.round(top))
			}).join("; ")`
			want := eval[string](b.Page, places)
			for n := 1; n <= 4; n++ {
				b.Go(fmt.Sprintf("/%s/lab?step=%d", b.lang, n))
				b.Await(fmt.Sprintf(settled, n))
				if got := eval[string](b.Page, places); got != want {
					t.Errorf("%s: step %d has %s; want what step 4 has, %s", lang, n, got, want)
				}
				const bar = `document.querySelector(".bar").getBoundingClientRect().top`
				top := eval[float64](b.Page, bar)
				for range b.Step(n).Events {
					b.Key("ArrowLeft")
					if now := eval[float64](b.Page, bar); now != top {
						t.Errorf("%s: the sentence %q moves its bar from %g to %g", lang, b.Text(".say-text"), top, now)
					}
				}
			}
		}
	})
}

// Where the page scrolls, the names of all three lanes stay in sight beside each other, and
// leave with the diagram.
func TestTheNamesOfTheLanesStayInSightOnAPhone(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{Width: 390, Height: 600, ReducedMotion: true})
		b.Login("momo", "123")
		const tops = `["#server > summary", ".dia-c .by-browser .lane", ".dia-c .by-store .lane"].map(s => Math.round(document.querySelector(s).getBoundingClientRect().bottom))`
		b.Eval(`document.querySelector(".dia-c .ev:nth-of-type(7)").scrollIntoView({ block: "start", behavior: "instant" })`)
		b.Await(`scrollY > 0`)
		for i, bottom := range eval[[]float64](b.Page, tops) {
			if bottom < 20 || bottom > 50 {
				t.Errorf("amid the diagram, name %d of the lanes ends at y = %g; want it in sight at the top", i+1, bottom)
			}
		}
		b.Eval(`document.querySelector(".transport").scrollIntoView({ block: "start", behavior: "instant" })`)
		b.Await(`document.querySelector(".transport").getBoundingClientRect().top < 5`)
		if eval[bool](b.Page, `(r => !!document.elementFromPoint((r.left + r.right) / 2, (r.top + r.bottom) / 2)?.closest("#server"))(document.querySelector("#server > summary").getBoundingClientRect())`) {
			t.Error("below the diagram, the server's name lies over the player; want it out of sight")
		}
	})
}
