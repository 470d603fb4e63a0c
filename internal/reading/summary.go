package reading

import "github.com/sessionlab/sessionlab/internal/step"

// A Line is what the summary of a step means: less than a [Reading], for all steps
// of a bench at once.
type Line struct {
	Op        string
	Mechanism string
	Own       bool // the bench's own browser sent it
	Other     bool // another client did, over the network
	Virtual   bool // a virtual browser of the bench did
	Sent      bool // the request brought the cookie
	Copied    bool // the bench's own browser had been given that cookie, and Other sent it
	Done      bool // the operation did not fail
	Ended     bool // a session ended
	Forged    bool // the cookie's signature was wrong
	Expired   bool // the session's time had run out
}

// ByBrowser reports whether a browser of the bench sent the request: the learner's own, or
// a virtual one that the learner had send it.
func (l Line) ByBrowser() bool { return l.Own || l.Virtual }

// OfSummary reads a summary by itself: Copied is not known.
func OfSummary(s *step.Summary) Line {
	return Line{
		Op: string(s.Op), Mechanism: s.Mechanism, Own: s.Client == step.ClientBrowser,
		Other:   s.Client == step.ClientOther || s.Client == step.ClientCurl || s.Client == step.ClientProgram,
		Virtual: s.Client == step.ClientVirtual && s.Run == 0, // an experiment opens its own
		Sent:    s.Sent != "", Done: s.Error == "" && s.Status < 400,
		Ended:  s.Record == step.Removed || s.Mechanism != step.MechanismServer && s.Cookie == step.Removed,
		Forged: s.Refused == step.WhySignature, Expired: expired(s),
	}
}

// expired reports whether the session's time had run out. Redis removes such a record
// by itself, and cannot tell afterwards that there was one.
func expired(s *step.Summary) bool {
	return s.Refused == step.WhyLifetime || s.Refused == step.WhyExpired || s.Refused == step.WhyMissing && s.Store == "redis"
}

// OfSummaries reads the summaries of a bench, in order.
func OfSummaries(all []step.Summary) []Line {
	lines := make([]Line, len(all))
	given := make(map[string]bool) // to the bench's own browser
	for i := range all {
		s := &all[i]
		lines[i] = OfSummary(s)
		if lines[i].Own {
			given[s.Left] = true
		}
		lines[i].Copied = lines[i].Other && lines[i].Sent && given[s.Sent]
	}
	return lines
}
