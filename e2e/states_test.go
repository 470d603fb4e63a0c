package e2e

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Every state that a page can be in, in both languages and themes and at three
// sizes: nothing for axe to find, nothing to scroll to sideways, valid HTML. A
// language has the dark theme on the laptop, the other one on the phone: whether
// colours are right does not hang on the language.

var views = map[string][]View{
	"en":    {{Width: 1280, Height: 720}, {Width: 390, Height: 844, Dark: true}, {Width: 320, Height: 700}},
	"zh-CN": {{Width: 1280, Height: 720, Dark: true}, {Width: 390, Height: 844}, {Width: 320, Height: 700, Dark: true}},
}

func TestEveryStateOfEveryPageIsInOrder(t *testing.T) {
	t.Parallel()
	sources := make(map[string]string)
	var mu sync.Mutex
	t.Run("seen", func(t *testing.T) {
		for lang := range views {
			t.Run(lang, func(t *testing.T) {
				t.Parallel()
				tour := &tour{T: t, sources: make(map[string]string)}
				defer func() {
					mu.Lock()
					defer mu.Unlock()
					maps.Copy(sources, tour.sources)
				}()
				tour.walk(lang)
			})
		}
	})
	nu(t, sources)
}

// A tour goes through the states and looks at each.
type tour struct {
	*testing.T
	sources map[string]string // the HTML of each page, by name
}

func (tour *tour) walk(lang string) {
	b := sit(tour, startApp(tour.T), View{Lang: lang, ReducedMotion: true})
	b.Allow("status of 4") // the errors that are looked at
	tour.load(b, "bench-empty", "/lab")
	tour.load(b, "home", "/")
	tour.load(b, "not-found", "/nowhere")
	tour.load(b, "no-such-step", "/lab?step=7")

	tour.load(b, "bench", "/lab")
	b.Login("momo", "123")
	tour.load(b, "step-login", "/lab?step=1")
	b.Set("colour", "teal")
	b.Permanent()
	b.Set("colour", "olive")
	b.Pop("colour")
	tour.load(b, "step-change", "/lab?step=4")
	for _, id := range []string{"as-stored", "secret", "settings", "terminal"} {
		tour.unfolded(b, id)
	}
	b.TabTo("[data-act=prev]")
	for range 5 {
		b.Do(chromedp.KeyEvent(kb.Enter))
	}
	tour.look(b, "event")
	for _, id := range []string{"transcript", "raw"} {
		tour.unfolded(b, id)
	}
	tour.badSetting(b)
	b.Logout()
	tour.load(b, "step-logout", "/lab?step=6")

	guest := &Bench{Page: open(tour, b.base, View{Lang: lang, ReducedMotion: true}), lang: b.lang}
	guest.Allow("status of 4")
	guest.Go(strings.TrimPrefix(b.Address, b.base) + "me")
	tour.look(guest, "site-failed")
	guest.Go(strings.TrimPrefix(b.Address, b.base) + "get?key=colour")
	tour.look(guest, "site")
	tour.sources["site-"+b.lang] = guest.Source()
}

// load loads a page and looks at it.
func (tour *tour) load(b *Bench, name, path string) {
	tour.Helper()
	b.Go("/" + b.lang + path)
	tour.sources[name+"-"+b.lang] = b.Source()
	tour.look(b, name)
}

// unfolded looks at the page with one of its details open.
func (tour *tour) unfolded(b *Bench, id string) {
	tour.Helper()
	summary := chromedp.CSS("#" + id + " > summary")
	b.Do(chromedp.Click(summary))
	b.Await(fmt.Sprintf(unfolded, id))
	tour.look(b, id)
	b.Do(chromedp.Click(summary))
}

// badSetting is answered with an error page: where the bench was, and without
// scripts as a page of its own.
func (tour *tour) badSetting(b *Bench) {
	tour.Helper()
	plain := newPage(tour, b.ctx, b.base, View{Lang: b.view.Lang, NoScript: true})
	plain.Allow("status of 422")
	plain.Go("/" + b.lang + "/lab/settings")
	tour.sources["settings-"+b.lang] = plain.Source()
	b.Do(chromedp.Click(chromedp.CSS("#settings > summary")))
	b.Await(fmt.Sprintf(unfolded, "settings"))
	for _, p := range []*Page{b.Page, plain} {
		p.Fill("#settings-panel input[name=lifetime]", "soon")
		p.Do(chromedp.Click(chromedp.CSS("#settings-panel .save button")))
		p.Await(`document.querySelector("main.error h1")`)
	}
	tour.sources["bad-setting-"+b.lang] = plain.Source()
	tour.look(b, "bad-setting")
	for _, p := range []*Page{b.Page, plain} {
		if status := p.Text("main.error .status"); status != "422" {
			tour.Errorf("a bad setting is answered with the page of status %s; want 422", status)
		}
	}
	b.Do(chromedp.Click(chromedp.CSS("main.error .btn-1")))
	b.Await(`document.querySelector("main.lab") && document.readyState === "complete"`)
}

// look looks at the page as it is from every side.
func (tour *tour) look(b *Bench, name string) {
	tour.Helper()
	was := b.view
	for _, v := range views[was.Lang] {
		v.Lang, v.ReducedMotion = was.Lang, was.ReducedMotion
		b.Look(v)
		where := fmt.Sprintf("%s-%s-%d", name, b.lang, v.Width)
		b.Screenshot(where)
		inShape(tour, b.Page, where)
		if v.Width > 320 && !axe(tour, b.Page) {
			break // the other views would say it again
		}
	}
	b.Look(was)
}

func TestErrorPagesHaveTheirStatus(t *testing.T) {
	t.Parallel()
	b := sit(t, startApp(t), View{})
	b.Allow("status of 404")
	for path, want := range map[string]int64{"/en/nowhere": 404, "/fr/": 404, "/zh/lab?step=1": 404, "/en/lab": http.StatusOK} {
		if got := b.Go(path).Status; got != want {
			t.Errorf("GET %s = %d; want %d", path, got, want)
		}
	}
}
