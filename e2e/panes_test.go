package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// What the panes say goes on being true while somebody looks at them, and what changed
// is in sight.

// later moves the browser's clock, and lets what waits for that come.
func (p *Page) later(seconds int) {
	p.t.Helper()
	p.Eval(fmt.Sprintf(`Date.now = (now => () => now() + %d)(Date.now)`, seconds*1000))
	p.Tick()
}

// limits is what both panes say of when the session ends.
const limits = `["#pane-browser", "#pane-store"].map(p => [...document.querySelectorAll(p + " .limit > span, " + p + " .limit .left")].filter(e => e.checkVisibility()).map(e => e.textContent.replace(/\s+/g, " ").trim()).at(-1))`

func TestALimitTurnsOverBeforeTheReadersEyes(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		for _, lang := range []string{"en", "zh"} {
			b := with.sit(t, startApp(t), View{ReducedMotion: true, Lang: map[string]string{"en": "en", "zh": "zh-CN"}[lang]})
			b.Click("#settings > summary")
			b.Click(`#settings-panel button[value="10s"]`)
			b.Await(`document.querySelector("#settings-panel .did")`)
			b.Key("Escape")
			b.Login("momo", "123")
			b.Eval(`Date.now = (now => () => now() + 3600e3)(Date.now)`) // a wrong clock is no matter
			b.Permanent()
			b.StopClock()
			b.Await(`globalThis.heldTimers.size > 0`) // the page has counted since
			if got := eval[[]string](b.Page, limits); got[0] != got[1] || !strings.ContainsAny(got[0], "123456789") {
				t.Errorf("%s: the panes say %q; want the same, and a time left", lang, got)
			}
			b.later(11)
			got := eval[[]string](b.Page, limits)
			want := map[string][]string{"en": {"the browser deletes it", "the server refuses the record"}, "zh": {"浏览器会删除它", "服务器不再接受这条记录"}}[lang]
			for i := range want {
				if !strings.Contains(got[i], want[i]) {
					t.Errorf("%s: after the end a pane says %q; want %q", lang, got[i], want[i])
				}
			}
			if live := eval[int](b.Page, `document.querySelectorAll("[aria-live] .limit, [role=status] .limit").length`); live != 0 {
				t.Errorf("%s: %d limits are announced at each second", lang, live)
			}
		}
	})
}

// inPane is the condition that the row of a key is within its pane, which is as high as
// the screen lets it be.
const inPane = `(() => {
	const row = [...document.querySelectorAll("#pane-store .rows tr")].find(tr => tr.querySelector("th").textContent.trim() === %q)?.getBoundingClientRect()
	const pane = document.querySelector("#pane-store").getBoundingClientRect()
	return row && row.top >= pane.top && row.bottom <= pane.bottom
})()`

func TestTheChangedRowIsInSightInItsPane(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Await(isLive)
		b.Eval(fmt.Sprintf(`void (async () => {
			for (let i = 10; i < 30; i++) await fetch(%q, {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams({key: "key" + i, value: i})})
		})()`, strings.TrimPrefix(b.Address, b.base)+"set"))
		b.N += 20
		b.Await(fmt.Sprintf(settled, b.N))
		b.Set("key28", "changed")
		b.Await(fmt.Sprintf(inPane, "key28"))
		b.Set("key12", "changed")
		b.Await(fmt.Sprintf(inPane, "key12"))
		if top := eval[float64](b.Page, `document.scrollingElement.scrollTop`); top != 0 {
			t.Errorf("the page was scrolled by %v; want only the pane", top)
		}
		b.Go(fmt.Sprintf("/en/lab?step=%d&present", b.N-1))
		b.Await(fmt.Sprintf(inPane, "key28"))
	})
}

func TestLongKeysAndValuesAreClampedAndOneClickAway(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		key, value := strings.Repeat("key", 40), strings.Repeat("value", 60)
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Set(key, value)
		for _, path := range []string{"/en/lab", "/en/lab?present"} {
			b.Go(path)
			b.Await(`document.readyState === "complete"`)
			const row = `#pane-store .rows tbody tr`
			if lines := eval[float64](b.Page, `(r => r.getBoundingClientRect().height / parseFloat(getComputedStyle(r).fontSize))(document.querySelector("`+row+`"))`); lines > 16 {
				t.Errorf("%s: the row is %v letters high; want it clamped", path, lines)
			}
			b.Click(row + ` .new summary`)
			b.Await(`document.querySelector("` + row + ` .new pre").checkVisibility()`)
			if got := b.Text(row + " .new pre"); got != asJSON(value) {
				t.Errorf("%s: unfolded it is %q; want all of the value", path, got)
			}
		}
	})
}

// An event lights up the pane that it changes, and no other.
func TestOnlyAPaneThatAnEventChangesIsOutlined(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Set("colour", "teal")
		b.Hover(".brand")
		s := b.Step(2)
		for n, e := range s.Events {
			b.Go(fmt.Sprintf("/en/lab?step=2&event=%d", n+1))
			outlined := eval[[]string](b.Page, `[...document.querySelectorAll(".pane")].filter(p => getComputedStyle(p).boxShadow !== "none").map(p => p.id)`)
			want := "[]"
			if e.Kind == "save.done" {
				want = `["pane-store"]`
			}
			if got := asJSON(outlined); got != want {
				t.Errorf("at %s the panes %s are outlined; want %s", e.Kind, got, want)
			}
		}
	})
}
