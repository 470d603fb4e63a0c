package audit

import (
	"log/slog"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Lives observes steps, and writes a line when a session is made, renewed, ended or
// refused.
type Lives struct {
	log  *slog.Logger
	hash Hash
}

// NewLives returns Lives.
func NewLives(log *slog.Logger, hash Hash) *Lives { return &Lives{log, hash} }

// Recorded implements lab.Observer. What happened is told even if the step could not
// be stored.
func (l *Lives) Recorded(bench string, s *step.Step, _ error) {
	tell := func(what, id string, more ...any) {
		l.log.Info(what, append([]any{"bench", l.hash.Of(bench), "id", l.hash.Of(id)}, more...)...)
	}
	saved := func() {} // tells of the id that is to be saved
	found := false
	for i := range s.Events {
		switch e := &s.Events[i]; e.Kind { // no copy: what is saved for later holds it, so each would be allocated
		case step.SessionOpened:
			found = e.Why == step.WhyLoaded
		case step.IDMade:
			saved = func() { tell("session made", e.Detail) }
		case step.IDRenewed:
			saved = func() { tell("session renewed", e.NewID, "old", l.hash.Of(e.OldID)) }
		case step.SaveDone:
			saved()
			saved = func() {}
		case step.SetCookieBuilt:
			switch {
			case e.Why == step.WhyRefused: // it was not sent
			case e.Lasts == step.LastsNot && found:
				tell("session ended", claimed(s), "why", s.Op)
			case e.Lasts != step.LastsNot && !found && s.Mechanism != step.MechanismServer:
				tell("session made", e.Value)
			}
		case step.SessionExpired:
			tell("session ended", claimed(s), "why", e.Why)
		case step.SignatureInvalid:
			tell("session refused", claimed(s), "why", e.Why)
		case step.LoadMissing:
			if e.Why != step.WhyExpired { // which is an event of its own
				tell("session refused", claimed(s), "why", "missing")
			}
		}
	}
}
