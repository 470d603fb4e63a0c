package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// Every state that a page can be in, in both languages and themes: nothing for
// axe to find, nothing to scroll to sideways, valid HTML.
//
// axe takes most of the time, so it is asked once for each that may differ: a language
// has the light theme on the laptop, the other has the dark one on the phone. Whether
// colours are right does not depend on the language, nor what axe finds on the browser:
// Firefox looks at the shape of each state. 640 px is a laptop's page at 200 % zoom.

// A tourist is somebody who looks at everything.
type tourist struct {
	with  *browser
	lang  string
	axe   int64  // the width at which axe looks too; 0: nowhere
	views []View // the last is the one to use the pages with
}

var tourists = map[string]tourist{
	"chromium in English": {chromium, "en", 1280, []View{
		{Width: 640, Height: 360}, {Width: 320, Height: 700}, {Width: 1280, Height: 720}}},
	"chromium in Chinese": {chromium, "zh-CN", 390, []View{
		{Width: 390, Height: 844, Dark: true}, {Width: 320, Height: 700, Dark: true}, {Width: 1280, Height: 720, Dark: true}}},
	"firefox in English": {firefox, "en", 0, []View{
		{Width: 320, Height: 700}, {Width: 1280, Height: 720, Dark: true}}},
}

// usual is the view that pages are used with.
func (who tourist) usual() View { return who.view(who.views[len(who.views)-1]) }

func (who tourist) view(v View) View {
	v.Lang, v.ReducedMotion = who.lang, true
	return v
}

func TestEveryStateOfEveryPageIsInOrder(t *testing.T) {
	t.Parallel()
	sources := make(map[string]string)
	var mu sync.Mutex
	t.Run("seen", func(t *testing.T) {
		for name, who := range tourists {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				tour := &tour{T: t, tourist: who, sources: make(map[string]string)}
				defer func() {
					mu.Lock()
					defer mu.Unlock()
					maps.Copy(sources, tour.sources)
				}()
				tour.walk()
			})
		}
	})
	nu(t, sources)
}

// A tour goes through the states and looks at each.
type tour struct {
	*testing.T
	tourist
	sources map[string]string // the HTML of each page, by name
}

func (tour *tour) walk() {
	b := tour.with.sit(tour, startApp(tour.T), tour.usual())
	b.Allow("status of 4") // the errors that are looked at
	tour.load(b, "bench-empty", "/lab")
	tour.load(b, "compare-empty", "/lab/compare")
	tour.load(b, "print-empty", "/lab/print")
	tour.load(b, "home", "/")
	tour.load(b, "note", "/note")
	tour.load(b, "course-path", "/course?path=45")
	tour.load(b, "sheet-empty", "/course/sheet")
	tour.load(b, "teaching", "/course/teaching?path=45")
	tour.load(b, "not-found", "/nowhere")
	tour.load(b, "no-such-step", "/lab?step=7")

	tour.load(b, "bench", "/lab")
	b.Login("momo", "123")
	tour.load(b, "step-login", "/lab?step=1")
	tour.load(b, "home-logged-in", "/?step=1")
	b.Go("/" + b.lang + "/lab")
	b.Set("colour", "teal")
	b.Permanent()
	b.Set("colour", "olive")
	b.Pop("colour")
	tour.load(b, "step-change", "/lab?step=4")
	for _, id := range []string{"as-stored", "secret", "settings", "terminal", "kept", "all", "take", "server", "clock-more"} {
		tour.unfolded(b, id)
	}
	b.TabTo("[data-act=prev]")
	for range 5 {
		b.Key("Enter")
	}
	tour.look(b, "event")
	for _, id := range []string{"transcript", "raw", "code-drawer"} {
		tour.unfolded(b, id)
	}
	b.Click("[data-keys]")
	b.Await(helped)
	tour.look(b, "keys")
	b.Key("Escape")
	tour.pages(b)
	tour.presented(b)
	tour.load(b, "bench-again", "/lab")
	b.Click("#hints")
	b.Await(`!document.querySelector(".next")`)
	tour.look(b, "hints-away")
	b.Click("#hints")
	b.Await(`document.querySelector(".next")`)
	tour.badSetting(b)
	b.Logout()
	tour.load(b, "step-logout", "/lab?step=6")
	tour.mechanisms(b)
	tour.inspector(b)
	tour.experiments(b)
	tour.site(b)
}

// mechanisms looks at sessions that the cookie carries.
func (tour *tour) mechanisms(b *Bench) {
	tour.Helper()
	for _, mechanism := range []string{"flask", "gorilla"} {
		b.Keep(mechanism)
		if mechanism == "flask" {
			tour.look(b, "news")
		}
		b.Login("momo", "123")
		b.Set("colour", "teal")
		tour.load(b, "home-"+mechanism, fmt.Sprintf("/?step=%d", b.N))
		tour.load(b, "step-"+mechanism, fmt.Sprintf("/lab?step=%d", b.N))
		b.Logout()
	}
	tour.load(b, "beside-empty", "/lab/side-by-side")
	b.beside("login")
	b.beside("set")
	tour.look(b, "beside")
	tour.load(b, "beside-event", "/lab/side-by-side?event=4")
	tour.load(b, "beside-present", "/lab/side-by-side?present")
}

// inspector looks at cookies of other programs.
func (tour *tour) inspector(b *Bench) {
	tour.Helper()
	tour.load(b, "inspect", "/inspect")
	for _, program := range []string{"flask", "gorilla"} {
		b.Eval(`document.documentElement.dataset.old = ""`) // which may show the result of the one before
		b.to(fmt.Sprintf(`button[name="example"][value="%s"]`, program), `!("old" in document.documentElement.dataset) && document.querySelector("#result")`)
		tour.look(b, "inspect-"+program)
	}
}

// experiments looks at one before and after a run, and at two runs.
func (tour *tour) experiments(b *Bench) {
	tour.Helper()
	tour.load(b, "experiments", "/experiments")
	tour.load(b, "experiment", "/experiments/theft")
	b.predictAndRun("password")
	tour.collect(b.Page, "experiment-run-"+b.lang)
	tour.look(b, "experiment-run")
	b.to(".now-change .btn-1", `document.querySelector(".xp-form")`)
	b.predictAndRun("no")
	tour.collect(b.Page, "experiment-two-"+b.lang)
	tour.look(b, "experiment-two")
	tour.load(b, "experiments-done", "/experiments")
	tour.load(b, "experiment-present", "/experiments/theft?present")
}

// pages looks at what belongs to a step, and to the bench.
func (tour *tour) pages(b *Bench) {
	tour.Helper()
	for _, page := range []struct{ name, path string }{
		{"event-0", "/lab?step=4&event=0"},
		{"present", "/lab?step=4&present"},
		{"filtered", "/lab?client=browser"},
		{"code", "/lab/steps/4/code"},
		{"raw-page", "/lab/steps/1/raw"},
		{"compare", "/lab/compare?a=1&b=4"},
		{"settings-page", "/lab/settings"},
		{"server", "/lab/server"},
		{"config", "/lab/config"},
		{"config-secret", "/lab/config?secret=shown"},
		{"print", "/lab/print"},
		{"steps", "/lab/steps?step=2"},
		{"leave-new", "/lab/new"},
		{"leave-end", "/lab/end"},
		{"print-two", "/lab/print?form=two"},
		{"print-lines", "/lab/print?form=lines"},
	} {
		tour.load(b, page.name, page.path)
	}
}

// presented looks at what a presenter calls up.
func (tour *tour) presented(b *Bench) {
	tour.Helper()
	tour.load(b, "inspect-present", "/inspect?present")
	tour.load(b, "present-event", "/lab?step=4&event=2&present")
	for _, key := range []string{"m", "s", "c", "h", "n"} {
		b.Key(key)
		part := wholePage
		if key == "c" {
			part = "#code-drawer"
			b.Await(`document.querySelector("#code-drawer mark")`)
		} else if id := map[string]string{"m": "kept", "s": "settings"}[key]; id != "" {
			part = "#" + id
			b.Await(fmt.Sprintf(unfolded, id))
		}
		tour.lookAt(b, "present-"+key, part)
		b.Key(key)
	}
}

// site looks at the app under study as another browser does.
func (tour *tour) site(b *Bench) {
	tour.Helper()
	guest := &Bench{Page: tour.with.page(tour, b.base, tour.usual()), lang: b.lang}
	guest.Allow("status of 4")
	guest.Go(strings.TrimPrefix(b.Address, b.base) + "me")
	tour.look(guest, "site-failed")
	guest.Go(strings.TrimPrefix(b.Address, b.base) + "get?key=colour")
	tour.look(guest, "site")
	tour.collect(guest.Page, "site-"+b.lang)
	guest.Go(strings.TrimPrefix(b.Address, b.base))
	tour.look(guest, "front")
	tour.collect(guest.Page, "front-"+b.lang)
}

// collect has the page's HTML checked. It is the same for every browser.
func (tour *tour) collect(p *Page, name string) {
	tour.Helper()
	if tour.with == chromium {
		tour.sources[name] = p.Source()
	}
}

// load loads a page and looks at it.
func (tour *tour) load(b *Bench, name, path string) {
	tour.Helper()
	b.Go("/" + b.lang + path)
	tour.collect(b.Page, name+"-"+b.lang)
	tour.look(b, name)
}

// unfolded looks at the page with one of its details open.
func (tour *tour) unfolded(b *Bench, id string) {
	tour.Helper()
	summary := "#" + id + " > summary"
	b.Click(summary)
	b.Await(fmt.Sprintf(unfolded, id))
	tour.lookAt(b, id, "#"+id)
	b.Click(summary)
}

// badSetting is answered with an error page: where the bench was, and without
// scripts as a page of its own.
func (tour *tour) badSetting(b *Bench) {
	tour.Helper()
	plain := b.Tab(View{Lang: b.view.Lang, NoScript: true})
	plain.Allow("status of 422")
	plain.Go("/" + b.lang + "/lab/settings")
	tour.collect(plain, "settings-"+b.lang)
	b.Click("#settings > summary")
	b.Await(fmt.Sprintf(unfolded, "settings"))
	for _, p := range []*Page{b.Page, plain} {
		p.Fill("#settings-panel input[name=lifetime]", "soon")
		p.Click("#settings-panel .save button")
		p.Await(`document.querySelector("main.error h1")`)
	}
	tour.collect(plain, "bad-setting-"+b.lang)
	tour.look(b, "bad-setting")
	for _, p := range []*Page{b.Page, plain} {
		if status := p.Text("main.error .status"); status != "422" {
			tour.Errorf("a bad setting is answered with the page of status %s; want 422", status)
		}
	}
	b.Click("main.error .btn-1")
	b.Await(`document.querySelector("main.lab") && document.readyState === "complete"`)
}

// look looks at the page as it is with each view.
func (tour *tour) look(b *Bench, name string) {
	tour.Helper()
	tour.lookAt(b, name, wholePage)
}

// lookAt looks at the page of which a part alone is not as it was before.
func (tour *tour) lookAt(b *Bench, name, part string) {
	tour.Helper()
	for _, v := range tour.views {
		b.Look(tour.view(v))
		where := fmt.Sprintf("%s-%s-%s-%d", name, tour.with.name, b.lang, v.Width)
		b.Screenshot(where)
		inShape(tour, b.Page, where)
		if v.Width == tour.axe {
			axe(tour, b.Page, part)
		}
	}
}

func TestErrorPagesHaveTheirStatus(t *testing.T) {
	anywhere(t, func(t *testing.T, with *browser) {
		b := with.sit(t, startApp(t), View{})
		b.Allow("status of 404")
		for path, want := range map[string]int{"/en/nowhere": 404, "/fr/": 404, "/zh/lab?step=1": 404, "/en/lab": http.StatusOK} {
			if got := b.Go(path); got != want {
				t.Errorf("GET %s = %d; want %d", path, got, want)
			}
		}
		b.Look(View{Width: 1920, Height: 1080})
		b.Go("/en/nowhere")
		if gaps := eval[float64](b.Page, `(e => e.lastElementChild.getBoundingClientRect().bottom - e.firstElementChild.getBoundingClientRect().top)(document.querySelector("main"))`); gaps > 300 {
			t.Errorf("on a large screen the few lines of an error are drawn out over %g px", gaps)
		}
	})
}
