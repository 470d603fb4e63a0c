package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// A lesson that is projected, with a remote.

var classroom = View{Width: 1280, Height: 720, ReducedMotion: true}

const (
	onScreen  = `(document.querySelector("main.slide")?.dataset.screen ?? "")`
	onKind    = `(document.querySelector("main.slide")?.className ?? "").replace("slide slide-", "")`
	rebuttals = `Math.min(...[...document.querySelectorAll(".why-not span")].map(e => parseFloat(getComputedStyle(e).fontSize)), 99)`
	overflows = `[...document.querySelectorAll("html, .slide, .slide-in, .pane")].filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).map(e => e.localName + "." + e.className + ": " + e.scrollHeight + " in " + e.clientHeight)`
)

// turn presses a key that leads to another screen, or to another event of this one.
func (p *Page) turn(key string) {
	p.t.Helper()
	was := eval[string](p, `location.href`)
	p.Key(key)
	p.Await(fmt.Sprintf(`location.href !== %q && document.readyState === "complete" && %s !== ""`, was, onScreen))
}

// PgDn alone teaches a lesson from its first screen to its last: nothing scrolls on a
// small projector, and on a large one nothing is too small for the last row.
func TestALessonIsTaughtWithARemote(t *testing.T) {
	t.Parallel()
	app := startApp(t)
	p := chromium.page(t, app.URL, classroom)
	p.Go("/en/course/set-get-pop-clear?present")
	looks := []func(kind, where string){
		func(_, where string) {
			p.Look(classroom)
			for _, over := range eval[[]string](p, overflows) {
				t.Errorf("%s scrolls: %s", where, over)
			}
		},
		func(kind, where string) {
			p.Look(projector)
			for _, small := range eval[[]string](p, tooSmall) {
				t.Errorf("%s: %s", where, small)
			}
			if size := eval[float64](p, rebuttals); kind == "answer" && size < 28 {
				t.Errorf("%s: what there is to say of other choices is in letters of %v pixels, beside free space; want 28 at least", where, size)
			}
		},
	}
	var kinds []string
	for presses := 0; ; presses++ {
		kind := eval[string](p, onKind)
		if n := len(kinds); n == 0 || kinds[n-1] != kind {
			kinds = append(kinds, kind)
			p.Screenshot(fmt.Sprintf("slides-%02d-%s", len(kinds), kind))
		}
		where := fmt.Sprintf("screen %s, a %s, at %s", eval[string](p, onScreen), kind, eval[string](p, `location.search`))
		for i := range looks {
			looks[(presses+i)%2](kind, where) // first with the size that it has from the screen before
		}
		if kind == "take" {
			break
		}
		if presses > 80 {
			t.Fatalf("the lesson goes on and on: %s", where)
		}
		p.turn("PageDown")
	}
	want := strings.Repeat("question act flow answer why ", 4) + "question act flow answer take"
	if got := strings.Join(kinds, " "); got != want {
		t.Errorf("PgDn leads through %q; want %q", got, want)
	}

	p.Look(classroom)
	p.turn("PageUp")
	p.turn("ArrowLeft") // the end of the flow
	p.turn("PageUp")
	search := eval[string](p, `location.search`)
	p.turn("l")
	if got := eval[string](p, `document.documentElement.lang + location.search`); got != "zh-Hans"+search {
		t.Errorf("the other language is at %s; want the same screen, %s", got, search)
	}
	for _, small := range eval[[]string](p, overflows) {
		t.Errorf("in Chinese it scrolls: %s", small)
	}
	p.Key(".")
	p.Await(blanked)
	p.Key("PageDown")
	p.Await("!" + blanked)
	p.turn("1")
	p.Await(onKind + ` === "question"`)
	p.turn("4")
	p.Await(onKind + ` === "answer"`)
	for _, back := range []string{"PageDown", "F5"} {
		p.Key("Escape")
		p.Await(`location.search.startsWith("?part=change.observe&screen=") && document.readyState === "complete"`)
		p.Key(back)
		p.Await(onKind + ` === "answer" && document.readyState === "complete"`)
	}
}

// PgDn goes from the end of a lesson on to the next of its path, projected, and PgUp back.
// A lesson that was taught before begins again there. The last one stays at its end.
func TestAPathIsTaughtWithARemote(t *testing.T) {
	t.Parallel()
	app := startApp(t)
	p := chromium.page(t, app.URL, classroom)
	on := `(location.pathname + " " + ` + onKind + `)`
	goOn := func(until string) {
		t.Helper()
		for presses := 0; eval[string](p, on) != until; presses++ {
			if presses > 80 {
				t.Fatalf("PgDn does not lead to %q: at %s", until, eval[string](p, `location.href`))
			}
			if eval[string](p, onKind) == "flow" {
				p.turn("4") // past its events, which the test above turns over
			} else {
				p.turn("PageDown")
			}
		}
	}
	begins := func(key string) {
		t.Helper()
		p.Go("/en/course?path=45")
		p.Key(key)
		p.Await(on + ` === "/en/course/amnesia question"`)
	}
	begins("F5")
	for group, key := range map[string]string{"first": "f", "second": "PageDown"} {
		p.Look(classroom)
		if key == "PageDown" { // begins where there is nothing to scroll to
			p.Look(View{Width: 1920, Height: 1080, ReducedMotion: true})
		}
		begins(key)
		for _, next := range []string{"amnesia", "login", "where"} {
			goOn("/en/course/" + next + " take")
			p.Screenshot("path-" + group + "-" + next)
		}
		p.turn("PageDown")
		if got := eval[string](p, on); got != "/en/course/logout question" {
			t.Errorf("%s group: after lesson 5 comes %q; want lesson 8", group, got)
		}
		p.turn("PageUp")
		if got := eval[string](p, on); got != "/en/course/where take" {
			t.Errorf("%s group: before lesson 8 comes %q; want the end of lesson 5", group, got)
		}
		goOn("/en/course/logout take")
		p.Screenshot("path-" + group + "-end")
		for _, over := range eval[[]string](p, overflows) {
			t.Errorf("the end of the path scrolls: %s", over)
		}
		if eval[bool](p, `document.getElementById("event-next") !== null`) {
			t.Errorf("%s group: the path goes on after its end", group)
		}
	}
	p.Key("Escape")
	p.Await(`location.search.includes("screen=") && document.readyState === "complete"`)
	p.Screenshot("path-left")
	p.Key("PageDown")
	p.Await(on + ` === "/en/course/logout take"`)
}

// The lessons that have most on a screen show all of it on a small projector: the most
// buttons, the longest value, the longest cookie, and the longest sentence.
func TestTheFullestScreensAreNotCut(t *testing.T) {
	t.Parallel()
	for _, slug := range []string{"flags", "limits", "where", "logout"} {
		t.Run(slug, func(t *testing.T) {
			t.Parallel()
			app := startApp(t)
			p := chromium.page(t, app.URL, classroom)
			p.Go("/en/course/" + slug + "?present")
			fits := func() {
				t.Helper()
				for _, over := range eval[[]string](p, overflows) {
					t.Errorf("%s is cut: %s", eval[string](p, `location.search`), over)
				}
			}
			for presses := 0; ; presses++ {
				fits()
				kind := eval[string](p, onKind)
				if kind == "flow" { // its end is the fullest
					p.turn("4")
					p.turn("PageUp")
					fits()
				}
				if kind == "take" {
					break
				}
				if presses > 80 {
					t.Fatal("the lesson goes on and on")
				}
				p.turn("PageDown")
			}
		})
	}
}
