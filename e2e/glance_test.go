package e2e

import (
	"fmt"
	"regexp"
	"testing"
)

// What plays, how long, and what waits.

const (
	playing  = `document.getElementById("player").playing`
	sentence = `document.querySelector(".say-text").textContent`
	result   = `document.getElementById("player").dataset.result`
	aloud    = `document.querySelector(".say").getAttribute("aria-live")`
)

func TestANewStepShowsItsMovesWhileItsResultStandsStill(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{})
		b.StopClock()
		b.Click("#login button")
		b.Await(`document.getElementById("player")?.playing`)
		b.N++
		events, asked := len(b.Step(1).Events), 0.0 // milliseconds that its timers ask for: none of them runs
		for position := range events + 1 {
			now := eval[struct {
				At             int
				Playing, Still bool
				Aloud          string
				Ms             float64
			}](b.Page, `({At: `+at+`, Playing: `+playing+`, Still: `+sentence+` === `+result+`, Aloud: `+aloud+`, Ms: `+soonestTimer+`})`)
			if now.At != position || !now.Playing || !now.Still || now.Aloud == "polite" {
				t.Fatalf("after %d moves the page is %+v; want it there, playing, with the result, silent", position, now)
			}
			asked += now.Ms
			b.Tick()
		}
		if !eval[bool](b.Page, at+` === `+end+` && !`+playing) {
			t.Error("a new step plays on after its last event")
		}
		if asked < 1000 || asked > 2500 {
			t.Errorf("a new step of %d events plays for %g ms; want about two seconds", events, asked)
		}

		b.Click("#set button:not([formaction])")
		b.Await(`document.getElementById("player").step === 2 && ` + playing)
		b.N++
		b.Tick()
		b.Key("ArrowRight") // enough of it
		b.Await(at + ` === ` + end + ` && !` + playing)
	})
}

func TestReducedMotionPlaysNothingByItself(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.StopClock()
		b.Login("momo", "123") // waits for the result
		if eval[bool](b.Page, playing) {
			t.Error("a new step plays although motion is to be reduced")
		}
	})
}

func TestPlayLetsASentenceStandUntilItIsRead(t *testing.T) {
	word, han := regexp.MustCompile(`[\p{Latin}\d]+`), regexp.MustCompile(`\p{Han}`)
	anywhere(t, func(t *testing.T, with *browser) {
		for _, lang := range []string{"en", "zh-CN"} {
			b := with.sit(t, startApp(t), View{Lang: lang, ReducedMotion: true})
			b.Login("momo", "123")
			b.Click(".pane-h h2") // so that keys are not for a field
			b.Key("ArrowRight")
			b.Await(at + ` === 0`)
			b.StopClock()
			b.Key(" ")
			b.Await(playing)
			b.Tick()
			for position := 1; position <= len(b.Step(1).Events); position++ {
				if got := eval[int](b.Page, at); got != position {
					t.Fatalf("%s: the player is at %d; want %d", lang, got, position)
				}
				text, ms := eval[string](b.Page, sentence), eval[float64](b.Page, soonestTimer)
				// Nobody reads more than 300 words or 500 characters a minute.
				if least := float64(200*len(word.FindAllString(text, -1)) + 120*len(han.FindAllString(text, -1))); ms < max(1500, least) || ms > 2*least+1600 {
					t.Errorf("%s: %q stands for %g ms; want it about %g", lang, text, ms, least)
				}
				if eval[string](b.Page, aloud) == "polite" {
					t.Errorf("%s: event %d is announced although nobody steps", lang, position)
				}
				b.Tick()
			}
			if !eval[bool](b.Page, at+` === `+end+` && !`+playing) {
				t.Errorf("%s: what plays does not end at the result", lang)
			}
			b.Key("ArrowLeft")
			if eval[string](b.Page, aloud) != "polite" {
				t.Errorf("%s: a person's step is not announced", lang)
			}
		}
	})
}

func TestAfterTheResultComesTheBeginning(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		last := len(b.Step(1).Events)
		b.Click("[data-act=next]")
		b.Await(at + ` === 0 && location.search === "?step=1&event=0"`)
		for range last + 1 {
			b.Key("ArrowRight")
		}
		b.Await(at + ` === ` + end)
		b.Key("ArrowRight", "ArrowRight")
		b.Await(at + ` === 1`)
	})
}

func TestProjectedANewStepWaitsForTheRemote(t *testing.T) {
	for _, v := range []View{projector, {Width: 1920, Height: 1080}} {
		t.Run(fmt.Sprintf("reduced=%t", v.ReducedMotion), func(t *testing.T) {
			anywhere(t, func(t *testing.T, with *browser) {
				b := with.sit(t, startApp(t), v)
				b.Key("f")
				b.Await(presented)
				for n, button := range []string{"#login button", "#set button:not([formaction])"} {
					b.Click(button)
					b.N++
					b.Await(fmt.Sprintf(`location.search === "?step=%d&event=0&present" && %s === 0 && !%s`, n+1, at, playing))
					b.Key("PageDown")
					b.Await(at + ` === 1`)
					if eval[string](b.Page, aloud) != "polite" {
						t.Error("the first event is not announced")
					}
				}
			})
		})
	}
}
