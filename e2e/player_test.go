package e2e

import (
	"fmt"
	"maps"
	"testing"
)

// The events of a step, played forward and back, with both panes following.

// sides is what the two panes show to the eye at the player's position. A value
// that is struck through is gone.
type sides struct {
	Cookie, Key string
	Values      map[string]string
}

const readSides = `(() => {
	const all = s => [...document.querySelectorAll(s)]
	const seen = e => e.checkVisibility({visibilityProperty: true}) && getComputedStyle(e.closest("del") ?? e).textDecorationLine !== "line-through"
	const raw = pane => all(pane + " code.raw").find(seen)?.textContent ?? ""
	const value = tr => [...tr.querySelectorAll("td code")].findLast(seen)?.textContent
	return {
		Cookie: raw("#pane-browser"), Key: raw("#pane-store"),
		Values: Object.fromEntries(all("#pane-store .rows tbody tr").map(tr => [tr.querySelector("th").textContent, value(tr)]).filter(([, v]) => v !== undefined)),
	}
})()`

// at is the player's position, and end the last one: the result.
const (
	at  = `document.getElementById("player").at`
	end = `document.getElementById("player").end`
)

// sides are what the step's JSON says of before or after.
func (s Sides) seen() sides {
	shown := sides{Values: make(map[string]string)}
	if s.Cookie != nil {
		shown.Cookie = s.Cookie.Raw
	}
	if s.Record != nil {
		shown.Key = s.Record.Key
		for k, v := range s.Record.Values {
			shown.Values[k] = asJSON(v)
		}
	}
	return shown
}

func (s sides) equal(t sides) bool {
	return s.Cookie == t.Cookie && s.Key == t.Key && maps.Equal(s.Values, t.Values)
}

// event returns the number of the first event of one of the kinds, or one that
// never comes.
func (s Step) event(kinds ...string) int {
	for i, e := range s.Events {
		for _, kind := range kinds {
			if e.Kind == kind {
				return i + 1
			}
		}
	}
	return len(s.Events) + 2
}

// expected is what the panes show at a position: what was, until the store has
// saved and the browser has taken it.
func (s Step) expected(position int) sides {
	shown, after := s.Before.seen(), s.After.seen()
	if position >= s.event("save.done", "delete.done") || position > len(s.Events) {
		shown.Key, shown.Values = after.Key, after.Values
	}
	if position >= s.event("cookie.stored", "cookie.replaced", "cookie.deleted") || position > len(s.Events) {
		shown.Cookie = after.Cookie
	}
	return shown
}

func TestAVisitorPlaysALoginForwardAndBack(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.arrive(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.played(b.True(values{"uname": "momo"}))
		b.Set("colour", "teal")
		b.Set("colour", "olive")
		b.played(b.True(values{"uname": "momo", "colour": "olive"}))
		b.Pop("colour")
		b.played(b.True(values{"uname": "momo"}))
		b.Logout()
		b.played(b.True(nil))
	})
}

// played goes through a step that shows its result: back with the mouse and
// forward with the keys, or the other way round.
func (b *Bench) played(s Step) {
	b.t.Helper()
	last := len(s.Events) + 1
	back, on := func() { b.Click("[data-act=prev]") }, func() { b.Key("ArrowRight") }
	if s.N%2 == 0 {
		back, on = func() { b.Key("ArrowLeft") }, func() { b.Click("[data-act=next]") }
	}
	b.Click(".say") // so that keys are not for a field
	for position := last; position > 0; position-- {
		b.shows(s, position)
		back()
	}
	for position := range last {
		b.shows(s, position)
		on()
	}
	b.shows(s, last)
}

// shows fails the test unless the player is at a position, and the panes are.
func (b *Bench) shows(s Step, position int) {
	b.t.Helper()
	got := eval[struct {
		At     int
		Panes  sides
		Marked []int // in the transcript
	}](b.Page, `({At: `+at+`, Panes: `+readSides+`, Marked: [...document.querySelectorAll(".transcript li")].flatMap((e, i) => e.matches(".is-now") ? [i + 1] : [])})`)
	if got.At != position {
		b.t.Fatalf("step %d: the player is at %d; want %d", s.N, got.At, position)
	}
	if want := s.expected(position); !got.Panes.equal(want) {
		b.t.Errorf("step %d (%s) at event %d: the panes show %+v; want %+v", s.N, s.Op, position, got.Panes, want)
	}
	if 0 < position && position <= len(s.Events) && (len(got.Marked) != 1 || got.Marked[0] != position) {
		b.t.Errorf("step %d at event %d: the transcript marks %v", s.N, position, got.Marked)
	}
}

func TestThePositionIsInTheAddress(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Set("colour", "teal")
		b.Click(`.chip[href="?step=1"]`)
		b.Await(fmt.Sprintf(settled, 1))
		stands := func(step, event int) {
			t.Helper()
			b.Await(fmt.Sprintf(`location.search === "?step=%d&event=%d" && document.readyState === "complete" && %s === %[2]d`, step, event, at))
		}
		b.Click(`.dia:not([hidden]) .ev[data-n="3"] .ti`)
		stands(1, 3)
		b.Click("[data-act=next]")
		stands(1, 4)
		b.Reload()
		stands(1, 4)
		b.Click(`.chip[href="?step=2"]`)
		b.Await(fmt.Sprintf(settled, 2))
		b.Eval(`history.back()`)
		stands(1, 4)
		b.Click("[data-act=next]") // and at once to another step, and back
		b.Click(`.chip[href="?step=2"]`)
		b.Await(fmt.Sprintf(settled, 2))
		b.Eval(`history.back()`)
		stands(1, 5)
		b.Click("[data-act=seek]") // in its middle, wherever that is
		b.Key("Home")
		stands(1, 0)
		b.Reload()
		stands(1, 0)
		if got := b.Text(".say-text"); got == b.Step(1).Lesson {
			t.Errorf("before the first event the page says the lesson, %q", got)
		}
		for _, path := range []string{"/en/lab?step=2&event=2", "/zh/lab?step=1&event=0"} {
			b.Go(path)
			b.Await(`location.pathname + location.search === "` + path + `"`)
			if shown := b.Text(".count"); shown[0] != path[len(path)-1] {
				t.Errorf("%s shows event %s", path, shown)
			}
		}
	})
}

// The client of a step, and what a step is about, light up in both panes.
func TestEventsAndPanesLightEachOther(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		const shadow = `getComputedStyle(document.getElementById(%q)).boxShadow !== "none"`
		const fill = `(e => getComputedStyle(e).fill + getComputedStyle(e).stroke)([...document.querySelectorAll(".ev[data-c=%s]:not(.is-future) .band")].find(e => e.checkVisibility()))`
		for _, tt := range []struct{ pane, about string }{{"pane-browser", "cookie"}, {"pane-store", "record"}} {
			b.Hover(".brand")
			b.Await("!(" + fmt.Sprintf(shadow, tt.pane) + ")")
			b.Hover(`.ev[data-c="` + tt.about + `"] .ti`)
			b.Await(fmt.Sprintf(shadow, tt.pane))
			b.Hover(".brand")
			dark := eval[string](b.Page, fmt.Sprintf(fill, tt.about))
			b.Hover("#" + tt.pane + " .pane-h h2")
			b.Await(fmt.Sprintf(fill, tt.about) + " !== " + asJSON(dark))
			b.Hover(".brand")
			b.Await(fmt.Sprintf(fill, tt.about) + " === " + asJSON(dark))
			b.TabTo("#" + tt.pane + " summary")
			b.Await(fmt.Sprintf(fill, tt.about) + " !== " + asJSON(dark))
			b.TabTo("#step-first")
			b.Await(fmt.Sprintf(fill, tt.about) + " === " + asJSON(dark))
		}
	})
}

func TestTheCodeFollowsTheEvents(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Set("colour", "teal")
		const shown = `[...document.querySelectorAll("#code-drawer .code-event")].filter(e => e.checkVisibility()).map(e => Number(e.dataset.n))`
		const fetched = `performance.getEntriesByType("resource").filter(e => e.name.endsWith("/code")).map(e => e.name.match(/steps\/(\d+)/)[1]).join()`
		b.Click("#code-drawer > summary")
		b.Await(shown + `.length > 2`)
		all := eval[[]int](b.Page, shown)
		b.Key("ArrowLeft")
		for position := len(b.Step(2).Events); position > 0; position-- {
			want := "[]"
			for _, n := range all {
				if n == position {
					want = fmt.Sprintf("[%d]", n)
				}
			}
			if got := asJSON(eval[[]int](b.Page, shown)); got != want {
				t.Errorf("at event %d the code of %s is shown; want %s", position, got, want)
			}
			if none := eval[bool](b.Page, `document.getElementById("code-none").checkVisibility()`); none != (want == "[]") {
				t.Errorf("at event %d the page says that there is no code: %t", position, none)
			}
			b.Key("ArrowLeft")
		}
		if got := eval[string](b.Page, fetched); got != "2" {
			t.Errorf("the code was fetched for the steps %q; want 2, once", got)
		}
		b.Key("ArrowUp")
		b.Await(fmt.Sprintf(settled, 1))
		b.Await(shown + `.length > 2`)
		if got := eval[string](b.Page, fetched); got != "2,1" {
			t.Errorf("the code was fetched for the steps %q; want 2 and 1, once each", got)
		}
		b.Click("#code-drawer > summary")
		b.Click("#code-drawer > summary")
		b.Await(shown + `.length > 2`)
		if got := eval[string](b.Page, fetched); got != "2,1" {
			t.Errorf("the code was fetched for the steps %q; want 2 and 1, once each", got)
		}
	})
}
