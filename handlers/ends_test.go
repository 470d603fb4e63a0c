package handlers_test

import (
	"strings"
	"testing"
)

// A stream has 20 seconds between two signs of life. Tabs that wait for the next one
// show a bench that is gone.
func TestTheStreamsOfABenchEndWithIt(t *testing.T) {
	for _, way := range []string{"/en/lab/end", "/en/lab/new"} {
		for _, stored := range []bool{true, false} {
			s := newSite(t)
			l := s.learner()
			if stored {
				s.curl().Get(l.app + "me").Want(401)
			}
			tabs := []<-chan string{l.follow(t, "1"), l.follow(t, "1")}
			for _, lines := range tabs {
				until(t, lines, "retry:")
			}
			l.Post(way).Want(303)
			for _, lines := range tabs {
				mustEnd(t, lines)
			}
		}
	}
}

// mustEnd reads a stream to its end, which is to come before the next sign of life.
func mustEnd(t *testing.T, lines <-chan string) {
	t.Helper()
	for line := range lines {
		if strings.HasPrefix(line, ": still here") {
			t.Fatal("the stream of a bench that is gone goes on")
		}
	}
}
