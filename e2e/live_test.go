package e2e

import (
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"testing"
)

// What others send appears on an open page by itself, and disturbs nobody who is
// busy there.

// curl sends a request to the app under study, from a terminal.
func (b *Bench) curl(path string, args ...string) {
	b.t.Helper()
	curl, err := exec.LookPath("curl")
	requireTool(b.t, "curl", err)
	if out, err := exec.Command(curl, append(args, "-sS", b.Address+path)...).CombinedOutput(); err != nil {
		b.t.Fatalf("curl %s: %v: %s", path, err, out)
	}
	b.N++
}

// isLive is the condition that the page hears of new steps.
const isLive = `(l => !l.hidden && !l.classList.contains("is-lost"))(document.getElementById("live"))`

// newsOf is the condition that the page leads to step n, and has it on its strip.
const newsOf = `document.querySelector('#news a[href$="?step=%[1]d"]') && ` + onStrip

// onStrip is the condition that a step is on the strip. Firefox tells of an update
// that is cut short by leaving the page as of an error.
const onStrip = `document.querySelector('.chip[href="?step=%[1]d"]') && document.readyState === "complete"`

func TestARequestByCurlArrivesByItself(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		loaded := eval[string](b.Page, origin)
		b.Await(isLive)
		b.curl("login", "-d", "uname=momo&pwd=123") // on an empty bench
		b.Await(fmt.Sprintf(settled, 1))
		if got := b.Text("#pane-browser .pane-h p"); got != "curl" {
			t.Errorf("the browser pane belongs to %q; want curl", got)
		}
		if b.Jar()["session"].Name != "" {
			t.Error("the browser has the cookie that curl was given")
		}
		b.curl("set", "-d", "key=colour&value=teal") // at a result
		b.Await(fmt.Sprintf(settled, 2))
		b.Login("alice", "rabbit")
		b.True(values{"uname": "alice"})
		if got := b.Text("#pane-browser .pane-h p"); !strings.Contains(got, "browser") || strings.Contains(got, "other") {
			t.Errorf("the browser pane belongs to %q; want the learner's own browser", got)
		}
		b.curl("me")
		b.Await(fmt.Sprintf(settled, 4))
		if now := eval[string](b.Page, origin); now != loaded {
			t.Errorf("document after four steps = %q; want %q: one navigation only", now, loaded)
		}
	})
}

func TestABusyPageIsOnlyTold(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.Await(isLive)
		b.Click("[data-act=prev]") // amid a step
		b.Click("[data-act=prev]")
		b.Await(`location.search === "?step=1&event=" + ` + at)
		b.undisturbed("amid a step", `JSON.stringify([location.search, document.getElementById("player").at, document.querySelector(".say-text").textContent])`)
		b.Click("#news a")
		b.Await(fmt.Sprintf(settled, b.N) + ` && !document.querySelector("#news a")`)

		b.Fill("#set [name=value]", "half a wo") // in a field
		b.Eval(`document.activeElement.mine = true`)
		b.undisturbed("in a field", `JSON.stringify([location.search, document.activeElement.name, document.activeElement.value, document.activeElement.selectionStart, document.activeElement.mine])`)
		b.Type("rd")
		b.Key("Enter")
		b.Arrive()
		if got := b.Step(b.N).After.Record.Values["colour"]; got != "half a word" {
			t.Errorf("what was typed while a step arrived = %q; want %q", got, "half a word")
		}

		b.Click("#transcript > summary") // with a drawer open
		b.undisturbed("with a drawer open", `JSON.stringify([location.search, document.getElementById("transcript").open])`)
	})
}

// undisturbed fails the test when the page changes as a step arrives: it is to
// tell of it only.
func (b *Bench) undisturbed(when, state string) {
	b.t.Helper()
	was := eval[string](b.Page, state)
	b.curl("me")
	b.Await(fmt.Sprintf(newsOf, b.N))
	if now := eval[string](b.Page, state); now != was {
		b.t.Errorf("%s: a step arrived, and the page went from %s to %s", when, was, now)
	}
	if words := b.Text("#news a"); !strings.Contains(words, fmt.Sprint(b.N)) || !strings.Contains(words, "curl") {
		b.t.Errorf("%s: the news are %q; want the step's number and curl", when, words)
	}
}

func TestABurstLosesNone(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Await(isLive)
		const most = 15
		done := make(chan error)
		for range most {
			go func() {
				req, err := http.NewRequest(http.MethodGet, b.Address+"me", nil)
				if err == nil {
					var res *http.Response
					if res, err = http.DefaultClient.Do(req); err == nil {
						res.Body.Close()
					}
				}
				done <- err
			}()
		}
		for range most {
			if err := <-done; err != nil {
				t.Fatal(err)
			}
		}
		b.N = most
		b.Await(fmt.Sprintf(settled, most))
		if got := b.Text(".all > summary"); !strings.Contains(got, fmt.Sprintf("Step %d of %[1]d", most)) {
			t.Errorf("after %d requests at once the timeline says %q", most, got)
		}
	})
}

func TestThePageIsLiveAgainAfterARestart(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		app := startApp(t)
		b := with.sit(t, app, View{ReducedMotion: true})
		for _, expected := range []string{"network error", "ERR_", "/en/lab/live"} {
			b.Allow(expected)
		}
		b.Login("momo", "123")
		b.Await(isLive)
		if err := app.Stop(); err != nil {
			t.Fatal(err)
		}
		b.Await(`document.getElementById("live").classList.contains("is-lost")`)
		if got := b.Text("#live"); !strings.Contains(got, "lost") {
			t.Errorf("without a server the page says %q; want that the connection is lost", strings.TrimSpace(got))
		}
		b.server = startAppOn(t, app.Data, "--addr", strings.TrimPrefix(app.URL, "http://"))
		b.Await(isLive)
		b.curl("me")
		b.Await(fmt.Sprintf(settled, 2))
	})
}

// That no server answered a press is said until the message is put away, or the server
// answers again.
func TestTheMessageThatNoServerAnsweredGoesAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		app := startApp(t)
		b := with.sit(t, app, View{ReducedMotion: true})
		for _, expected := range []string{"network error", "ERR_", "/en/lab/live", "htmx:error"} {
			b.Allow(expected)
		}
		b.Login("momo", "123")
		b.Await(isLive)
		if err := app.Stop(); err != nil {
			t.Fatal(err)
		}
		const told = `!document.getElementById("trouble").hidden`
		press := func() {
			b.Click(`#bare [formaction$="/permanent"]`)
			b.Await(told)
		}
		press()
		b.Key("Escape")
		b.Await("!(" + told + ")")
		press()
		b.Click("#trouble")
		b.Await("!(" + told + ")")
		press()
		b.server = startAppOn(t, app.Data, "--addr", strings.TrimPrefix(app.URL, "http://"))
		b.Await("!(" + told + ")")
	})
}

func TestTheStripShowsWhoseStepsAreAskedFor(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{ReducedMotion: true})
		b.Login("momo", "123")
		b.curl("me")
		b.Await(fmt.Sprintf(settled, 2))
		b.Set("colour", "teal")
		b.curl("me")
		b.Await(fmt.Sprintf(settled, 4))
		const chips = `[...document.querySelectorAll(".chip")].map(e => e.getAttribute("href").match(/step=(\d+)/)[1]).join()`
		b.Click(`.filter a[href$="client=curl"]`)
		b.Await(`location.search.includes("client=curl") && ` + chips + ` === "2,4"`)
		b.Click("#step-prev")
		b.Await(`location.search.includes("step=2") && location.search.includes("client=curl")`)
		b.Click("[data-act=prev]")
		b.Await(`/step=2&event=\d+&client=curl/.test(location.search)`)
		b.Reload()
		b.Await(chips + ` === "2,4" && document.getElementById("player").step === 2`)
		b.Click(`.filter a[href$="client=browser"]`)
		b.Await(chips + ` === "1,3"`)
		b.Click(".filter a")
		b.Await(`!location.search.includes("client") && ` + chips + ` === "1,2,3,4"`)
	})
}
