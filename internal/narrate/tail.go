package narrate

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// tail is the second part of the result: what happened to the cookie, and to
// the record if the first part did not say.
func (n *telling) tail(told bool) string {
	if n.strayed() {
		return n.say("flow.result.tail.elsewhere")
	}
	if n.r.InCookie {
		return n.carriedTail()
	}
	if told {
		return n.say("flow.result.tail." + n.cookieAfter())
	}
	if id := n.both(); id != "" {
		return n.say("flow.result.tail." + id)
	}
	return n.say("flow.result.clauses",
		"Record", n.say("flow.result.record."+n.r.Record),
		"Cookie", n.say("flow.result.cookie."+n.cookieWord()))
}

// cookieAfter chooses the sentence about the cookie if the change of the record
// has been told. It returns the end of an id.
func (n *telling) cookieAfter() string {
	r := &n.r
	switch {
	case r.Failed != "" && (r.Cookie == reading.CookieKept || r.Cookie == reading.CookieResent):
		return "no-logout"
	case r.Cookie == reading.CookieAppeared && r.Linked && r.Bare && n.s.Op == step.OpLogin:
		return "cookie-login"
	case r.Cookie == reading.CookieAppeared && r.Linked && r.Bare && !r.SameValues():
		return "cookie-no-values"
	case r.Cookie == reading.CookieKept || r.Cookie == reading.CookieResent || r.Cookie == reading.CookieFlags && r.Record == reading.RecordDeleted:
		return n.cookieStayed()
	case r.Cookie == reading.CookieDeleted && r.Record == reading.RecordDeleted:
		return "cookie-deleted-dead"
	}
	return "cookie-" + n.cookieWord()
}

// cookieStayed chooses the sentence about a cookie that has the value it had.
func (n *telling) cookieStayed() string {
	r := &n.r
	switch {
	case r.Record == reading.RecordDeleted:
		return "cookie-dead"
	case !r.Linked || !r.SameID:
		return "cookie-kept"
	case n.fixed():
		return "cookie-fixed"
	case r.Record == reading.RecordChanged:
		return "cookie-same-id"
	}
	return "cookie-kept"
}

// cookieWord chooses between variants of what happened to the cookie.
func (n *telling) cookieWord() string {
	r := &n.r
	switch {
	case r.Cookie == reading.CookieAppeared && r.Linked, r.Cookie == reading.CookieRenewed && r.Linked && !r.SameID:
		return r.Cookie + "-linked"
	case r.Cookie == reading.CookieRenewed && r.SameID:
		return "resigned"
	case r.Cookie == reading.CookieLifetime:
		return r.Lifetime
	}
	return r.Cookie
}

// both chooses the sentence about both sides if nothing has been said of the
// record. It is "" if no sentence fits; then each side gets a clause.
func (n *telling) both() string {
	r := &n.r
	if id := n.orphanTail(); id != "" {
		return id
	}
	still := r.Cookie == reading.CookieKept || r.Cookie == reading.CookieResent
	reads := n.s.Op == step.OpGet || n.s.Op == step.OpMe || n.s.Op == step.OpGetSession
	switch {
	case r.Record == reading.RecordNone && r.Cookie == reading.CookieLost:
		return "cookie-lost"
	case r.Record == reading.RecordNone && r.Cookie == reading.CookieNone && reads:
		return "read-nothing"
	case r.Record == reading.RecordNone && r.Cookie == reading.CookieNone:
		return "nothing"
	case r.Record == reading.RecordNone && still && r.Left:
		return "expired-record"
	case r.Record == reading.RecordNone && still:
		return "dead-cookie"
	case r.Record == reading.RecordKept && still && reads:
		return "read-same"
	case r.Record == reading.RecordKept && still:
		return "same"
	case r.Record == reading.RecordTouched && still:
		return "touched"
	case r.Record == reading.RecordTouched && r.Cookie == reading.CookieLifetime && r.Lifetime == reading.LifetimeMoved:
		return "touched-both"
	}
	return ""
}
