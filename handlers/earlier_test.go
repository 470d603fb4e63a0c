package handlers_test

import (
	"strings"
	"testing"
)

// A file of a time when there was one mechanism, and steps did not name it.
func TestStepsOfAnEarlierVersionAreShown(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	c.Post(l.app + "logout").Want(200)
	must(s.open().Exec(`UPDATE steps SET step = json_remove(step, '$.mechanism')`))(t)
	if step := l.step(1); step.Mechanism != "server" || step.Store != "sqlite" {
		t.Errorf("step 1 ran on %q, %q; want server, sqlite", step.Mechanism, step.Store)
	}
	for _, page := range []string{"/en/lab?step=1", "/en/lab/steps/1/code"} {
		body := l.With("Accept", "text/html").Get(page).Want(200).Body
		if strings.Contains(body, "location.name.") || strings.Contains(body, "next-news") {
			t.Errorf("%s takes the step for one of another place", page)
		}
	}
}
