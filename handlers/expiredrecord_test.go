package handlers_test

import (
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// An expired record is not deleted by the request that meets it, and the page says so
// with the lifetime that applied: nobody set one here.
func TestThePageSaysWhatBecomesOfAnExpiredRecord(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := l.loggedIn()
	l.move("32d")
	c.Get(l.app + "me").Want(401)
	if got := s.count("sessions"); got != 1 {
		t.Fatalf("the store has %d records; want the expired one", got)
	}
	has(t, l.page("/en/lab"), "the page", "past its lifetime of 31 days", "Nothing was deleted: curl still has the cookie", "Its record was not deleted: it stays in the store")
	has(t, l.page("/zh/lab"), "the page in Chinese", "超过了 31 天的有效期", "什么也没删除", "记录没有被删除")
}

func TestTheLifetimeThatEndedASessionIsTheOneThatApplied(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		s := newSite(t)
		l := s.learner()
		l.set("mechanism", mechanism, "lifetime", "2h")
		c := l.loggedIn()
		s.clock.Advance(3 * time.Hour)
		c.Get(l.app + "me").Want(401)
		l.set("lifetime", "10s") // later, so it does not matter
		has(t, l.page("/en/lab"), mechanism, " its lifetime of 2 hours, so the server refused it")
	}
}
