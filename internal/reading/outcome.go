package reading

import "github.com/sessionlab/sessionlab/internal/step"

// An Outcome is what an operation came to.
type Outcome = string

// The outcomes.
const (
	OutcomeDone       Outcome = "done"
	OutcomeNobody     Outcome = "nobody"         // it asked who is logged in
	OutcomeNoKey      Outcome = "no-key"         // it asked for a key that the session does not hold
	OutcomePassword   Outcome = "wrong-password" // or an unknown user
	OutcomeUnreadable Outcome = "unreadable"     // the record is none that the server wrote
	OutcomeFailed     Outcome = "failed"         // the store did not do its part
	OutcomeRefused    Outcome = "refused"        // for another reason
	OutcomeNowhere    Outcome = "nowhere"        // the request asked for no operation
)

// The codes of errors that have an outcome of their own.
const (
	codeWrongPassword = "wrong_password"
	codeNotLoggedIn   = "not_logged_in"
	codeNoSuchKey     = "no_such_key"
)

// outcome tells what the operation came to. A browser is sent back to the page
// whatever happened, so the status alone does not tell.
func (r *Reading) outcome(s *step.Step, met meeting) Outcome {
	nobody := (s.Op == step.OpMe || s.Op == step.OpGetSession) && r.UserBefore == ""
	noKey := (s.Op == step.OpGet || s.Op == step.OpPop) && r.Old == nil
	own := s.Op == step.OpMe && s.Error == codeNotLoggedIn || s.Op == step.OpPop && s.Error == codeNoSuchKey
	switch {
	case r.Failed != "":
		return OutcomeFailed
	case s.Op == "":
		return OutcomeNowhere
	case s.Op == step.OpLogin && (met.wrongPassword || s.Error == codeWrongPassword):
		return OutcomePassword
	case r.Unreadable && s.Error != "":
		return OutcomeUnreadable
	case !own && (s.Error != "" || s.Response.Status >= 400):
		return OutcomeRefused
	case nobody:
		return OutcomeNobody
	case noKey:
		return OutcomeNoKey
	}
	return OutcomeDone
}
