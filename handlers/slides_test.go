package handlers_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
)

// A remote goes through a lesson that is projected, by what PgDn and PgUp press.
type remote struct {
	*pupil
	seen []string // the kinds of screen, each once in a row
}

// project begins to project a lesson that somebody begins there.
func (s *site) project(t *testing.T, l *lesson.Lesson, lang string) *remote {
	t.Helper()
	r := &remote{pupil: &pupil{visitor: s.visitor(t), site: s, l: l, lang: lang}}
	r.open(r.address("?present"))
	return r
}

func hasID(id string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attribute(n, "id") == id }
}

// on is the kind of screen, and which one it is.
func (r *remote) on() (kind string, n int) {
	r.t.Helper()
	main := r.first("main", hasID("lab"))
	if main == nil {
		r.t.Fatalf("%s is no screen", r.path)
	}
	kind = strings.TrimPrefix(attribute(main, "class"), "slide slide-")
	n, err := strconv.Atoi(attribute(main, "data-screen"))
	if err != nil {
		r.t.Fatalf("%s: %v", r.path, err)
	}
	return kind, n
}

// goOn goes on, and reports whether there was where to.
func (r *remote) goOn() bool {
	r.t.Helper()
	kind, _ := r.on()
	if n := len(r.seen); n == 0 || r.seen[n-1] != kind {
		r.seen = append(r.seen, kind)
	}
	if link := r.first("a", hasID("event-next")); link != nil {
		r.follow(link)
		return true
	}
	button := r.first("button", hasID("event-next"))
	if button != nil {
		r.press(button)
	}
	return button != nil
}

func (r *remote) follow(link *html.Node) {
	r.t.Helper()
	path, _, _ := strings.Cut(attribute(link, "href"), "#")
	r.open(path)
}

// kept is what the bench keeps of the lesson.
func (r *remote) kept() lesson.Kept {
	r.t.Helper()
	return must(lesson.ReadCourse(r.entered().Course()))(r.t)[r.l.Slug]
}

// entered is the bench.
func (r *remote) entered() *lab.Bench {
	r.t.Helper()
	var b benchJSON
	r.With("Accept", "application/json").Get("/en/lab").Want(200).JSON(&b)
	return must(r.site.lab.Enter(r.t.Context(), b.Bench))(r.t)
}

// bySlug is the lesson of that slug.
func bySlug(t *testing.T, slug string) *lesson.Lesson {
	t.Helper()
	all := lessons(t)
	i := slices.IndexFunc(all, func(l *lesson.Lesson) bool { return l.Slug == slug })
	if i < 0 {
		t.Fatalf("there is no lesson %q", slug)
	}
	return all[i]
}

// With one button of a remote every lesson goes from its first screen to its last, in
// order, and all that is done on the way is done once. A lesson has one language there:
// [TestEachLessonCanBeWalkedToItsEnd] reads each in both.
func TestEveryLessonIsProjectedScreenByScreen(t *testing.T) {
	t.Parallel()
	s := newCourse(t)
	for i, l := range lessons(t) {
		lang := lesson.Languages[i%len(lesson.Languages)]
		t.Run(l.Slug+"/"+lang, func(t *testing.T) {
			r := s.project(t, l, lang)
			presses := 0
			for kind := ""; kind != "take"; kind, _ = r.on() {
				if presses++; presses > 400 || !r.goOn() {
					t.Fatalf("%s: a lesson does not come to its end: %q", r.path, r.seen)
				}
			}
			r.seen = append(r.seen, "take")
			var want []string
			for range l.Questions {
				want = append(want, "question", "act", "flow", "answer", "why")
			}
			// The last question, which changes one thing, explains nothing.
			if want = append(want[:len(want)-1], "take"); !slices.Equal(r.seen, want) {
				t.Errorf("the screens are %q; want %q", r.seen, want)
			}
		})
	}
}

// The room votes aloud: going on keeps that nobody predicted, and a click on a choice
// keeps that one.
func TestAScreenKeepsAnAnswerOnlyIfOneIsPressed(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "set-get-pop-clear"), "en")
	r.goOn() // begins
	if kind, n := r.on(); kind != "question" || n != 1 {
		t.Fatalf("the lesson begins on screen %d, a %s; want the first question", n, kind)
	}
	r.press(r.first("button", func(n *html.Node) bool { return attribute(n, "value") == "c" }))
	if kind, _ := r.on(); kind != "act" {
		t.Errorf("after the vote comes a %s; want the act", kind)
	}
	if a := r.kept().Answers["q1"]; a.Choice != "c" || a.Skipped {
		t.Errorf("kept is %+v; want c", a)
	}
	for kind := "act"; kind != "question"; kind, _ = r.on() {
		r.goOn()
	}
	r.goOn()
	if a := r.kept().Answers["q2"]; a.Choice != "" || !a.Skipped {
		t.Errorf("kept of the second question is %+v; want that it was skipped", a)
	}
}

// Going back sends nothing, and coming again to what was done does not do it again.
func TestGoingBackOnScreensSendsNothing(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "set-get-pop-clear"), "zh")
	for kind := ""; kind != "answer"; kind, _ = r.on() {
		r.goOn()
	}
	steps := func() int { return len(r.entered().Steps()) }
	was := steps()
	r.seen = nil
	for n := 0; n != 1; _, n = r.on() {
		r.follow(r.first("a", hasID("event-prev")))
	}
	if kind, n := r.on(); kind != "question" || n != 1 {
		t.Errorf("going back ends on screen %d, a %s; want the first question", n, kind)
	}
	for kind := ""; kind != "answer"; kind, _ = r.on() {
		r.goOn()
	}
	if got := steps(); got != was {
		t.Errorf("there are %d steps; want %d as before", got, was)
	}
}

// What came of a question is not on a screen before it happened.
func TestAScreenTellsNoAnswerBeforeTheAct(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "set-get-pop-clear"), "en")
	r.goOn()
	for screen, want := range map[int]string{2: "question", 3: "question", 4: "question", 25: "take"} {
		r.open(r.address("?present&screen=" + strconv.Itoa(screen)))
		if kind, _ := r.on(); kind != want {
			t.Errorf("screen %d is a %s before anything was done; want a %s", screen, kind, want)
		}
	}
	r.Get(r.address("?present&screen=99")).Want(404)
	r.Get(r.address("?present&screen=x")).Want(404)
}

// Leaving leads to the same place in the lesson, and from there one comes back to it.
func TestAScreenAndTheLessonAreAtTheSamePlace(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "set-get-pop-clear"), "en")
	for kind := ""; kind != "answer"; kind, _ = r.on() {
		r.goOn()
	}
	r.follow(r.first("a", hasID("leave")))
	if !strings.HasSuffix(r.path, "?part=q1.observe&screen=4") {
		t.Errorf("leaving leads to %s; want the part that was observed, and the screen", r.path)
	}
	contains(t, r.body, "You left the projection at screen 4.")
	r.follow(r.first("a", hasID("present")))
	if kind, n := r.on(); kind != "answer" || n != 4 {
		t.Errorf("projecting begins on screen %d, a %s; want the screen that was left", n, kind)
	}
	r.open(r.address("?part=q1.observe"))
	r.follow(r.first("a", hasID("present")))
	if kind, n := r.on(); kind != "flow" || n != 3 {
		t.Errorf("projecting begins on screen %d, a %s; want the flow of the first question", n, kind)
	}
}

// A question about the cookie shows the cookie, byte for byte.
func TestAScreenShowsTheBytesThatAreAskedAbout(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "set-get-pop-clear"), "en")
	r.goOn()
	now := r.first("section", classed("by-browser"))
	if now == nil {
		t.Fatal("the question shows no cookie")
	}
	value := said(r.first("code", func(n *html.Node) bool { return within(n, "by-browser") }))
	if want := strconv.Itoa(len(value)) + " characters"; strings.Contains(value, "…") || !strings.Contains(said(now), want) {
		t.Errorf("the question shows %q; want a whole value of %s", said(now), want)
	}
}

// What explains an answer has a screen of its own, with its source, and without links
// that nobody in the room can follow.
func TestAnAnswerIsExplainedOnAScreen(t *testing.T) {
	s := newCourse(t)
	l := bySlug(t, "where")
	r := s.project(t, l, "en")
	for kind := ""; kind != "why"; kind, _ = r.on() {
		r.goOn()
	}
	part, shown := l.Words["en"].Parts["q1.explain"], said(r.first("main", hasID("lab")))
	for _, want := range []string{part.Heading.Plain(nil), part.Source.Plain(nil), "The three parts are the data"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the screen lacks %q", want)
		}
	}
	if strings.Contains(shown, "The code that wrote this cookie") {
		t.Error("the screen has a paragraph that is only a link")
	}
	r.follow(r.first("a", hasID("leave")))
	if !strings.HasSuffix(r.path, "?part=q1.explain&screen=5") {
		t.Errorf("leaving leads to %s; want the part that explains", r.path)
	}
}
