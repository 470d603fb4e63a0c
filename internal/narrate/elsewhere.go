package narrate

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// strayed reports whether another website started the request, no cookie came with it,
// and so it reached no session. It says nothing about the session that the sender may
// have.
func (n *telling) strayed() bool {
	r := &n.r
	if !r.Elsewhere || r.Sent || !n.isBrowser() {
		return false
	}
	switch r.Outcome {
	case reading.OutcomeNobody, reading.OutcomeNoKey:
		return true
	case reading.OutcomeDone:
		return (n.s.Op == step.OpLogout || n.s.Op == step.OpClear) && r.Record == reading.RecordNone
	}
	return false
}
