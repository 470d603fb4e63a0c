package handlers_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
)

// drawnStep is the number of the step that the page draws, "" for none.
func (p *pupil) drawnStep() string {
	p.t.Helper()
	return attribute(p.first("div", func(n *html.Node) bool { return attribute(n, "id") == "steps" }), "data-step")
}

// What was done without a request is said, and the newest step stays drawn.
func TestWhatSentNoRequestIsSaid(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "automatic"), "en")
	p.skip()
	p.do("ask", "ask-second", "log-in-second", "ask", "block")
	p.open(p.address(""))
	p.says("No request was sent. The browser “momo 2” blocks cookies.")
	if got := p.drawnStep(); got != "5" {
		t.Errorf("step %s is drawn; want 5, the newest", got)
	}
	p.do("ask")
	p.open(p.address(""))
	if page := said(p.first("main", func(*html.Node) bool { return true })); strings.Contains(page, "No request was sent") {
		t.Errorf("what was done before the newest step is said as if it were new: %s", page)
	}
}

// A run is told by the step that decided it, and by what it came to.
func TestARunInALessonIsDrawn(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "flags"), "en")
	p.skip()
	p.do("theft-shut")
	p.open(p.address(""))
	p.says("Theft: she is out (the script reads nothing)")
	if got := p.drawnStep(); !slices.ContainsFunc(p.bench.Steps(), func(s step.Summary) bool { return s.Run > 0 && strconv.Itoa(s.N) == got }) {
		t.Errorf("step %s is drawn; want one of the run's", got)
	}
}

// A step from before the lesson is none of its own.
func TestALessonDrawsNothingFromBeforeItBegan(t *testing.T) {
	p := four(t)
	p.l = lessonCalled(t, "flags")
	p.open(p.address("?step=1"))
	if got := p.drawnStep(); got != "" {
		t.Errorf("a lesson that has not begun draws step %s", got)
	}
}

// The moved clock is told where the page is refreshed, and the store by its name.
func TestALessonTellsTheClockAndTheStore(t *testing.T) {
	p := four(t)
	p.l = lessonCalled(t, "set-get-pop-clear")
	p.skip()
	p.Post("/en/lab/clock", "move", "31d").Want(http.StatusSeeOther)
	p.Post("/en/lab/settings", "mechanism", "flask").Want(http.StatusSeeOther)
	p.open(p.address(""))
	p.says("31 days ahead", "Sessions: Cookie, signed (Flask)", "No request was sent. Sessions are kept elsewhere")
}

// The end completes a lesson whose goals are reached, however it is opened.
func TestReadingTheEndCompletesALesson(t *testing.T) {
	p := four(t)
	done := func() bool { return must(lesson.ReadCourse(p.bench.Course()))(t)[p.l.Slug].Done }
	p.skip()
	p.open(p.address("?part=take"))
	if done() {
		t.Fatal("the lesson is done with no goal reached")
	}
	for _, g := range p.l.Goals {
		p.do(g.Do...)
	}
	p.open(p.address(""))
	if done() {
		t.Fatal("the lesson is done before its end is read")
	}
	p.open(p.address("?part=take"))
	if !done() {
		t.Error("the lesson is not done")
	}
}

// Where no entry tells of an act, as of most settings, the page still does.
func TestASettingThatALessonSwitchesIsSaid(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "flags"), "en")
	p.skip()
	back := p.Post(p.address("/do"), "act", "none").Want(http.StatusSeeOther)
	p.open(back.Header.Get("Location"))
	p.says("No request was sent. Set SameSite=None.")
}
