package experiment

import (
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// A Phase is a part of a request that all mechanisms have, though what happens in it
// differs. Steps that have not the same events are in step by their phases.
type Phase int

// The phases, in order.
const (
	PhaseSent     Phase = iota + 1 // the browser sends the request
	PhaseOpened                    // the server finds the session
	PhaseRan                       // the operation runs
	PhaseSaved                     // the session is stored
	PhaseAnswered                  // the server answers
	PhaseReceived                  // the browser stores the cookie
)

// Phases returns the phase of each of the events. None is before that of an earlier
// event: what is tried again belongs to where that happens.
func Phases(events []step.Event) []Phase {
	phases, last := make([]Phase, len(events)), PhaseSent
	for i, e := range events {
		last = max(last, phaseOf(e))
		phases[i] = last
	}
	return phases
}

func phaseOf(e step.Event) Phase {
	subject, _, _ := strings.Cut(string(e.Kind), ".")
	switch {
	case e.Kind == step.RequestSent:
		return PhaseSent
	case e.Lane == step.LaneBrowser:
		return PhaseReceived
	case e.Kind == step.SetCookieBuilt, e.Kind == step.ResponseSent:
		return PhaseAnswered
	case e.Lane == step.LaneStore && subject != "load", subject == "id":
		return PhaseSaved
	case e.Kind == step.CodeRan, e.Kind == step.PasswordChecked, e.Kind == step.SessionEmptied:
		return PhaseRan
	}
	return PhaseOpened
}
