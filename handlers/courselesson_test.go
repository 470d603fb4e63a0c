package handlers_test

import (
	"errors"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
)

// lessonCalled is the lesson of the course of that slug.
func lessonCalled(t testing.TB, slug string) *lesson.Lesson {
	t.Helper()
	all := lessons(t)
	i := slices.IndexFunc(all, func(l *lesson.Lesson) bool { return l.Slug == slug })
	if i < 0 {
		t.Fatalf("there is no lesson %q", slug)
	}
	return all[i]
}

// four begins lesson 4, which the learner's own browser does.
func four(t *testing.T) *pupil {
	t.Helper()
	return newCourse(t).take(t, lessonCalled(t, "set-get-pop-clear"), "en")
}

// lessonTold is what the JSON of a lesson says.
type lessonTold struct {
	N           int
	Slug, Title string
	State       string
	Part        string
	Predictions []struct {
		ID, Text string
		Answer   *string
		Right    *bool
	}
	Goals []struct {
		ID, Text string
		Done     bool
	}
	Steps  map[string]int
	Shown  []string
	Helped map[string]string
}

// told is the pupil's lesson as JSON.
func (p *pupil) told() (l lessonTold) {
	p.t.Helper()
	p.With("Accept", "application/json").Get(p.address("")).Want(http.StatusOK).JSON(&l)
	return l
}

// reached are the ids of the goals that were.
func (l lessonTold) reached() (ids []string) {
	for _, g := range l.Goals {
		if g.Done {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// says reports each part that the text of the page lacks.
func (p *pupil) says(parts ...string) {
	p.t.Helper()
	text := said(p.first("main", func(*html.Node) bool { return true }))
	for _, part := range parts {
		if !strings.Contains(text, part) {
			p.t.Errorf("%s does not say %q: %s", p.path, part, text)
		}
	}
}

// button is the button of that word.
func (p *pupil) button(word string) *html.Node {
	return p.first("button", func(n *html.Node) bool { return said(n) == word })
}

// Beginning is one press: the form goes on to the app, so that the learner's own browser
// logs in and keeps the cookie.
func TestALessonBeginsWithALoginOfTheLearnersOwnBrowser(t *testing.T) {
	p := four(t)
	steps := p.steps(0)
	if len(steps) != 1 || steps[0].Op != step.OpLogin || steps[0].Client != step.ClientBrowser {
		t.Fatalf("beginning made %v; want one login by the browser", steps)
	}
	if sessionCookie(p.Client, p.bench.Path()) == "" {
		t.Error("the browser has no session cookie")
	}
	if n := len(p.all("button", func(n *html.Node) bool { return strings.HasPrefix(attribute(n, "id"), "b-") && !carries(n, "disabled") })); n > 0 {
		t.Errorf("%d controls can be pressed before the question is answered", n)
	}
	p.says("Does the cookie change?", "Answer first.")
}

// As long as a question is open, nothing on its page gives the answer away: neither the
// goals while it can be answered, nor what a step means for what was asked.
func TestAnOpenQuestionIsNotAnsweredByItsPage(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "logout"), "en")
	goals := func() *html.Node { return p.first("ul", classed("goals")) }
	p.open(p.address(""))
	if goals() != nil {
		t.Errorf("before the answer the page shows what there is to reach: %s", said(goals()))
	}
	p.skipFirst()
	p.do("momo-out")
	p.open(p.address(""))
	p.says("Logged out: the record is gone from the store.")
	if text := said(p.first("main", func(*html.Node) bool { return true })); strings.Contains(text, "useless") {
		t.Errorf("before Mallory asks, the page says that her copy is useless: %s", text)
	}
	if goals() == nil {
		t.Error("after the answer the page does not show what there is to reach")
	}
	p.do("ask-mallory")
	p.open(p.address("?step=" + strconv.Itoa(newestStep(p)-1)))
	p.says("Logged out: the record is gone from the store. The cookie was deleted too, and a copy of it is useless now.")
}

func newestStep(p *pupil) int {
	steps := p.steps(0)
	return steps[len(steps)-1].N
}

// A lesson for whose browsers there is no room is refused before anything is lost.
func TestALessonWithoutRoomForItsBrowsersChangesNothing(t *testing.T) {
	l := newCourse(t).learner()
	l.set("mechanism", "flask", "lifetime", "2h", "secret_key", "a-key-of-my-own")
	for _, name := range []string{"a", "b", "c", "d"} {
		l.browser(name)
	}
	l.Post("/en/lab/clock", "move", "1h").Want(200)
	var before, after map[string]any
	l.Get("/en/lab").Want(200).JSON(&before)
	failed(t, l.Post("/en/course/logout/start"), 409, "too_many_browsers")
	l.Get("/en/lab").Want(200).JSON(&after)
	for _, part := range []string{"settings", "browsers", "entries"} {
		if !reflect.DeepEqual(before[part], after[part]) {
			t.Errorf("the lesson that did not begin changed the %s from %v to %v", part, before[part], after[part])
		}
	}
}

func TestAPredictionComesBeforeWhatHappens(t *testing.T) {
	p := four(t)
	p.press(p.button("This is my answer"), "answer", "a")
	if told := p.told(); told.Part != "q1.act" || told.Predictions[0].Answer == nil || *told.Predictions[0].Answer != "a" || told.Predictions[0].Right != nil {
		t.Errorf("after the answer the lesson is %+v", told)
	}
	p.Post(p.address("/predict"), "question", "q1", "answer", "b").Want(http.StatusSeeOther) // it can be changed until then
	p.press(p.button("Set theme = dark"))
	p.says("You said B", "That is not what happened.", `{"uname":"momo"}`, "76 characters")
	late := p.Post(p.address("/predict"), "question", "q1", "answer", "c")
	late.Want(http.StatusConflict)
	if !strings.Contains(late.Body, "too late") {
		t.Errorf("the answer to a late prediction does not say so: %s", late.Body)
	}
	told := p.told()
	if told.Part != "q1.observe" || *told.Predictions[0].Answer != "b" || told.Predictions[0].Right == nil || *told.Predictions[0].Right {
		t.Errorf("after the act the lesson is %+v", told)
	}
}

// Enter in a choice means the first button of the form in the document.
func TestTheAnswerStandsBeforeSkipping(t *testing.T) {
	p := four(t)
	buttons := p.all("button", func(n *html.Node) bool { return attribute(n, "form") == "predict" })
	if len(buttons) != 2 || carries(buttons[0], "name") || attribute(buttons[1], "name") != "skip" || !carries(buttons[1], "formnovalidate") {
		t.Errorf("the buttons of the prediction are %v", buttons)
	}
}

func TestSkippingCountsMoreThanAChoice(t *testing.T) {
	p := four(t)
	p.press(p.button("Skip, just show me"), "answer", "c")
	p.press(p.button("Set theme = dark"))
	p.says("You skipped the guess.")
	if a := p.told().Predictions[0]; a.Answer != nil || a.Right != nil {
		t.Errorf("a question that was skipped has the answer %v, right %v", a.Answer, a.Right)
	}
}

// A step counts whoever sent it, and a question whose result it shows is revealed.
func TestCurlReachesAGoal(t *testing.T) {
	p := four(t)
	p.press(p.button("Skip, just show me"))
	cookie := "session=" + sessionCookie(p.Client, p.bench.Path())
	p.site.carrying(cookie).Post(p.bench.Path()+"set", "key", "city", "value", "杭州").Want(http.StatusOK)
	p.open(p.address("?step=2"))
	p.says("The record changed.", "Goal reached in step 2", "杭州")
	if told := p.told(); !slices.Equal(told.reached(), []string{"g1"}) || told.Steps["set"] != 2 || told.Part != "q1.observe" {
		t.Errorf("after curl's step the lesson is %+v", told)
	}
}

// What is right follows from what happened: with Flask's cookie the first question has
// another answer.
func TestAnotherMechanismHasAnotherRightAnswer(t *testing.T) {
	p := four(t)
	p.press(p.button("This is my answer"), "answer", "c")
	p.Post("/en/lab/settings", "mechanism", "flask").Want(http.StatusSeeOther)
	p.do("log-in", "set-dark")
	p.open(p.address(""))
	p.says("On your bench")
	kept := must(lesson.ReadCourse(p.bench.Course()))(t)["set-get-pop-clear"]
	if right := kept.Answers["q1"].Right; right == nil || *right {
		t.Errorf("with another mechanism the answer c is right: %v", right)
	}
	if p.first("button", func(n *html.Node) bool { return said(n) == "Restart this lesson" }) == nil {
		t.Error("there is no button that begins the lesson again")
	}
}

// An act of a question that was not answered is refused, also without its page.
func TestActsAreLockedUntilTheirQuestionIsAnswered(t *testing.T) {
	p := four(t)
	p.Post(p.address("/do"), "act", "switch").Want(http.StatusConflict)
	p.Post(p.address("/predict"), "question", "change", "answer", "a").Want(http.StatusSeeOther)
	p.Post(p.address("/do"), "act", "switch").Want(http.StatusSeeOther)
	if m := p.bench.Settings().Mechanism; m != step.MechanismFlask {
		t.Errorf("the mechanism is %s; want flask", m)
	}
	p.Post(p.address("/do"), "act", "set-dark").Want(http.StatusUnprocessableEntity) // the browser's own
	p.Post(p.address("/part"), "part", "q1.explain").Want(http.StatusUnprocessableEntity)
}

// Help is asked for in stages. What was done for the learner is marked, and the step is
// as clean as the learner's own.
func TestHelpThatWasUsedIsMarked(t *testing.T) {
	p := four(t)
	p.press(p.button("Skip, just show me"))
	p.press(p.button("Stuck?"))
	p.says("Hint")
	p.press(p.button("Show the goal"))
	p.says("Goal A step")
	p.press(p.button("Do it for me"))
	p.says("done for you")
	told := p.told()
	if told.Helped["g1"] != "done" || !slices.Equal(told.reached(), []string{"g1"}) {
		t.Errorf("after help the lesson is %+v", told)
	}
	steps := p.steps(1)
	if body := steps[0].Request.Body; strings.Contains(body, "goal") || strings.Contains(body, "stage") {
		t.Errorf("the request of the step has more than the app's fields: %s", body)
	}
	p.press(p.button("Stuck?")) // of the second goal, which is a GET
	p.press(p.button("Show the goal"))
	p.press(p.button("Do it for me"))
	if told := p.told(); told.Steps["get"] != 3 || told.Helped["g2"] != "done" {
		t.Errorf("after more help the lesson is %+v", told)
	}
}

// What was refused is not marked as done for the learner.
func TestHelpThatWasRefusedIsNotMarked(t *testing.T) {
	p := four(t)
	p.Post(p.address("/help"), "goal", "g1", "stage", "done", "act", "nothing").Want(http.StatusUnprocessableEntity)
	p.Post(p.address("/help"), "goal", "g1", "stage", "done", "act", p.l.Goals[0].Do[0]).Want(http.StatusConflict) // before the guess
	if told := p.told(); len(told.Helped) > 0 {
		t.Errorf("after help that was refused, the lesson is %+v", told)
	}
	p.Post(p.address("/predict"), "question", "q1", "answer", "a", "skip", "false")
	if a := p.told().Predictions[0].Answer; a == nil || *a != "a" {
		t.Errorf("with skip=false the answer is %v; want a", a)
	}
}

// Beginning again forgets what was answered in this lesson, and in no other.
func TestBeginningAgainLeavesOtherLessonsAlone(t *testing.T) {
	s := newCourse(t)
	p := s.take(t, lessonCalled(t, "set-get-pop-clear"), "en")
	p.skip()
	p.do("set-dark")
	other := &pupil{visitor: p.visitor, site: s, l: lessonCalled(t, "where"), lang: "en", bench: p.bench}
	other.open(other.address(""))
	other.press(other.button("Begin"))
	q := other.l.Questions[0].ID
	other.Post(other.address("/predict"), "question", q, "answer", "a").Want(http.StatusSeeOther)

	p.open(p.address("?part=take"))
	p.press(p.button("Begin this lesson again"))
	told := p.told()
	if told.Part != "q1.predict" || len(told.reached()) > 0 || len(told.Steps) > 0 {
		t.Errorf("begun again, the lesson is %+v", told)
	}
	if record := p.steps(0)[len(p.steps(0))-1].After.Record; record == nil || strings.Contains(record.Raw, "theme") {
		t.Errorf("begun again, the record is %v; want one with a name alone", record)
	}
	if a := other.told().Predictions[0].Answer; a == nil || *a != "a" {
		t.Errorf("the answer in the other lesson is %v; want a", a)
	}
}

// A lesson whose browsers another one has closed says so, and begins again.
func TestALessonWhoseBrowsersAreGoneBeginsAgain(t *testing.T) {
	s := newCourse(t)
	p := s.take(t, lessonCalled(t, "logout"), "en")
	p.skip()
	other := &pupil{visitor: p.visitor, site: s, l: lessonCalled(t, "fixation"), lang: "en", bench: p.bench}
	other.open(other.address(""))
	other.press(other.button("Begin"))

	p.open(p.address("?part=q1.act"))
	p.says("lesson’s browsers are gone")
	for _, id := range p.l.Controls {
		if !carries(p.first("button", identified("b-"+id)), "disabled") {
			t.Errorf("the button %s can be pressed", id)
		}
	}
	failed(t, p.With("Accept", "application/json").Post(p.address("/do"), "act", "ask-mallory"), http.StatusConflict, "lesson_over")
	p.open(p.address("?part=q1.predict"))
	if carries(p.first("button", identified("b-restart")), "disabled") {
		t.Error("with a question open the lesson cannot be begun again")
	}
	p.press(p.first("button", identified("b-restart")))
	if p.told().Part != "q1.predict" {
		t.Errorf("after the press the lesson is %+v", p.told())
	}
}

// A lesson undoes what another one did to settings and clock.
func TestALessonSetsUpTheBenchAnew(t *testing.T) {
	s := newCourse(t)
	p := s.take(t, lessonCalled(t, "set-get-pop-clear"), "en")
	p.Post("/en/lab/settings", "mechanism", "flask", "lifetime", "1m", "secret_key", "dev", "workers", "2").Want(http.StatusSeeOther)
	p.Post("/en/lab/clock", "move", "2h").Want(http.StatusSeeOther)
	p.open(p.address("?part=take"))
	p.press(p.button("Begin this lesson again"))
	now := p.bench.Settings()
	if now.Mechanism != step.MechanismServer || now.Lifetime.String() != "31d" || now.Workers != "1" || now.SecretKey == "dev" || p.bench.Clock().Ahead != 0 {
		t.Errorf("the settings are %+v, the clock is %v ahead", now, p.bench.Clock().Ahead)
	}
}

// Whose browser keeps no cookie is told so, and how to go on.
func TestALoginThatDoesNotStayIsExplained(t *testing.T) {
	p := four(t)
	p.skip()
	p.Client.Jar.SetCookies(must(url.Parse(p.base+p.bench.Path()))(t), []*http.Cookie{{Name: "session", Path: p.bench.Path(), MaxAge: -1}})
	p.do("set-dark")
	p.open(p.address(""))
	p.says("your browser did not send the cookie back at step 2", "Allow cookies for this site")
}

// Before it began, a lesson stores nothing and can only be begun.
func TestALessonThatWasNotBegun(t *testing.T) {
	s := newCourse(t)
	v := s.visitor(t)
	v.open("/zh/course/set-get-pop-clear")
	text := said(v.first("main", func(*html.Node) bool { return true }))
	for _, part := range []string{"写入一个值，Cookie 会变吗？", "开始", "约 14 分钟"} {
		if !strings.Contains(text, part) {
			t.Errorf("the page does not say %q: %s", part, text)
		}
	}
	for _, path := range []string{"/predict", "/do", "/part", "/help"} {
		v.Post("/en/course/set-get-pop-clear"+path, "question", "q1", "answer", "a", "act", "switch", "part", "take", "goal", "g1", "stage", "hint").Want(http.StatusConflict)
	}
	wrong := v.With("Accept", "text/html").Post("/en/course/set-get-pop-clear/do", "act", "switch").Want(http.StatusConflict)
	if !strings.Contains(wrong.Body, `href="/en/course/set-get-pop-clear"`) {
		t.Error("what goes wrong in a lesson does not lead back to it")
	}
	v.Client.Get("/en/course/nothing").Want(http.StatusNotFound)
	if n := s.count("benches"); n != 0 {
		t.Errorf("looking at a lesson stored %d benches", n)
	}
}

// The page of a lesson weighs little more than that of a step.
func TestThePageOfALessonIsLight(t *testing.T) {
	const most = 10_000 // bytes, gzipped
	p := four(t)
	p.skip()
	p.do("set-dark", "get-theme", "get-colour", "pop-theme", "pop-theme", "clear-all", "who")
	for _, part := range p.l.Parts() {
		page := p.With("Accept-Encoding", "gzip").Get(p.address("?part=" + part)).Want(http.StatusOK)
		t.Logf("%s: %d bytes", part, len(page.Body))
		if len(page.Body) > most {
			t.Errorf("%s has %d bytes gzipped; want at most %d", part, len(page.Body), most)
		}
	}
}

// A store that does not answer is named, and nothing that was answered is lost.
func TestALessonSaysThatTheStoreIsAway(t *testing.T) {
	away := false
	all := lessons(t)
	s := newSite(t, func(h *handlers.Options, o *lab.Options) {
		h.Lessons = always(all)
		h.StoreState = func(string) error {
			if away {
				return errors.New("connection refused")
			}
			return nil
		}
	})
	p := s.take(t, lessonCalled(t, "set-get-pop-clear"), "en")
	p.press(p.button("This is my answer"), "answer", "c")
	away = true
	p.open(p.address(""))
	p.says("Your answers are kept.", "It stays the same, byte for byte.")
}

// While an experiment runs on the bench, requests to the app wait; a lesson can be read.
func TestALessonCanBeReadWhileAnExperimentRuns(t *testing.T) {
	p := four(t)
	run := must(p.site.lab.Begin(t.Context(), p.bench, lab.Plan{Slug: "theft", Variant: "open", Steps: 1}))(t)
	p.open(p.address(""))
	p.says("Does the cookie change?")
	if err := run.End(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	p.press(p.button("Skip, just show me"))
	p.press(p.button("Set theme = dark"))
	p.says("The record changed.")
}

// A goal is asked for where the text says what to do for it, and not before.
func TestAGoalIsListedFromWhereItsButtonsAre(t *testing.T) {
	s := newCourse(t)
	for _, tt := range []struct{ lesson, acts, goal, early, from string }{
		{"set-get-pop-clear", "set-dark", "g2", "q1.act", "q1.observe"},
		{"where", "to-flask log-in set-pin", "g2", "q1.observe", "q1.explain"},
	} {
		p := s.take(t, lessonCalled(t, tt.lesson), "en")
		p.skipFirst()
		p.do(strings.Fields(tt.acts)...)
		goal := p.words().Goals[tt.goal].Text.Plain(nil)
		for part, want := range map[string]bool{tt.early: false, tt.from: true} {
			p.open(p.address("?part=" + part))
			if got := strings.Contains(said(p.first("ul", classed("goals"))), goal); got != want {
				t.Errorf("%s, %s lists the goal %q: %t; want %t", tt.lesson, part, goal, got, want)
			}
		}
	}
}

// An app that comes back to Flask's session within a second signs as if that were over.
func TestAWeakKeyIsFoundWithinTheSecondOfASwitch(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "guess-and-forge"), "en")
	p.skip()
	for _, mechanism := range []string{"flask", "server"} {
		p.Post("/en/lab/settings", "mechanism", mechanism).Want(http.StatusSeeOther)
	}
	p.do("weak", "mallory-in", "crack", "forge", "ask")
	if _, reached := p.progress().Goals["g3"]; !reached {
		t.Error("the key was not found, or what was signed with it is not believed")
	}
}

// The text beside the picture marks both sides as the picture does, and says what changed
// where the bytes did not.
func TestTheTextMarksBothSidesAsThePictureDoes(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "login"), "en")
	p.skip()
	p.do("log-in", "who", "log-in")
	p.open(p.address("?part=q2.observe"))
	own := p.first("section", func(n *html.Node) bool {
		return classed("bytes-of")(n) && classed("by-store")(n)
	})
	if got := said(own); !strings.Contains(got, "changed") || !strings.Contains(got, "under a new ID") {
		t.Errorf("the record of a second login is said to be %q; want it changed, with the same values under a new ID", got)
	}
	if got := said(p.first("section", identified("duo-store"))); !strings.Contains(got, "changed") {
		t.Errorf("in the picture it is %q", got)
	}
}
