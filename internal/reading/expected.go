package reading

import (
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// An Expectation is how what the client sent compares with what it was expected to
// hold.
type Expectation = string

// The expectations.
const (
	ExpectedMet   Expectation = ""      // the request showed nothing else
	ExpectedLost  Expectation = "lost"  // it brought no cookie
	ExpectedEnded Expectation = "ended" // likewise, and the cookie's own lifetime had run out
	ExpectedOther Expectation = "other" // it brought another cookie
	ExpectedCut   Expectation = "cut"   // it brought the cookie, which no longer leads to its record
	ExpectedMoved Expectation = "moved" // the app has had its sessions elsewhere since
)

// readExpected compares the request with what the client's last response left it
// with, and finds the record that nothing leads to any more.
func (r *Reading) readExpected(s *step.Step) {
	if s.Expected == nil {
		return
	}
	left := s.Expected.Record
	// A request that comes late, with the ID before the renewal, is no loss: the client
	// has the new one.
	r.Orphaned = left != nil && !r.Late && !sameKey(left, s.Before.Record) && !sameKey(left, s.After.Record)
	if r.Orphaned {
		r.OrphanedUntil = left.Expires
	}
	if s.Expected.Cookie == nil {
		return // as the last response left it: without one
	}
	r.Expected = r.expectation(s)
	if s.Before.Cookie == nil && r.Cookie == CookieNone {
		r.Cookie = CookieLost
	}
}

func (r *Reading) expectation(s *step.Step) Expectation {
	held, expected := s.Before.Cookie, s.Expected.Cookie
	switch {
	case s.Moved:
		return ExpectedMoved
	case held == nil && endedBy(expected, clientTime(s)):
		return ExpectedEnded
	case held == nil:
		return ExpectedLost
	case held.Raw != expected.Raw:
		return ExpectedOther
	case r.Orphaned:
		return ExpectedCut
	}
	return ExpectedMet
}

// clientTime is when the step was made by the clock of its client: nobody moves that of
// any but a virtual browser.
func clientTime(s *step.Step) time.Time {
	if s.Client == step.ClientVirtual {
		return s.Time
	}
	return s.RealTime()
}

func endedBy(c *step.Cookie, now time.Time) bool {
	return c.Attributes != nil && c.Attributes.Expires != nil && !c.Attributes.Expires.After(now)
}

func sameKey(a, b *step.Record) bool { return b != nil && a.Key == b.Key }
