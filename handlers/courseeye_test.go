package handlers_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// A lesson that sends requests to prepare the bench says which steps these are, before the
// learner's own go on behind them, and says it no longer once there is one.
func TestALessonSaysWhichStepsPreparedIt(t *testing.T) {
	for slug, want := range map[string]string{
		"automatic": "Step 1 was sent by the lesson, to prepare your bench. Your own steps begin with 2.",
		"sliding":   "Steps 1 to 2 were sent by the lesson, to prepare your bench. Your own steps begin with 3.",
		"login":     "Step 1 was sent by the lesson",
		"amnesia":   "",
	} {
		p := newCourse(t).take(t, bySlug(t, slug), "en")
		p.open(p.address(""))
		const about = "to prepare your bench. Your own"
		if said := said(p.first("section", hasID("small-bench"))); want == "" && strings.Contains(said, about) || !strings.Contains(said, want) {
			t.Errorf("%s: the bench says %q; want %q", slug, said, want)
		}
		p.skip()
		p.do(p.l.Questions[0].Acts[0])
		p.do(p.l.Questions[0].Acts[len(p.l.Questions[0].Acts)-1])
		p.open(p.address(""))
		if strings.Contains(p.body, about) {
			t.Errorf("%s: after the learner's own request the bench still says what prepared it", slug)
		}
	}
}

// What came before a lesson is read before it begins. Then it folds: the choices of the
// first question have its place.
func TestTheStoryOfALessonFoldsWhenItBegins(t *testing.T) {
	s := newCourse(t)
	l := bySlug(t, "a-note")
	p := &pupil{visitor: s.visitor(t), site: s, l: l, lang: "en"}
	p.open(p.address(""))
	if p.first("p", classed("story")) == nil {
		t.Error("before the lesson begins, its story is not read at once")
	}
	p = s.take(t, l, "en")
	p.open(p.address(""))
	folded := p.first("details", classed("story"))
	if folded == nil || !strings.Contains(said(folded), l.Words["en"].Story) {
		t.Error("after the lesson began, its story is not folded")
	}
}

// From a text that says what to look at, a link leads to the picture, and one back: on a
// phone they are not beside each other.
func TestATextLeadsToItsPictureAndBack(t *testing.T) {
	p := newCourse(t).take(t, bySlug(t, "a-note"), "zh")
	p.skip()
	p.do("colour")
	p.open(p.address(""))
	for href, from := range map[string]string{"#ladder": "tale-in", "#lab": "bar"} {
		links := p.all("a", func(a *html.Node) bool { return attribute(a, "href") == href && within(a, from) })
		if len(links) != 1 || p.first("div", hasID("ladder")) == nil || p.first("main", hasID("lab")) == nil {
			t.Errorf("%d links lead to %s; want one", len(links), href)
		}
	}
}
