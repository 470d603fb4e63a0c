package narrate

import (
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
)

// message chooses the words for an event: the beginning of the ids of its title
// and its sentence, and what to fill them with besides what all events know.
func (n *telling) message(e lab.Event) (id string, pairs []string) {
	f := &n.facts
	switch e.Kind {
	case lab.RequestSent:
		return n.eventID(e.Kind, n.requestVariant()), nil
	case lab.CookieRead:
		return n.eventID(e.Kind), []string{"Bytes", n.size(len(e.Detail))}
	case lab.SignatureInvalid, lab.PasswordChecked, lab.SessionExpired, lab.StoreFailed, lab.CookieKept:
		return n.eventID(e.Kind, e.Why), []string{"ID", idHead(e.Detail), "Why", e.Why, "Cause", brief(e.Detail)}
	case lab.SignatureValid, lab.IDMade:
		return n.eventID(e.Kind), []string{"ID", idHead(e.Detail)}
	case lab.IDRenewed:
		old, renewed, _ := strings.Cut(e.Detail, " → ")
		return n.eventID(e.Kind), []string{"Old", idHead(old), "New", idHead(renewed)}
	case lab.SessionOpened:
		return n.opened(e)
	case lab.CodeRan:
		return n.eventID(e.Kind, n.codeVariant(lab.Op(e.Why)), e.Why), nil
	case lab.SetCookieBuilt:
		value := cookieValue(e.Detail)
		return n.eventID(e.Kind, n.setCookieVariant(e)), []string{"ID", idHead(value), "Bytes", n.size(max(len(value), e.Bytes))}
	case lab.ResponseSent:
		return n.eventID(e.Kind, n.responseVariant(e)), []string{"Line", short(statusLine(n.s.Response.Status), 28)}
	case lab.LoadFound, lab.SaveDone:
		return n.eventID(e.Kind, n.saveVariant(e)), []string{"Bytes", n.size(e.Bytes)}
	case lab.LoadMissing:
		return n.eventID(e.Kind, e.Why), nil
	case lab.SaveAsked:
		return n.eventID(e.Kind, n.saveVariant(e)), []string{"Bytes", n.size(e.Bytes)}
	case lab.DeleteAsked, lab.DeleteDone:
		return n.eventID(e.Kind, string(f.record)), nil
	case lab.CookieStored, lab.CookieReplaced, lab.CookieDeleted:
		return n.eventID(e.Kind, n.keepVariant(e.Kind)), nil
	case lab.CookieIgnored:
		return n.eventID(e.Kind), []string{"Reason", n.reason(e.Why)}
	}
	return n.eventID(e.Kind), nil
}

// requestVariant: who sends it, and whether the cookie goes along.
func (n *telling) requestVariant() string {
	var who string
	switch {
	case !n.isBrowser():
		who = "program"
	case n.s.Op == lab.OpLogin:
		who = "login"
	}
	switch {
	case !n.facts.carried:
		return who
	case who == "":
		return "cookie"
	}
	return who + "-cookie"
}

// isBrowser reports whether the client does with cookies, by itself, what the
// standard says.
func (n *telling) isBrowser() bool {
	return n.s.Client == lab.ClientBrowser || n.s.Client == lab.ClientOther
}

// opened names the keys that were loaded.
func (n *telling) opened(e lab.Event) (id string, pairs []string) {
	if e.Why != "loaded" {
		return n.eventID(e.Kind, e.Why), nil
	}
	v, _ := openedValues(e)
	if len(v) == 0 {
		return n.eventID(e.Kind, "loaded"), nil
	}
	return n.eventID(e.Kind, "loaded-keys"), []string{"Keys", n.list(v.keys())}
}

// codeVariant tells apart what an operation met.
func (n *telling) codeVariant(op lab.Op) string {
	f := &n.facts
	switch op {
	case lab.OpLogin:
		if f.early {
			return "login-early"
		}
	case lab.OpSet:
		if f.new == nil {
			return ""
		}
		if f.old == nil {
			return "set-new"
		}
		return "set-over"
	case lab.OpGet:
		if f.old == nil {
			return "get-missing"
		}
	case lab.OpPop:
		if f.old == nil {
			return "pop-missing"
		}
	case lab.OpPermanent:
		if now := f.after[keyPermanent]; string(now) == "false" || now == nil && f.form["on"] == "false" {
			return "permanent-off"
		}
	case lab.OpMe, lab.OpGetSession:
		if n.nobody() {
			return string(op) + "-nobody"
		}
	}
	return ""
}

// setCookieVariant tells what there is to say of a Set-Cookie line.
func (n *telling) setCookieVariant(e lab.Event) string {
	if e.Why == "" && n.facts.cookie == cookieResent && n.facts.record == recordChanged {
		return "same"
	}
	return firstOf(e.Why, lifetimeVariant(e.Detail))
}

// lifetimeVariant tells how long a Set-Cookie line lets the cookie live.
func lifetimeVariant(line string) string {
	switch lower := strings.ToLower(line); {
	case strings.Contains(lower, "max-age=0"):
		return "deleting"
	case strings.Contains(lower, "expires="), strings.Contains(lower, "max-age="):
		return "lasting"
	}
	return ""
}

// cookieValue is the value in a "Set-Cookie: name=value; …" line.
func cookieValue(line string) string {
	_, value, _ := strings.Cut(line, "=")
	value, _, _ = strings.Cut(value, ";")
	return value
}

func (n *telling) responseVariant(e lab.Event) string {
	switch built := n.last(lab.SetCookieBuilt); {
	case e.Why != "set-cookie":
		return ""
	case built >= 0 && lifetimeVariant(n.s.Events[built].Detail) == "deleting":
		return "deleting"
	}
	return "set-cookie"
}

// saveVariant: what the saving does to the record, and nothing for one that was
// in vain.
func (n *telling) saveVariant(e lab.Event) string {
	if e.Kind == lab.LoadFound {
		return e.Why
	}
	return string(n.facts.record)
}

// keepVariant tells what changed of a cookie that the client takes, and for a
// client that is no browser, that keeping it is not a matter of course.
func (n *telling) keepVariant(kind lab.Kind) string {
	switch {
	case kind == lab.CookieReplaced:
		return string(n.facts.cookie)
	case n.isBrowser():
		return ""
	case kind == lab.CookieDeleted:
		return "program"
	}
	return clientWord(n.s.Client)
}

// reason says why a client refused a cookie.
func (n *telling) reason(why string) string {
	if id := "flow.reason." + why; n.Has(id) {
		return n.T(id)
	}
	return n.say("flow.reason.unknown", "Why", why)
}
