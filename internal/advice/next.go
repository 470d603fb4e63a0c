package advice

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Deed is something that a newcomer does on a bench to see how sessions work.
type Deed string

// The deeds, in the order in which they teach best.
const (
	LogIn     Deed = "login"
	Set       Deed = "set"
	Get       Deed = "get"
	Permanent Deed = "permanent"
	Elsewhere Deed = "elsewhere" // a request from another client
	LogOut    Deed = "logout"
)

// Deeds are all deeds, in order.
var Deeds = [...]Deed{LogIn, Set, Get, Permanent, Elsewhere, LogOut}

// Next returns the first deed that a bench's steps do not show yet, "" if they
// show all, and how many they show. What failed does not count.
func Next(steps []step.Summary) (next Deed, done int) {
	seen := make(map[Deed]bool, len(Deeds))
	for i := range steps {
		if d, ok := deedOf(&steps[i]); ok {
			seen[d] = true
		}
	}
	for _, d := range Deeds {
		if !seen[d] && next == "" {
			next = d
		}
	}
	return next, len(seen)
}

// deedOf tells which deed a step was, if it was one.
func deedOf(s *step.Summary) (Deed, bool) {
	line := reading.OfSummary(s)
	if !line.Own {
		return Elsewhere, true
	}
	if !line.Done {
		return "", false
	}
	switch s.Op {
	case step.OpLogin:
		return LogIn, true
	case step.OpSet:
		return Set, true
	case step.OpGet:
		return Get, true
	case step.OpPermanent:
		return Permanent, true
	case step.OpLogout:
		return LogOut, line.Ended // else nobody was logged in
	}
	return "", false
}
