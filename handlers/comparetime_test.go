package handlers_test

import (
	"strings"
	"testing"
	"time"
)

// What two steps left is told as of each, however long ago that was.
func TestTimesOfComparedStepsCountFromTheSteps(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.Post(l.app+"permanent", "on", "true").Want(200)
	s.clock.Advance(24 * time.Hour)
	l.Post(l.app+"set", "key", "colour", "value", "teal").Want(200)
	s.clock.Advance(24 * time.Hour)
	page := l.With("Accept", "text/html").Get("/en/lab/compare?a=2&b=3").Want(200).Body
	if n := strings.Count(page, "31 days"); n < 2 {
		t.Errorf("of a session of 31 days, the page of two steps says so %d times; want for each", n)
	}
	for _, wrong := range []string{"30 days", "29 days"} {
		if strings.Contains(page, wrong) {
			t.Errorf("the page of two steps says %q, which counts from now", wrong)
		}
	}
}
