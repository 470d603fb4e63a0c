package narrate

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// result is one or two sentences that state the lesson: what happened, and what
// that did to both sides. The operation and the situation choose the first
// part, which is returned alone too. If it tells of the record, the second part is about
// the cookie only.
func (n *telling) result() (whole, first string) {
	lead, told := n.lead()
	first = n.say("flow.result.lead." + lead)
	return n.say("flow.result.join", "First", first, "Second", n.tail(told)), first
}

// lead chooses the first part, and reports whether it tells what happened to
// the record.
func (n *telling) lead() (id string, told bool) {
	r := &n.r
	switch {
	case r.Outcome == reading.OutcomeFailed:
		return variant("failed", r.Failed, step.WhyLoad, step.WhySave, step.WhyDelete), true
	case r.Outcome == reading.OutcomeNowhere:
		return n.nowhere(), false
	case r.Outcome == reading.OutcomePassword && r.UserBefore != "":
		return "login-wrong-still", false
	case r.Outcome == reading.OutcomePassword:
		return "login-wrong", false
	case r.Expired == string(step.WhyLifetime) && r.Allowed == 0: // an older step does not tell it
		return "expired", false
	case r.Expired != "":
		return variant("expired", r.Expired, step.WhyLifetime, step.WhyIdle, step.WhyAbsolute, step.WhyFuture, step.WhyRevoked), false
	case r.Invalid != "":
		return variant("invalid", r.Invalid, step.WhyUnsigned, step.WhySignature, step.WhyMalformed, step.WhyPayload, step.WhyTimestamp), false
	case r.Late:
		return "late", false
	case r.Missing && r.Holder > 0:
		return "missing-worker", false
	case r.Missing:
		return "missing", false
	case r.Outcome == reading.OutcomeUnreadable:
		return "unreadable", false
	case r.Outcome == reading.OutcomeRefused && r.Error != "":
		return "refused-code", false
	case r.Outcome == reading.OutcomeRefused:
		return "refused", false
	}
	return n.opLead()
}

// variant returns id-word if word is one of known, and id otherwise.
func variant(id, word string, known ...step.Why) string {
	if slices.Contains(known, step.Why(word)) {
		return id + "-" + word
	}
	return id
}

// opLead chooses the first part for an operation that succeeded.
func (n *telling) opLead() (id string, told bool) {
	r := &n.r
	if n.strayed() {
		return "elsewhere", false
	}
	if n.withheld() && r.Outcome == reading.OutcomeNobody {
		return "secure-kept", false
	}
	op := string(n.s.Op)
	changed := r.Record
	switch n.s.Op {
	case step.OpLogin:
		if r.Record == reading.RecordCreated || r.Record == reading.RecordMoved || r.Record == reading.RecordChanged {
			return "login-" + changed, true
		}
		if r.Record == reading.RecordTouched || r.Record == reading.RecordKept {
			return "login-same", false
		}
		return "login", false
	case step.OpSet:
		return n.setLead()
	case step.OpGet, step.OpPop:
		if r.Outcome == reading.OutcomeNoKey {
			return op + "-missing", false
		}
		if n.s.Op == step.OpPop && (r.Record == reading.RecordChanged || r.Record == reading.RecordDeleted) {
			return "pop-" + changed, true
		}
		return op, false
	case step.OpLogout, step.OpClear, step.OpDeleteSession:
		if r.Record == reading.RecordDeleted {
			return op + "-deleted", true
		}
		if r.Record == reading.RecordNone {
			return op + "-nothing", false
		}
		return op, false
	case step.OpPermanent:
		return n.permanentLead()
	case step.OpMe, step.OpGetSession:
		if r.Outcome == reading.OutcomeNobody {
			return op + "-nobody", false
		}
		return op, false
	case step.OpIndex:
		if len(r.After) > 0 && (r.Record == reading.RecordCreated || r.Record == reading.RecordChanged) {
			return "index-" + changed, true
		}
		return op, false
	}
	return n.nowhere(), false
}

// nowhere chooses the first part for a request that runs no operation: it
// opened the website's front page, or an address that does not exist.
func (n *telling) nowhere() string {
	r := n.s.Request
	if (r.Method == "GET" || r.Method == "HEAD") && route(r.Path) == "/" && n.s.Response.Status < 300 {
		return "front"
	}
	return "nowhere"
}

func (n *telling) setLead() (id string, told bool) {
	r := &n.r
	switch {
	case r.New == nil:
		return "set", false
	case r.Record == reading.RecordCreated:
		return "set-created", true
	case r.Old == nil:
		return "set-new", r.Record == reading.RecordChanged
	case r.Changed(r.Key):
		return "set-changed", r.Record == reading.RecordChanged
	}
	return "set-same", false
}

func (n *telling) permanentLead() (id string, told bool) {
	r := &n.r
	way := pick(string(r.After[reading.KeyPermanent]) == "true", "on", "off")
	switch {
	case !r.After.Has(reading.KeyPermanent):
		return "permanent", false
	case r.Record == reading.RecordCreated:
		return "permanent-" + way + "-created", true
	case r.Changed(reading.KeyPermanent):
		return "permanent-" + way, r.Record == reading.RecordChanged
	}
	return "permanent-" + way + "-same", false
}
