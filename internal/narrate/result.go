package narrate

import (
	"github.com/sessionlab/sessionlab/internal/step"
)

// result is the sentence that states the lesson, or two: what happened, and what
// that did to the sides. The first part is chosen by operation and situation; if
// it tells of the record, the second is about the cookie alone.
func (n *telling) result() string {
	lead, told := n.lead()
	return n.say("flow.result.join",
		"First", n.say("flow.result.lead."+lead), "Second", n.tail(told))
}

// lead chooses the first part, and reports whether it tells what became of the
// record.
func (n *telling) lead() (id string, told bool) {
	f := &n.facts
	switch {
	case f.failed != "":
		return variant("failed", f.failed, "load", "save", "delete"), true
	case n.s.Op == "":
		return "nowhere", false
	case n.s.Op == step.OpLogin && (f.wrong || n.s.Error == errorWrongPassword):
		if n.facts.before.text(keyUser) != "" {
			return "login-wrong-still", false
		}
		return "login-wrong", false
	case f.expired != "":
		return variant("expired", f.expired, "lifetime", "idle", "absolute", "future", "revoked"), false
	case f.invalid != "":
		return variant("invalid", f.invalid, "unsigned", "signature", "malformed", "payload", "timestamp"), false
	case f.missing:
		return "missing", false
	case f.garbled && n.s.Error != "":
		return "unreadable", false
	}
	if id := n.refusal(); id != "" {
		return id, false
	}
	return n.opLead()
}

// variant returns id-word if word is one of known, and id otherwise.
func variant(id, word string, known ...string) string {
	for _, k := range known {
		if k == word {
			return id + "-" + word
		}
	}
	return id
}

// The codes of errors that are results, and lessons, of their own.
const (
	errorWrongPassword = "wrong_password"
	errorNotLoggedIn   = "not_logged_in"
	errorNoSuchKey     = "no_such_key"
)

// refusal chooses the first part for a request that the server did not do, ""
// if it did. A browser is sent back to the page even then, so the status alone
// does not tell.
func (n *telling) refusal() string {
	switch code := n.s.Error; {
	case code == errorNotLoggedIn && n.s.Op == step.OpMe, code == errorNoSuchKey && n.s.Op == step.OpPop:
		return ""
	case code != "":
		return "refused-code"
	case n.s.Response.Status >= 400:
		return "refused"
	}
	return ""
}

// nobody reports whether the program found no user in the session.
func (n *telling) nobody() bool {
	return n.facts.before.text(keyUser) == ""
}

// opLead chooses the first part for an operation that ran as it should.
func (n *telling) opLead() (id string, told bool) {
	f := &n.facts
	op := string(n.s.Op)
	changed := string(f.record)
	switch n.s.Op {
	case step.OpLogin:
		if f.record == recordCreated || f.record == recordMoved || f.record == recordChanged {
			return "login-" + changed, true
		}
		if f.record == recordTouched || f.record == recordKept {
			return "login-same", false
		}
		return "login", false
	case step.OpSet:
		return n.setLead()
	case step.OpGet, step.OpPop:
		if f.old == nil {
			return op + "-missing", false
		}
		if n.s.Op == step.OpPop && (f.record == recordChanged || f.record == recordDeleted) {
			return "pop-" + changed, true
		}
		return op, false
	case step.OpLogout, step.OpClear, step.OpDeleteSession:
		if f.record == recordDeleted {
			return op + "-deleted", true
		}
		if f.record == recordNone {
			return op + "-nothing", false
		}
		return op, false
	case step.OpPermanent:
		return n.permanentLead()
	case step.OpMe, step.OpGetSession:
		if n.nobody() {
			return op + "-nobody", false
		}
		return op, false
	case step.OpIndex:
		if len(f.after) > 0 && (f.record == recordCreated || f.record == recordChanged) {
			return "index-" + changed, true
		}
		return op, false
	}
	return "nowhere", false
}

func (n *telling) setLead() (id string, told bool) {
	f := &n.facts
	switch {
	case f.new == nil:
		return "set", false
	case f.record == recordCreated:
		return "set-created", true
	case f.old == nil:
		return "set-new", f.record == recordChanged
	case string(f.old) != string(f.new):
		return "set-changed", f.record == recordChanged
	}
	return "set-same", false
}

func (n *telling) permanentLead() (id string, told bool) {
	f := &n.facts
	now, old := string(f.after[keyPermanent]), string(f.before[keyPermanent])
	way := "off"
	if now == "true" {
		way = "on"
	}
	switch {
	case f.after[keyPermanent] == nil:
		return "permanent", false
	case f.record == recordCreated:
		return "permanent-" + way + "-created", true
	case now != old:
		return "permanent-" + way, f.record == recordChanged
	}
	return "permanent-" + way + "-same", false
}
