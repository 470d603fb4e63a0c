package handlers_test

import (
	"fmt"
	"strings"
	"testing"
)

// What a lesson ran is told on the experiment's pages after the learner's own prediction.
func TestWhatALessonRanIsPredictedFirst(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "flags"), "en")
	p.skip()
	p.do("theft-shut") // with HttpOnly
	page := p.With("Accept", "text/html")
	began := 0
	for _, s := range p.bench.Steps() {
		began = max(began, s.Run)
	}
	const brief, ran = "she is out (the script reads nothing)", "The course has run this one already."
	hidden := func(path string, says ...string) {
		t.Helper()
		body := page.Get(path).Want(200).Body
		if strings.Contains(body, brief) || strings.Contains(body, "this happened") {
			t.Errorf("%s says what the lesson's run came to", path)
		}
		for _, want := range says {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %q", path, want)
			}
		}
	}
	hidden("/en/experiments", "run in the course")
	hidden("/en/experiments/theft", ran, "run in the course", `name="prediction"`)
	hidden(fmt.Sprintf("/en/experiments/theft?run=%d", began), ran, `name="prediction"`, `value="http-only" checked`)
	page.Post("/en/experiments/theft", "variant", "open", "prediction", "yes").Want(303)
	hidden("/en/experiments/theft", ran)
	page.Post("/en/experiments/theft", "variant", "http-only", "prediction", "no").Want(303)
	for _, path := range []string{"/en/experiments", "/en/experiments/theft", fmt.Sprintf("/en/experiments/theft?run=%d", began)} {
		if body := page.Get(path).Want(200).Body; !strings.Contains(body, brief) || strings.Contains(body, ran) {
			t.Errorf("after the learner's own prediction %s hides what the run came to", path)
		}
	}
	if body := page.Get("/en/experiments").Body; !strings.Contains(body, `href="/en/experiments/theft"`) || strings.Count(body, `<li data-is="right">`) != 1 {
		t.Error("the list does not take the learner's first run for theirs")
	}
}
