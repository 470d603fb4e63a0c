package reading

import "github.com/sessionlab/sessionlab/internal/step"

// A Line is what the summary of a step means: less than a [Reading], for all steps
// of a bench at once.
type Line struct {
	Own   bool // the bench's own browser sent it
	Done  bool // the operation did not fail
	Ended bool // a session ended
}

// OfSummary reads a summary.
func OfSummary(s *step.Summary) Line {
	return Line{
		Own: s.Client == step.ClientBrowser, Done: s.Error == "" && s.Status < 400,
		Ended: s.Record == step.Removed || s.Mechanism != step.MechanismServer && s.Cookie == step.Removed,
	}
}
