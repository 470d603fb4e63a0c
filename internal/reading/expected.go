package reading

import "github.com/sessionlab/sessionlab/internal/step"

// An Expectation is how what the client sent compares with what it was expected to
// hold.
type Expectation = string

// The expectations.
const (
	ExpectedMet   Expectation = ""      // the request showed nothing else
	ExpectedLost  Expectation = "lost"  // it brought no cookie
	ExpectedOther Expectation = "other" // it brought another cookie
)

// readExpected compares the request with what the client's last response left it
// with, and finds the record that nothing leads to any more.
func (r *Reading) readExpected(s *step.Step) {
	if s.Expected == nil || s.Expected.Cookie == nil {
		return
	}
	r.Expected = ExpectedOther
	if s.Before.Cookie == nil {
		r.Expected = ExpectedLost
		if r.Cookie == CookieNone {
			r.Cookie = CookieLost
		}
	}
	if left := s.Expected.Record; left != nil && !sameKey(left, s.Before.Record) && !sameKey(left, s.After.Record) {
		r.Orphaned, r.OrphanedUntil = true, left.Expires
	}
}

func sameKey(a, b *step.Record) bool { return b != nil && a.Key == b.Key }
