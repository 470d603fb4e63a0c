package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// The keys of the bench, as its own list names them.

const (
	presented = `("present" in document.documentElement.dataset)`
	blanked   = `("blank" in document.body.dataset)`
	theme     = `(document.documentElement.dataset.theme ?? "auto")`
	helped    = `document.getElementById("keys").open`
)

// A keyTest has keys of the list do what it says, from the result of step 2 of 3.
type keyTest struct {
	kbd  []string // as the list writes them
	keys []string // pressed one after the other, until wants holds after each
	want []string
}

// Each ends as it began, but for the last.
func keyTests(last int) []keyTest {
	step := func(n int) string { return fmt.Sprintf(settled, n) }
	event := func(n int) string { return fmt.Sprintf("%s === %d", at, n) }
	return []keyTest{
		{[]string{"←", "→"}, []string{"ArrowLeft", "ArrowLeft", "ArrowRight", "ArrowRight"}, []string{event(last - 1), event(last - 2), event(last - 1), event(last)}},
		{[]string{"Space"}, []string{" ", " ", "ArrowLeft"}, []string{`document.getElementById("player").playing && ` + at + ` > 0`, `!document.getElementById("player").playing`, "true"}},
		{[]string{"↑", "↓"}, []string{"ArrowUp", "ArrowDown", "ArrowDown", "ArrowUp"}, []string{step(1), step(2), step(3), step(2)}},
		{[]string{"PgUp", "PgDn"}, []string{"PageUp", "PageDown", "PageDown", "PageUp"}, []string{step(1), step(2), step(3), step(2)}},
		{[]string{"Home", "End"}, []string{"Home", "End", "ArrowUp"}, []string{step(1), step(3), step(2)}},
		{[]string{"F"}, []string{"f", "f", "f"}, []string{presented, "!" + presented, presented}},
		{[]string{"Esc"}, []string{"Escape"}, []string{"!" + presented}},
		unfolds("M", "kept"), unfolds("V", "server"), unfolds("S", "settings"), unfolds("E", "terminal"),
		{[]string{"X", "R", "C"}, []string{"x", "r", "c", "Escape"}, []string{open("transcript"), open("raw"), open("code-drawer"), "!(" + open("code-drawer") + ")"}},
		{[]string{"H"}, []string{"h", "h"}, []string{`!document.querySelector(".next")`, `document.querySelector(".next")`}},
		{[]string{"N"}, []string{"n", "n"}, []string{`document.querySelectorAll(".often[open]").length === 2`, `!document.querySelector(".often[open]")`}},
		{[]string{"I"}, []string{"i"}, []string{`location.pathname === "/en/inspect" && document.getElementById("result") && document.readyState === "complete"`}},
		{[]string{"B", "."}, []string{"b", "x", ".", "ArrowRight"}, []string{blanked, "!" + blanked, blanked, "!" + blanked + " && " + event(last)}},
		{[]string{"?"}, []string{"?", "Escape"}, []string{helped, "!" + helped}},
		{[]string{"T"}, []string{"t", "t", "t"}, []string{theme + ` === "light"`, theme + ` === "dark"`, theme + ` === "auto"`}},
		{[]string{"L"}, []string{"l"}, []string{`location.pathname === "/zh/lab" && ` + step(2)}},
	}
}

// open is the condition that details are.
func open(id string) string { return fmt.Sprintf(`document.getElementById(%q).open`, id) }

func unfolds(kbd, id string) keyTest {
	return keyTest{[]string{kbd}, []string{strings.ToLower(kbd), strings.ToLower(kbd)}, []string{fmt.Sprintf(unfolded, id), "!" + open(id)}}
}

// threeSteps sits at the result of the second of three steps, with the focus in
// no field.
func (with *browser) threeSteps(t *testing.T) *Bench {
	t.Helper()
	b := with.sit(t, startApp(t), View{ReducedMotion: true})
	b.Login("momo", "123")
	b.Set("colour", "teal")
	b.Set("colour", "olive")
	b.Go("/en/lab?step=2")
	b.Await(fmt.Sprintf(settled, 2))
	return b
}

func TestEveryKeyOfTheListDoesWhatItSays(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.threeSteps(t)
		listed := make(map[string]bool)
		b.Key("?")
		b.Await(helped)
		for _, k := range eval[[]string](b.Page, `[...document.querySelectorAll("#keys kbd")].map(e => e.textContent)`) {
			listed[k] = true
		}
		b.Key("Escape")
		b.Await("!" + helped)
		for _, tt := range keyTests(len(b.Step(2).Events) + 1) {
			playing := tt.kbd[0] == "Space"
			if playing {
				b.StopClock()
			}
			for i, k := range tt.keys {
				b.Key(k)
				if playing {
					b.Tick()
				}
				b.Await(tt.want[i])
			}
			for _, k := range tt.kbd {
				if !listed[k] {
					t.Errorf("the list of keys lacks %s", k)
				}
				delete(listed, k)
			}
			if playing {
				b.Reload() // from wherever it played to
			}
			if playing || tt.kbd[0] == "I" {
				b.Go("/en/lab?step=2")
				b.Await(fmt.Sprintf(settled, 2))
			}
		}
		delete(listed, "0") // which needs two browsers: TestACopiedCookieIsSeenInBothJars
		if len(listed) > 0 {
			t.Errorf("not tried are the keys %v", slices.Sorted(maps.Keys(listed)))
		}
	})
}

// stateOfKeys is all that keys change.
const stateOfKeys = `JSON.stringify([location.href, ` + at + `, document.getElementById("player").playing, ` + presented + `, ` + blanked + `, ` + theme + `, ` + helped + `, document.querySelectorAll("details[open], .next").length])`

// idle fails the test when keys that are shortcuts change anything.
func (b *Bench) idle(when string) {
	b.t.Helper()
	was := eval[string](b.Page, stateOfKeys)
	b.Type("fFbB.tTlL?mMsSeEhHnNiIxXrRcC ")
	b.Key("ArrowLeft", "ArrowRight", "ArrowLeft", "Home", "End", "PageUp", "PageDown")
	b.Eval(nextFrame)
	if now := eval[string](b.Page, stateOfKeys); now != was {
		b.t.Errorf("%s: keys turned %s into %s", when, was, now)
	}
}

func TestKeysAreTextWhileTyping(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.threeSteps(t)
		b.Fill("#set [name=value]", "")
		b.idle("in a field")
		if got := eval[string](b.Page, `document.activeElement.value`); got != "fFbB.tTlL?mMsSeEhHnNiIxXrRcC " {
			t.Errorf("the field has %q; want what was typed", got)
		}
	})
}

func TestKeysCanBeSwitchedOff(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.threeSteps(t)
		b.Click("[data-keys]")
		b.Await(helped)
		b.Click("#keys-on")
		b.Click("#keys .btn-1")
		b.Await("!" + helped)
		b.Click(".pane-h h2")
		b.idle("switched off")
		b.Reload()
		b.Await(fmt.Sprintf(settled, 2))
		b.idle("switched off, and loaded anew")
		b.TabTo(".stage") // where arrows are no single-key shortcuts of the page
		b.Key("ArrowLeft")
		b.Await(fmt.Sprintf("%s === %d", at, len(b.Step(2).Events)))
		b.Click("[data-keys]")
		b.Await(helped)
		b.Click("#keys-on")
		b.Key("Escape", "f")
		b.Await(presented)
	})
}
