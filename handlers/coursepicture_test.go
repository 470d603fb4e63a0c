package handlers_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// identified returns a predicate for the element of an id.
func identified(id string) func(*html.Node) bool {
	return func(n *html.Node) bool { return attribute(n, "id") == id }
}

// skipFirst answers no more than the first question, and that not.
func (p *pupil) skipFirst() {
	p.t.Helper()
	p.Post(p.address("/predict"), "question", p.l.Questions[0].ID, "skip", "true").Want(303)
}

// The text of a result and the picture beside it are of one step, also where the act that
// revealed it made another. The links to other steps lead to those.
func TestAResultIsDrawnByTheStepThatItsTextIsAbout(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "login"), "en")
	p.skipFirst()
	p.do("log-in", "who")
	at := p.progress().Steps
	p.open(p.address("?step=" + strconv.Itoa(at["me"].N)))
	if got := p.drawnStep(); got != strconv.Itoa(at["login"].N) {
		t.Errorf("step %s is drawn; want %d, the login", got, at["login"].N)
	}
	if got := said(p.first("span", classed("at-step"))); got != "Step "+strconv.Itoa(at["login"].N)+" result" {
		t.Errorf("the picture is said to be of %q", got)
	}
	for _, n := range []int{at["login"].N, at["me"].N} {
		if !slices.ContainsFunc(p.all("a", func(*html.Node) bool { return true }), func(a *html.Node) bool {
			return strings.Contains(attribute(a, "href"), "part=q1.observe&step="+strconv.Itoa(n))
		}) {
			t.Errorf("no link of the text leads to step %d", n)
		}
	}
	p.open(p.address("?part=q1.observe&step=" + strconv.Itoa(at["me"].N)))
	if got := p.drawnStep(); got != strconv.Itoa(at["me"].N) {
		t.Errorf("step %s is drawn; want %d, which the link names", got, at["me"].N)
	}
}

// Going on is possible with goals of the part still open, but the button says so.
func TestTheWayOnTellsOfOpenGoals(t *testing.T) {
	p := four(t)
	p.skipFirst()
	p.do("set-dark")
	p.open(p.address(""))
	p.says("1 open here")
	on := p.first("button", func(n *html.Node) bool { return attribute(n, "aria-describedby") == "goals-open" })
	if classed("btn-1")(on) {
		t.Error("the button that leads on is the one to press, with a goal still open")
	}
	for _, g := range p.l.Goals {
		if g.Part == "q1" {
			p.do(g.Do...)
		}
	}
	p.open(p.address("?part=q1." + lesson.Observe))
	if page := said(p.first("main", func(*html.Node) bool { return true })); strings.Contains(page, "open here") {
		t.Error("goals are open with all of the part reached")
	}
}

// After an act the one that follows it is suggested, not the same again.
func TestOnlyAControlThatDoesTheNextActIsSuggested(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "login"), "en")
	p.open(p.address(""))
	p.skip()
	p.open(p.address("?part=q1.act"))
	suggested := func(id string) bool { return classed("btn-1")(p.first("button", identified("b-"+id))) }
	if !suggested("log-in") || suggested("who") {
		t.Error("the login is not suggested where it is next")
	}
	p.do("log-in")
	p.open(p.address("?part=q1.act"))
	if suggested("log-in") || !suggested("who") {
		t.Error("asking is not suggested after the login")
	}
	p.do("who", "log-in", "out")
	p.open(p.address("?part=change.act"))
	if suggested("log-in") {
		t.Error("the right password is suggested where a wrong one is next")
	}
}

func TestALessonNamesItsFirstBrowserBeforeThereIsAStep(t *testing.T) {
	for slug, want := range map[string]string{"amnesia": "momo", "login": "yours"} {
		s := newCourse(t)
		p := &pupil{visitor: s.visitor(t), site: s, l: lessonCalled(t, slug), lang: "en"}
		p.open(p.address(""))
		if got := said(p.first("section", identified("duo-browser"))); !strings.Contains(got, want) {
			t.Errorf("%s: the browser's side says %q; want %q", slug, got, want)
		}
	}
}

// What a lesson that is not done teaches would say nothing on the sheet yet.
func TestTheSheetLeavesOutWhatOtherLessonsTeach(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	page := l.page("/en/course/sheet")
	contains(t, page, "to come in lesson 5", "to come in lesson 8", "to come in lesson 9", "to come in lesson 13")
	for _, term := range []string{"HttpOnly", "SameSite", "anyone with the cookie"} {
		if strings.Contains(page, term) {
			t.Errorf("the sheet has %q, which no lesson has taught yet", term)
		}
	}
	l.got(lesson.Course{"flags": {Done: true}, "where": {Done: true}})
	page = l.page("/en/course/sheet")
	contains(t, page, "HttpOnly", "SameSite", "to come in lesson 8")
	if strings.Contains(page, "to come in lesson 9") {
		t.Error("lesson 9 is done, and still to come")
	}
}
