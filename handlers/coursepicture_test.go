package handlers_test

import (
	"regexp"
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

// drawnIs reports a picture that is not of that step.
func (p *pupil) drawnIs(n int) {
	p.t.Helper()
	if got := p.drawnStep(); got != strconv.Itoa(n) {
		p.t.Errorf("%s: step %s is drawn; want %d", p.path, got, n)
	}
}

// linksTo reports that no link of the page has an address with such an end.
func (p *pupil) linksTo(end string) {
	p.t.Helper()
	if !slices.ContainsFunc(p.all("a", func(*html.Node) bool { return true }), func(a *html.Node) bool {
		return strings.HasSuffix(attribute(a, "href"), end)
	}) {
		p.t.Errorf("%s: no link leads to %s", p.path, end)
	}
}

// Right after a press the picture is of the step that it became. The text beside it may be
// about another one: it says so, and leads there. Whoever goes on sees the step that the
// text is about.
func TestAPressIsDrawnAndThenTheStepThatTheTextIsAbout(t *testing.T) {
	for slug, acts := range map[string][]string{
		"login": {"log-in", "who"}, "set-get-pop-clear": {"clear-all", "who"}, "lifetime": {"close-it", "reopen-it", "ask", "log-in", "remember", "close-it", "reopen-it", "ask"},
	} {
		p := newCourse(t).take(t, lessonCalled(t, slug), "en")
		p.skip()
		last := acts[len(acts)-1]
		p.do(acts[:len(acts)-1]...)
		question := map[string]string{"login": "q1", "set-get-pop-clear": "q4", "lifetime": "q2"}[slug]
		p.open(p.address("?part=" + question + ".act"))
		p.Post(p.address("/part"), "part", question+".act")
		p.press(p.first("button", func(n *html.Node) bool { return attribute(n, "form") == "do-"+last }))
		q, _ := p.l.Question(question)
		shown, steps := p.progress().Steps[q.Show].N, p.steps(0)
		p.drawnIs(steps[len(steps)-1].N)
		p.says("Observe step "+strconv.Itoa(shown), "the picture is of step "+strconv.Itoa(steps[len(steps)-1].N))
		p.linksTo("part=" + question + ".observe&step=" + strconv.Itoa(shown))
		p.press(p.button("Why?"))
		p.drawnIs(shown)
		p.open(p.address("?part=" + question + ".observe"))
		p.drawnIs(shown)
		p.open(p.address("?part=" + question + ".observe&step=" + strconv.Itoa(steps[len(steps)-1].N)))
		p.drawnIs(steps[len(steps)-1].N)
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

// What a lesson prepared is no act of the learner's, and a setting that leaves no entry is
// one all the same.
func TestTheNextActGoesByWhatTheLearnerDid(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "repair"), "en")
	p.open(p.address(""))
	p.skip()
	suggested := func() (all []string) {
		p.open(p.address("?part=q1.act"))
		for _, id := range p.l.Controls {
			if classed("btn-1")(p.first("button", identified("b-"+id))) {
				all = append(all, id)
			}
		}
		return all
	}
	for _, next := range []string{"http-only", "ask", "log-in"} {
		if got := suggested(); len(got) != 1 || got[0] != next {
			t.Fatalf("%v is suggested; want %s", got, next)
		}
		p.do(next)
	}
}

// A lesson that speaks of a run leads to the one that was made in it.
func TestALessonLeadsToTheRunThatItSpeaksOf(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "flags"), "en")
	p.open(p.address(""))
	p.skip()
	p.do("script", "take", "ask", "theft-shut")
	p.open(p.address("?part=q1.observe"))
	run := p.first("a", func(n *html.Node) bool { return strings.HasPrefix(attribute(n, "href"), "/en/experiments/theft") })
	if got := attribute(run, "href"); !regexp.MustCompile(`^/en/experiments/theft\?run=\d+$`).MatchString(got) {
		t.Errorf("the lesson leads to %s; want its run", got)
	}
	p.openLink(attribute(run, "href"))
	chosen := p.first("input", func(n *html.Node) bool { return attribute(n, "name") == "variant" && carries(n, "checked") })
	if got := attribute(chosen, "value"); got != "http-only" {
		t.Errorf("there the variant %s is chosen; want that of the run", got)
	}
}

// Right after a restart both sides are as they are then: a new key does not fit the old
// signature, and memory is lost.
func TestBothSidesAreTrueRightAfterARestart(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "restart"), "en")
	p.open(p.address(""))
	p.skip()
	side := func(id string) string { return said(p.first("section", identified("duo-"+id))) }
	p.do("log-in")
	p.open(p.address("?part=q1.act"))
	p.press(p.first("button", identified("b-restart-random")))
	if got := side("browser"); !strings.Contains(got, "signature (wrong)") {
		t.Errorf("with a new key the browser's side says %q", got)
	}
	if got := side("store"); !strings.Contains(got, "momo") {
		t.Errorf("a restart took the record out of a database: %q", got)
	}
	p.do("to-memory", "log-in")
	p.open(p.address("?part=q1.act"))
	p.press(p.first("button", identified("b-restart-same")))
	if got := side("browser"); !strings.Contains(got, "signature (valid)") {
		t.Errorf("with the same key the browser's side says %q", got)
	}
	if got := side("store"); strings.Contains(got, "momo") {
		t.Errorf("after a restart the memory still holds %q", got)
	}
}

// A setting that is made already, or that a later act makes another, holds nothing up.
func TestTheNextActFollowsSettingsThatLeaveNothingBehind(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "flags"), "en")
	p.open(p.address(""))
	p.skip()
	p.do("none", "momo-in", "basket", "post", "lax")
	for _, next := range []string{"momo-in", "basket"} {
		p.open(p.address("?part=change.act"))
		if !classed("btn-1")(p.first("button", identified("b-"+next))) {
			t.Fatalf("%s is not suggested after the setting was undone", next)
		}
		p.do(next)
	}
	p = newCourse(t).take(t, lessonCalled(t, "restart"), "en")
	p.open(p.address(""))
	p.skip()
	p.do("restart-same", "who", "restart-same")
	p.open(p.address("?part=q1.act"))
	if classed("btn-1")(p.first("button", identified("b-me"))) {
		t.Error("a restart with the same key counts as one with another")
	}
}

// A new key is seen at once in the jar of a virtual browser too.
func TestANewKeyDoesNotFitTheJarOfAVirtualBrowser(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "repair"), "en")
	p.open(p.address(""))
	p.skip()
	p.do("http-only", "ask", "log-in")
	p.open(p.address("?part=q2.act"))
	p.press(p.first("button", identified("b-new-key")))
	if got := said(p.first("section", identified("duo-browser"))); !strings.Contains(got, "signature (wrong)") {
		t.Errorf("with a new key the browser's side says %q", got)
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
