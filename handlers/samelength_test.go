package handlers_test

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// The bench and the inspector say how long it is until the same moment. A moment after
// it was made, a cookie for 31 days has a second less to live.
func TestTheInspectorCountsTimeAsTheBenchDoes(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", step.MechanismFlask)
	c := l.loggedIn()
	s.clock.Advance(2 * time.Second)
	has(t, l.page("/en/lab"), "the bench", ", in <span class=\"left\">31 days")
	has(t, s.Browser(t).Post("/en/inspect", "cookie", sessionCookie(c, l.app)).Want(200).Body, "the inspector", "in 31 days", "2 seconds ago")
}
