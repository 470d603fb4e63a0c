package e2e

import (
	"fmt"
	"slices"
	"testing"
)

// A stop is where Tab has led to.
type stop struct {
	I       int    // among what can be focused and is seen
	Name    string // for messages
	Visible string // why the focus cannot be seen, or ""
	Left    bool   // the page, for what the browser has around it
}

// names marks what Tab must reach, in the order of the document.
const nameStops = `(() => {
	const can = "a[href], button, input:not([type=hidden]), select, summary, [tabindex='0']"
	const seen = [...document.querySelectorAll(can)].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled)
	seen.forEach((e, i) => { e.stop = i })
	return seen.map(e => e.outerHTML.slice(0, 90))
})()`

// whereAmI is told a frame later: with less motion asked for, what moves into
// sight takes one.
const whereAmI = nextFrame + `.then(() => {
	const e = document.activeElement, r = e.getBoundingClientRect()
	let ringed = null
	for (let up = e; up && up !== document.body && !ringed; up = up.parentElement) {
		const s = getComputedStyle(up)
		if (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) ringed = up
	}
	let why = ""
	if (!ringed) why = "no outline"
	else if (r.right <= 0 || r.bottom <= 0 || r.left >= innerWidth || r.top >= innerHeight) why = "out of sight"
	return {Left: e === document.body, I: e.stop ?? -1, Name: e.outerHTML.slice(0, 90), Visible: why}
})`

func TestTabReachesEverythingInOrderAndIsSeen(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Go("/en/lab?step=1")
		all := eval[[]string](b.Page, nameStops)
		reached := make([]int, 0, len(all))
		for range len(all) + 20 {
			b.Key("Tab")
			s := eval[stop](b.Page, whereAmI)
			if s.Left || slices.Contains(reached, s.I) {
				break // through, and round again
			}
			if s.Visible != "" {
				t.Errorf("the focus is not seen (%s) at %s", s.Visible, s.Name)
			}
			if s.I >= 0 { // else it is a pane to be scrolled by keys
				reached = append(reached, s.I)
			}
		}
		for i, name := range all {
			if !slices.Contains(reached, i) {
				t.Errorf("Tab does not reach %s", name)
			}
		}
		if !slices.IsSorted(reached) {
			t.Errorf("Tab goes %v; want the order of the document", reached)
		}
	})
}

// The whole job by keys alone, from the front page on.
func TestTheKeyboardAloneDoesTheJob(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		app := startApp(t)
		b := &Bench{Page: with.page(t, app.URL, View{ReducedMotion: true}), server: app, lang: "en"}
		b.Go("/en/")
		b.TabTo(`.places-h a[href$="/lab"]`)
		b.Key("Enter")
		b.sitDown()

		b.TabTo("#login select")
		b.Type("alice")
		b.Key("Tab")
		b.Await(`document.activeElement.value === "rabbit"`) // the account's password is filled in
		b.Key("Enter")
		b.Arrive()
		b.True(values{"uname": "alice"})

		b.TabTo("#set [name=value]")
		b.Key("Ctrl+a")
		b.Type("navy")
		b.Key("Enter")
		b.Arrive()
		b.True(values{"uname": "alice", "colour": "navy"})

		b.TabTo("#bare .switch")
		b.Key(" ")
		b.Arrive()
		b.True(values{"uname": "alice", "colour": "navy", "_permanent": true})

		b.TabTo(`#set button[formaction$="/pop"]`)
		b.Key("Enter")
		b.Arrive()
		b.True(values{"uname": "alice", "_permanent": true})

		b.stepsByKeys()
		b.panelsByKeys()
		b.TabTo(`button[formaction$="/logout"]`)
		b.Key("Enter")
		b.Arrive()
		b.True(nil)
	})
}

// TabTo presses Tab until the focus is there, and turns round at the end of the
// page.
func (p *Page) TabTo(selector string) {
	p.t.Helper()
	where := fmt.Sprintf(`document.activeElement?.matches(%q) ? "there" : document.activeElement === document.body ? "left" : ""`, selector)
	tab := "Tab"
	for presses := range 150 {
		switch eval[string](p, where) {
		case "there":
			return
		case "left":
			if presses > 0 {
				tab = "Shift+Tab"
			}
		}
		p.Key(tab)
	}
	p.t.Fatalf("Tab does not lead to %s", selector)
}

// stepsByKeys goes through the events with the arrows, and to another step.
func (b *Bench) stepsByKeys() {
	b.t.Helper()
	const at = `document.getElementById("player").at`
	b.TabTo(".stage")
	end := eval[int](b.Page, at)
	b.Key("ArrowLeft", "ArrowLeft", "ArrowRight")
	if got := eval[int](b.Page, at); got != end-1 {
		b.t.Errorf("two events back and one on = %d; want %d", got, end-1)
	}
	b.TabTo("[data-act=seek]")
	b.Key("Home")
	b.Await(at + ` === 0`)
	b.TabTo("#step-first")
	b.Key("Enter")
	b.Await(fmt.Sprintf(settled, 1))
	b.Await(`document.activeElement.id === "step-first"`) // though it leads nowhere now
	b.TabTo("#step-last")
	b.Key("Enter")
	b.Await(fmt.Sprintf(settled, b.N))
}

// unfolded is the condition that details are open, with what they fetch.
const unfolded = `(d => d.open && (!d.querySelector("[data-fetch]") || d.querySelector("form, ol a, pre")))(document.getElementById(%q))`

// unfold opens details, and waits for what they fetch.
func (b *Bench) unfold(id string) {
	b.t.Helper()
	b.Click("#" + id + " > summary")
	b.Await(fmt.Sprintf(unfolded, id))
}

// panelsByKeys opens what unfolds, and closes it with Escape.
func (b *Bench) panelsByKeys() {
	b.t.Helper()
	for _, id := range []string{"settings", "terminal", "transcript", "raw"} {
		summary := "#" + id + " > summary"
		b.TabTo(summary)
		b.Key("Enter")
		b.Await(fmt.Sprintf(unfolded, id))
		b.Key("Tab")
		if !eval[bool](b.Page, `document.getElementById("`+id+`").contains(document.activeElement)`) {
			b.t.Errorf("Tab from the open %s does not lead into it", id)
		}
		b.Key("Escape")
		b.Await(`!document.getElementById("` + id + `").open && document.activeElement.matches("` + summary + `")`)
	}
}
