package narrate

import (
	"github.com/sessionlab/sessionlab/internal/step"
)

// tail is the second part of the result: what became of the cookie, and of the
// record if that has not been told.
func (n *telling) tail(told bool) string {
	if carried(n.s.Mechanism) {
		return n.carriedTail()
	}
	if told {
		return n.say("flow.result.tail." + n.cookieAfter())
	}
	if id := n.both(); id != "" {
		return n.say("flow.result.tail." + id)
	}
	return n.say("flow.result.clauses",
		"Record", n.say("flow.result.record."+string(n.facts.record)),
		"Cookie", n.say("flow.result.cookie."+n.cookieWord()))
}

// cookieAfter chooses the sentence about the cookie, for a record whose change has
// been told. It returns the end of an id.
func (n *telling) cookieAfter() string {
	f := &n.facts
	switch {
	case f.failed != "" && (f.cookie == cookieKept || f.cookie == cookieResent):
		return "no-logout"
	case f.cookie == cookieAppeared && f.linked && f.bare && n.s.Op == step.OpLogin:
		return "cookie-login"
	case f.cookie == cookieAppeared && f.linked && f.bare && !f.record.idle():
		return "cookie-no-values"
	case f.cookie == cookieKept || f.cookie == cookieResent || f.cookie == cookieFlags && f.record == recordDeleted:
		return n.cookieStayed()
	case f.cookie == cookieDeleted && f.record == recordDeleted:
		return "cookie-deleted-dead"
	}
	return "cookie-" + n.cookieWord()
}

// cookieStayed chooses the sentence about a cookie that has the value it had.
func (n *telling) cookieStayed() string {
	f := &n.facts
	switch {
	case f.record == recordDeleted:
		return "cookie-dead"
	case !f.linked || !f.sameID:
		return "cookie-kept"
	case n.s.Op == step.OpLogin && f.record == recordChanged:
		return "cookie-fixed"
	case f.record == recordChanged:
		return "cookie-same-id"
	}
	return "cookie-kept"
}

// cookieWord refines what became of the cookie by what is known of it.
func (n *telling) cookieWord() string {
	f := &n.facts
	switch {
	case f.cookie == cookieAppeared && f.linked, f.cookie == cookieRenewed && f.linked && !f.sameID:
		return string(f.cookie) + "-linked"
	case f.cookie == cookieRenewed && f.sameID:
		return "resigned"
	case f.cookie == cookieLifetime:
		return n.lifetimeWord()
	}
	return string(f.cookie)
}

// lifetimeWord tells how the end of a cookie moved.
func (n *telling) lifetimeWord() string {
	switch before, after := n.s.Before.Cookie.Attributes, n.s.After.Cookie.Attributes; {
	case after.Expires == nil:
		return "till-close"
	case before.Expires == nil:
		return "outlives"
	}
	return "moved"
}

// both chooses the sentence about both sides, for a record of which nothing has
// been said. Without one made for the case, "", each side gets a clause.
func (n *telling) both() string {
	f := &n.facts
	still := f.cookie == cookieKept || f.cookie == cookieResent
	reading := n.s.Op == step.OpGet || n.s.Op == step.OpMe || n.s.Op == step.OpGetSession
	switch {
	case f.record == recordNone && f.cookie == cookieNone && reading:
		return "read-nothing"
	case f.record == recordNone && f.cookie == cookieNone:
		return "nothing"
	case f.record == recordNone && still:
		return "dead-cookie"
	case f.record == recordKept && still && reading:
		return "read-same"
	case f.record == recordKept && still:
		return "same"
	case f.record == recordTouched && still:
		return "touched"
	case f.record == recordTouched && f.cookie == cookieLifetime && n.lifetimeWord() == "moved":
		return "touched-both"
	}
	return ""
}
