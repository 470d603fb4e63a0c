package e2e

import (
	"bytes"
	"fmt"
	"testing"
)

// ran is the condition that the page shows a run. With scripts the focus is then on what
// it came to: a fragment in the address would scroll the question away.
const (
	ran  = `document.querySelector("#verdict") && location.search.startsWith("?run=") && document.readyState === "complete"`
	read = ran + ` && document.activeElement.id === "verdict"`
)

// predictAndRun runs the experiment of the page.
func (b *Bench) predictAndRun(prediction string) {
	b.t.Helper()
	b.Click(fmt.Sprintf("input[name=prediction][value=%q]", prediction))
	b.Click(".xp-form .btn-1")
	if b.view.NoScript {
		b.Await(ran)
		return
	}
	b.Await(read)
}

// predictAndRunByKeys does that with the keyboard. The prediction is so many choices
// after the first.
func (b *Bench) predictAndRunByKeys(later int) {
	b.t.Helper()
	b.TabTo("input[name=prediction]")
	b.Key(" ")
	for range later {
		b.Key("ArrowDown")
	}
	b.TabTo(".xp-form .btn-1")
	b.Key("Enter")
	b.Await(read)
}

func TestAnExperimentIsPredictedRunAndChanged(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		for name, v := range map[string]View{"": {}, "without scripts": {NoScript: true}, "on a phone": {Width: 390, Height: 844}} {
			if name == "on a phone" && with == firefox && !allBrowsers {
				continue
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := with.sit(t, startApp(t), v)
				b.Login("momo", "123")
				settings := b.fetch("/en/lab/settings")
				b.to(`.menu a[href$="/experiments"]`, `document.querySelector(".row.is-next")`)
				b.to(`.row[href$="/theft"]`, `document.querySelector(".xp-form")`)
				b.predictAndRun("password")
				b.theftShown()
				b.to(".now-change .btn-1", `location.search.includes("after=") && location.search.endsWith("variant=http-only") && document.querySelector("[name=variant][value=http-only]").checked`)
				b.predictAndRun("no")
				b.twoShown()
				b.unchanged(settings)
			})
		}
	})
}

func TestAnExperimentIsRunByKeysAlone(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		settings := b.fetch("/en/lab/settings")
		b.Go("/en/experiments")
		b.TabTo(`.row[href$="/theft"]`)
		b.Key("Enter")
		b.Await(`document.querySelector(".xp-form") && document.readyState === "complete"`)
		b.predictAndRunByKeys(2)
		b.theftShown()
		b.TabTo(".now-change .btn-1")
		b.Key("Enter")
		b.Await(`location.search.includes("after=") && location.search.endsWith("variant=http-only") && document.querySelector(".xp-form") && document.readyState === "complete"`)
		b.predictAndRunByKeys(1)
		b.twoShown()
		b.unchanged(settings)
	})
}

// theftShown checks what the page says of a theft that was not expected to work.
func (b *Bench) theftShown() {
	b.t.Helper()
	for selector, want := range map[string]string{
		".guess.is-wrong span":              "No: she does not know the password",
		".guess.is-right span":              "Yes, as Alice",
		".is-deciding [data-lit=absent]":    "no HttpOnly",
		"#verdict > p [data-lit=absent]":    "no HttpOnly",
		".xp-acts > li:last-child .act-b b": `200 "alice"`,
	} {
		if got := b.Text(selector); got != want {
			b.t.Errorf("%s says %q; want %q", selector, got, want)
		}
	}
	if got := eval[string](b.Page, `document.querySelector(".now-change :checked").value`); got != "http-only" {
		b.t.Errorf("%q is chosen to be changed; want what was not run", got)
	}
}

// twoShown checks what the page says of two runs.
func (b *Bench) twoShown() {
	b.t.Helper()
	if got := eval[int](b.Page, `document.querySelectorAll(".runs .is-first").length`); got != 1 {
		b.t.Errorf("%d acts are shown as the first that differs; want 1", got)
	}
	for selector, want := range map[string]string{
		".is-first [data-lit=absent]": "no HttpOnly",
		".is-first [data-lit=lit]":    "HttpOnly",
		".runs [data-is=wrong]":       "a surprise",
		".runs [data-is=right]":       "as you said",
	} {
		if got := b.Text(selector); got != want {
			b.t.Errorf("%s says %q; want %q", selector, got, want)
		}
	}
}

// unchanged checks that the bench is as it was before the experiments: its settings, and
// who is logged in.
func (b *Bench) unchanged(settings []byte) {
	b.t.Helper()
	if now := b.fetch("/en/lab/settings"); !bytes.Equal(now, settings) {
		b.t.Errorf("after the experiments the settings are %s; want %s", now, settings)
	}
	b.N = eval[int](b.Page, `Math.max(...[...document.querySelectorAll(".act-s")].map(a => a.href.split("step=")[1]))`)
	b.Go("/en/lab")
	b.Set("colour", "teal")
	b.True(values{"uname": "momo", "colour": "teal"})
}

func TestARunThatIsUnderWaySaysSo(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{})
		b.Go("/en/experiments/no-cookies")
		b.Eval(`addEventListener("submit", e => {
			if (e.defaultPrevented) return document.body.dataset.asked = "once"
			e.preventDefault() // it stays under way
		})`)
		b.Click("input[name=prediction]")
		b.Click(".xp-form .btn-1")
		b.Await(`document.querySelector("[data-running]").textContent === "Running on your bench…"`)
		b.Click(".xp-form .btn-1")
		b.Await(`document.body.dataset.asked === "once"`)
	})
}

func TestAnExperimentIsPresented(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{Width: 1920, Height: 1080})
		b.Go("/en/experiments/theft")
		b.Key("f")
		b.Await(presented + ` && location.search === "?present" && document.readyState === "complete"`)
		b.predictAndRun("yes")
		if !eval[bool](b.Page, presented) {
			t.Error("after a run the page is no longer presented")
		}
		small := `[...document.querySelectorAll("main *")].filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
			&& !e.closest(".sr") && parseFloat(getComputedStyle(e).fontSize) < 20).map(e => e.textContent.slice(0, 40))`
		if got := eval[[]string](b.Page, small); len(got) > 0 {
			t.Errorf("a class cannot read %q", got)
		}
		b.Key("Escape")
		b.Await("!" + presented)
	})
}
