package e2e

import (
	"fmt"
	"testing"
)

// What scripts add: the page is updated in part and stays the same document.

const origin = `String(performance.timeOrigin) + " " + performance.getEntriesByType("navigation").length`

func TestOnePageIsLoadedAndThenUpdated(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		loaded := eval[string](b.Page, origin)
		b.Login("momo", "123")
		b.Set("colour", "teal")
		b.Permanent()
		b.Click(`.chip[href="?step=2"]`)
		b.Await(fmt.Sprintf(settled, 2))
		b.Click("#step-next")
		b.Await(fmt.Sprintf(settled, 3))
		if now := eval[string](b.Page, origin); now != loaded {
			t.Errorf("document after five updates = %q; want %q: one navigation only", now, loaded)
		}
		title := eval[string](b.Page, `document.title`)
		b.Reload()
		if again := eval[string](b.Page, `document.title`); again != title {
			t.Errorf("title after an update = %q; loaded anew it is %q", title, again)
		}
	})
}

func TestWithoutScriptsEachStepIsAPage(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{NoScript: true})
		loaded := eval[string](b.Page, origin)
		b.Login("momo", "123")
		if now := eval[string](b.Page, origin); now == loaded {
			t.Error("the form did not load a page; is JavaScript off?")
		}
		if got := b.Step(1).Response.Status; got != 303 {
			t.Errorf("status of the form's answer = %d; want 303", got)
		}
	})
}

func TestFocusAndTextStayInTheField(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		const field = `(e => [e.name, e.value, e.selectionStart].join(" "))(document.activeElement)`
		b.Fill("#set [name=value]", "olive")
		for range 2 {
			b.Key("Enter")
			b.Arrive()
			if got := eval[string](b.Page, field); got != "value olive 5" {
				t.Errorf("after Enter in the value the focus is at %q; want %q", got, "value olive 5")
			}
		}
		b.Key("s", "Enter")
		b.Arrive()
		b.True(values{"colour": "olives"})
	})
}

func TestBackAndForwardShowTheirSteps(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Set("colour", "teal")
		b.Set("colour", "olive")
		for _, tt := range []struct {
			press  string
			n      int
			colour string
		}{{"back", 2, `"teal"`}, {"back", 1, ""}, {"forward", 2, `"teal"`}, {"forward", 3, `"olive"`}} {
			b.Eval(`history.` + tt.press + `()`)
			b.Await(fmt.Sprintf(settled, tt.n))
			if got := b.Panes().Values["colour"]; got != tt.colour {
				t.Errorf("after %s to step %d the colour is %q; want %q", tt.press, tt.n, got, tt.colour)
			}
		}
		b.Set("colour", "plum") // the page still works
		b.True(values{"uname": "momo", "colour": "plum"})
	})
}

func TestAnAddressLeadsToItsStep(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Set("colour", "teal")
		tab := b.Tab(View{})
		tab.Go("/zh/lab?step=1")
		tab.Await(fmt.Sprintf(settled, 1))
		if got := eval[string](tab, `document.documentElement.lang`); got != "zh-Hans" {
			t.Errorf("language = %q; want zh-Hans", got)
		}
		tab.Click("#tools a[hreflang]")
		tab.Await(`location.pathname === "/en/lab" && ` + fmt.Sprintf(settled, 1))
	})
}

// The panes show the old state until the event that changes it.
func TestPanesFollowThePlayer(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		cookie := b.Panes().Cookie
		b.Click(".stage")
		for range 40 {
			b.Key("ArrowLeft")
		}
		if got := b.Panes(); got.Cookie != "" || got.Key != "" {
			t.Errorf("before the first event the panes show cookie %q, key %q; want none", got.Cookie, got.Key)
		}
		var appeared []string // in this order: the store saves before the browser is told
		for last := ""; len(appeared) < 3; {
			b.Key("ArrowRight")
			p := b.Panes()
			now := fmt.Sprint(p.Cookie == cookie, p.Key != "")
			if now != last {
				appeared, last = append(appeared, now), now
			}
			if eval[bool](b.Page, `(p => p.at === p.end)(document.getElementById("player"))`) {
				break
			}
		}
		if want := "[false false false true true true]"; fmt.Sprint(appeared) != want {
			t.Errorf("(cookie, record) while stepping = %v; want %s", appeared, want)
		}
	})
}

func TestANewStepPlaysItselfToItsResult(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{})
		b.Fill("#login input", "123")
		b.StopClock()
		b.Click("#login button")
		const player = `document.getElementById("player")`
		b.Await(player + `?.playing && ` + player + `.at === 0`)
		b.Tick()
		b.Tick()
		b.Await(player + `.playing && ` + player + `.at === 2`)
		b.Click("[data-act=play]")
		b.Await(`!` + player + `.playing`)
		b.Click("[data-act=next]")
		b.Tick() // which nothing waits for
		at := eval[int](b.Page, player+`.at`)
		if live := eval[string](b.Page, `document.querySelector(".say").ariaLive`); at != 3 || live != "polite" {
			t.Errorf("paused and one event on: at %d, the sentence is aria-live %q; want 3 and polite", at, live)
		}
		b.Click("[data-act=play]")
		for range eval[int](b.Page, player+`.end`) - 3 {
			b.Await(player + `.playing`)
			b.Tick()
		}
		b.Await(`!` + player + `.playing && ` + player + `.at === ` + player + `.end`)
		b.N++
		b.Go("/en/lab?step=1") // a step that is not new shows its result
		b.Await(fmt.Sprintf(`document.querySelector('.chip[href="?step=1"][aria-current]') && %[1]s.at === %[1]s.end`, player))
	})
}

// An update brings a whole page, of which a part is put into this one: the rest must not
// make the browser load what that would show.
func TestAnUpdateLoadsNothingButItsPage(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Eval(`performance.clearResourceTimings()`)
		b.Set("colour", "teal")
		b.Set("colour", "olive")
		const loaded = `performance.getEntriesByType("resource").filter(r => !["fetch", "other"].includes(r.initiatorType)).map(r => r.initiatorType + " " + r.name)`
		if more := eval[[]string](b.Page, loaded); len(more) > 0 {
			t.Errorf("two updates load %q besides their pages", more)
		}
	})
}
