package narrate

import (
	"net/http"

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

// withheld reports whether the client kept its cookie to itself because that is Secure and
// the request is not encrypted.
func (n *telling) withheld() bool {
	at := n.last(step.RequestSent)
	return at >= 0 && n.s.Events[at].Why == step.WhyPlain && !n.r.Elsewhere
}

// elsewhereVariant tells a request that another website started: whether the cookie went
// along, and which mark on it decided that, if the client is known to have one.
func (n *telling) elsewhereVariant() string {
	marked := n.origin() != "" && n.sameSite() != ""
	switch {
	case n.r.Sent && n.s.Request.Method == http.MethodGet && n.sameSite() == "Lax":
		return "elsewhere-link"
	case marked && n.r.Sent:
		return "elsewhere-marked"
	case n.r.Sent:
		return "elsewhere-cookie"
	case marked:
		return "elsewhere-kept"
	}
	return "elsewhere"
}

// origin is the header in which the request says where it was started, "" if it does not.
func (n *telling) origin() string {
	for _, name := range []string{"Origin", "Referer"} {
		if from := reading.Header(n.s.Request, name); from != "" && from != "null" {
			return name + ": " + short(from, shownOrigin)
		}
	}
	return ""
}

// sameSite is the mark on the cookie that the client had, or has still though it sent
// none; "" if it has no mark, or nobody knows.
func (n *telling) sameSite() string {
	for _, c := range []*step.Cookie{n.s.Before.Cookie, n.s.After.Cookie} {
		if c != nil && c.Attributes != nil {
			return c.Attributes.SameSite
		}
	}
	return ""
}
