package handlers_test

import (
	"strings"
	"testing"
)

func TestTheCodeOfAStepIsThatOfItsOwnStore(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	page := l.With("Accept", "text/html")
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	l.set("store", "memory")
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	for path, want := range map[string]string{
		"/en/lab/steps/1/code": "session/sqlbackend/backend.go",
		"/en/lab/steps/2/code": "session/memory.go",
	} {
		if body := page.Get(path).Want(200).Body; !strings.Contains(body, want) {
			t.Errorf("%s does not show %s, which the step ran", path, want)
		}
	}
}
