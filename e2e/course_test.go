package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"testing"
)

// Lessons are walked from the first page to the last by what their text says to press,
// each in one of the ways and one of the languages: the server's own tests walk each in
// both. With SESSIONLAB_ALL_LESSONS set, each way walks all of them in both.

// lessonWays are the ways of a learner.
var lessonWays = []struct {
	name string
	with *browser
	view View
	hand hand
}{
	{"with the mouse", chromium, View{ReducedMotion: true}, mouse},
	{"by keyboard", chromium, View{ReducedMotion: true}, keyboard},
	{"without scripts", chromium, View{NoScript: true}, mouse},
	{"in Firefox", firefox, View{ReducedMotion: true}, mouse},
}

func TestALearnerWalksEachLessonToItsEnd(t *testing.T) {
	t.Parallel()
	slugs := lessonsOf(t, startApp(t))
	all := os.Getenv("SESSIONLAB_ALL_LESSONS") != ""
	for n, way := range lessonWays {
		for m, lang := range []string{"en", "zh-CN"} {
			t.Run(way.name+" in "+lang, func(t *testing.T) {
				t.Parallel()
				view := way.view
				view.Lang = lang
				w := &lessonWalk{Page: way.with.page(t, startApp(t).URL, view), hand: way.hand}
				for i, slug := range slugs {
					if all || i%(2*len(lessonWays)) == 2*n+m {
						w.lesson(slug)
						w.Screenshot("course-" + slug + "-" + way.with.name)
					}
				}
			})
		}
	}
}

// lessonsOf are the slugs of all lessons.
func lessonsOf(t *testing.T, app *App) (slugs []string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, app.URL+"/en/course", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var course struct{ Lessons []struct{ Slug string } }
	if err := json.NewDecoder(res.Body).Decode(&course); err != nil {
		t.Fatal(err)
	}
	for _, l := range course.Lessons {
		slugs = append(slugs, l.Slug)
	}
	return slugs
}

// A hand presses what a selector finds, and answers a question with its first choice.
type hand struct {
	press  func(p *Page, selector string)
	answer func(p *Page)
}

var (
	mouse = hand{
		(*Page).Click,
		func(p *Page) {
			p.Click("#predict .choice")
			p.Click(answerButton)
		},
	}
	keyboard = hand{
		func(p *Page, selector string) {
			p.TabTo(selector)
			p.Key("Enter")
		},
		func(p *Page) {
			p.TabTo("#predict [name=answer]")
			p.Key(" ", "Enter") // Enter in a choice answers
		},
	}
)

const (
	answerButton = `[form=predict]:not([name])`
	beginButton  = `.tale-f > button`
	onButton     = `.tale-f form button`
	theEnd       = `h2.take`
)

// A lessonWalk is a learner's way through a lesson.
type lessonWalk struct {
	*Page
	hand hand
	path string // of the lesson
}

// lesson walks a lesson.
func (w *lessonWalk) lesson(slug string) {
	w.t.Helper()
	w.path = "/" + w.view.Lang[:2] + "/course/" + slug
	w.Go(w.path)
	w.then(func() { w.hand.press(w.Page, beginButton) })
	for question := 1; !w.there(theEnd); question++ {
		if question > 6 {
			w.t.Fatalf("%s has no end", slug)
		}
		w.question()
	}
	if all, done := w.count(".beads-of i"), w.count(".beads-of i[data-done]"); all == 0 || done != all {
		w.t.Errorf("at the end of %s, %d of %d goals are reached", slug, done, all)
	}
}

// question answers a question, does what its parts say, and goes on to the next.
func (w *lessonWalk) question() {
	w.t.Helper()
	id := eval[string](w.Page, `document.querySelector("#predict [name=question]").value`)
	w.then(func() { w.hand.answer(w.Page) })
	w.pressAll(id + ".act")
	if eval[string](w.Page, "location.search") != "" {
		w.Go(w.path)
	}
	w.pressAll(id + ".observe")
	for !w.there("#predict") && !w.there(theEnd) {
		w.then(func() { w.hand.press(w.Page, onButton) })
		if !w.there("#predict") && !w.there(theEnd) {
			w.pressAll(id + ".explain")
		}
	}
}

// forms are those that the buttons in the text send, but for the one that begins anew.
const forms = `[...document.querySelectorAll("article .press:not(.help-of *)")].map(b => b.getAttribute("form")).filter(id => !document.getElementById(id).action.endsWith("/start"))`

// pressAll presses the buttons in the text of a part, in order. The last one is pressed
// again while the part waits for something to happen: the text says how often.
func (w *lessonWalk) pressAll(part string) {
	w.t.Helper()
	ids := eval[[]string](w.Page, forms)
	for _, id := range ids {
		w.pressIn(part, id)
	}
	for range 3 {
		if len(ids) == 0 || !w.there(`.stages [data-state=now]:nth-child(2)`) { // it went on to what there is to see
			return
		}
		w.pressIn(part, ids[len(ids)-1])
	}
}

// pressIn presses a button in the text of a part, which the page may have gone on from.
func (w *lessonWalk) pressIn(part, form string) {
	w.t.Helper()
	button := `article .press[form="` + form + `"]`
	if !w.there(button) {
		w.Go(w.path + "?part=" + part)
	}
	w.then(func() { w.hand.press(w.Page, button) })
}

// then does something that brings the page anew, and waits for that.
func (w *lessonWalk) then(do func()) {
	w.t.Helper()
	const lab = `document.getElementById("lab")`
	w.Eval(lab + `.dataset.old = ""`)
	do()
	w.Await(lab + ` && !("old" in ` + lab + `.dataset) && document.readyState === "complete"`)
}

func (w *lessonWalk) there(selector string) bool { return w.count(selector) > 0 }

func (w *lessonWalk) count(selector string) int {
	w.t.Helper()
	return eval[int](w.Page, fmt.Sprintf(`document.querySelectorAll(%q).length`, selector))
}
