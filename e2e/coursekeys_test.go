package e2e

import (
	"strings"
	"testing"
)

const lessonFour = "/course/set-get-pop-clear"

// begun is a lesson whose start button was pressed, in a real browser.
func (with *browser) begun(t *testing.T, v View) *Bench {
	t.Helper()
	b := with.sit(t, startApp(t), v)
	b.Go("/" + b.lang + lessonFour)
	b.Click("button[form=start]")
	b.Await(`location.search === "?step=1" && document.querySelector("#predict fieldset:enabled")`)
	b.N = 1
	return b
}

const (
	observed = `document.querySelector(".stages [aria-current]") && document.querySelector(".verdict-of")`
	acting   = `document.querySelector(".tale .press:enabled")`
)

// By keys alone: Enter in a choice answers and does not skip, and the text's button sends
// what the control does, which it lights up.
func TestALessonIsDoneByKeys(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.begun(t, View{ReducedMotion: true})
		b.Eval(`document.querySelector("input[name=answer]").focus()`)
		b.Key(" ", "Enter")
		b.Await(acting)
		if kept := b.Text(".is-kept"); !strings.HasPrefix(kept, "A") {
			t.Errorf("after Enter in choice A, the answer kept is %q", kept)
		}
		b.Hover(".tale .press")
		if lit := eval[string](b.Page, `getComputedStyle(document.querySelector("#b-set")).boxShadow`); lit == "none" {
			t.Error("the control that the button in the text stands for is not lit up")
		}
		b.Eval(`document.querySelector(".tale .press").focus()`)
		b.Key("Enter")
		b.Await(observed)
		if jar := b.Jar(); jar["session"].Value == "" {
			t.Error("the browser has no session cookie")
		}
		if n := eval[int](b.Page, `performance.getEntriesByType("navigation").length`); n != 1 {
			t.Errorf("the page was loaded %d times; want once", n)
		}
	})
}

// A request by another program, with the learner's cookie, shows on the open lesson.
func TestALessonFollowsWhatComesFromElsewhere(t *testing.T) {
	t.Parallel()
	b := chromium.begun(t, View{ReducedMotion: true})
	b.Click(".answer .quiet")
	b.Await(acting)
	b.curl("set", "-b", "session="+b.Jar()["session"].Value, "-d", "key=theme&value=dark")
	b.Await(observed)
	if said := b.Text(".news-of"); !strings.Contains(said, "Set a value") {
		t.Errorf("the live region says %q; want the goal that was reached", said)
	}
}

// Each part of the page keeps the rules, is valid, and fits its screen.
func TestALessonKeepsTheRules(t *testing.T) {
	t.Parallel()
	sources := make(map[string]string)
	for name, v := range map[string]View{
		"light": {ReducedMotion: true},
		"phone": {ReducedMotion: true, Dark: true, Lang: "zh-CN", Width: 390, Height: 844},
		"small": {ReducedMotion: true, Width: 320, Height: 640},
	} {
		b := chromium.begun(t, v)
		check := func(part string) {
			t.Helper()
			axe(t, b.Page, wholePage)
			inShape(t, b.Page, name+", "+part)
			if name == "light" {
				sources[part] = b.Source()
			}
		}
		check("predict")
		b.Click(`.choice:nth-of-type(1)`)
		b.Click(".answer .btn-1")
		b.Await(acting)
		check("act")
		b.Click(".tale .press")
		b.Await(observed)
		b.Click(".help-of .quiet")
		b.Await(`document.querySelector(".help-of p")`)
		check("observe")
		b.Go("/" + b.lang + lessonFour + "?part=q1.explain")
		check("explain")
		b.Go("/" + b.lang + lessonFour + "?part=take")
		check("take")
	}
	nu(t, sources)
}
