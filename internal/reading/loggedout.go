package reading

import "github.com/sessionlab/sessionlab/internal/step"

// LoggedOut returns the log-out that ended, for the one who pressed it, the session whose
// cookie the nth step brought. Where the cookie carries the session, a copy of it is
// believed all the same. All are the steps of a bench, in order. It returns false if the
// session was not logged out of, or if the server did not believe the cookie.
func LoggedOut(all []step.Summary, n int) (step.Summary, bool) {
	sessions := make(map[string]int)   // by the fingerprints of the cookies that carry them
	outs := make(map[int]step.Summary) // of each session, the last log-out
	known := func(s *step.Summary) bool { return s.Sent != "" && sessions[s.Sent] != 0 }
	for i := range all {
		s := &all[i]
		if !InCookie(s.Mechanism) {
			continue
		}
		if s.Sent != "" && !known(s) { // a cookie that no step gave
			sessions[s.Sent] = s.N
		}
		if s.N == n {
			out, found := outs[sessions[s.Sent]]
			return out, found && s.Sent != "" && s.Refused == ""
		}
		switch {
		case s.Op == step.OpLogout && known(s) && s.Refused == "" && s.Left == "":
			outs[sessions[s.Sent]] = *s
		case s.Left == "" || s.Left == s.Sent && s.Op != step.OpLogin:
		case known(s) && s.Refused == "" && s.Op != step.OpLogin:
			sessions[s.Left] = sessions[s.Sent]
		default: // another session begins
			sessions[s.Left] = s.N
		}
	}
	return step.Summary{}, false
}
