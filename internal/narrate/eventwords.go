package narrate

import (
	"cmp"
	"strings"

	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// message chooses the words for an event: the beginning of the ids of its title
// and its sentence, and what to fill them with besides what all events know.
func (n *telling) message(e step.Event) (id string, pairs []string) {
	r := &n.r
	switch e.Kind {
	case step.RequestSent:
		return n.eventID(e.Kind, n.requestVariant()), nil
	case step.CookieRead:
		return n.eventID(e.Kind), []string{"Bytes", n.size(len(e.Detail))}
	case step.SignatureInvalid:
		return n.eventID(e.Kind, n.invalidVariant(string(e.Why)), string(e.Why)), nil
	case step.SessionExpired:
		return n.eventID(e.Kind, pick(r.Allowed > 0, string(e.Why)+"-allowed", ""), string(e.Why)), nil
	case step.PasswordChecked, step.StoreFailed:
		return n.eventID(e.Kind, string(e.Why)), []string{"ID", idHead(e.Detail), "Why", string(e.Why), "Cause", brief(e.Detail)}
	case step.CookieKept:
		return n.eventID(e.Kind, n.keptVariant(e)), nil
	case step.SignatureValid:
		return n.eventID(e.Kind), []string{"ID", idHead(e.Detail)}
	case step.IDMade:
		return n.eventID(e.Kind, string(e.Why)), append(n.weakID(e.Detail), "ID", idHead(e.Detail))
	case step.IDRenewed:
		return n.eventID(e.Kind, string(e.Why)), []string{"Old", idHead(e.OldID), "New", idHead(e.NewID), "OldEnd", idEnd(e.OldID), "NewEnd", idEnd(e.NewID)}
	case step.SessionOpened:
		return n.opened(e)
	case step.CodeRan:
		return n.eventID(e.Kind, n.codeVariant(step.Op(e.Why)), string(e.Why)), nil
	case step.SetCookieBuilt:
		return n.eventID(e.Kind, n.setCookieVariant(e)), []string{"ID", idHead(e.Value), "Bytes", n.size(max(len(e.Value), e.Bytes))}
	case step.ResponseSent:
		return n.eventID(e.Kind, n.responseVariant(e)), []string{"Line", short(statusLine(n.s.Response.Status), 28)}
	case step.LoadFound, step.SaveDone:
		return n.eventID(e.Kind, n.saveVariant(e)), []string{"Bytes", n.size(e.Bytes)}
	case step.LoadMissing:
		return n.eventID(e.Kind, pick(e.Worker > 0, "worker", string(e.Why))), nil
	case step.SaveAsked:
		return n.eventID(e.Kind, n.saveVariant(e)), []string{"Bytes", n.size(e.Bytes)}
	case step.DeleteAsked, step.DeleteDone:
		return n.eventID(e.Kind, r.Record), nil
	case step.CookieStored, step.CookieReplaced, step.CookieDeleted:
		return n.eventID(e.Kind, n.keepVariant(e.Kind)), nil
	case step.CookieIgnored:
		return n.eventID(e.Kind), []string{"Reason", n.reason(string(e.Why))}
	}
	return n.eventID(e.Kind), nil
}

// keptVariant tells apart a cookie that stays, none as before, and none any more.
func (n *telling) keptVariant(e step.Event) string {
	return pick(n.r.Cookie == reading.CookieLost, reading.CookieLost, string(e.Why))
}

// requestVariant depends on who sends the request, and on whether it has a
// cookie.
func (n *telling) requestVariant() string {
	var who string
	switch {
	case !n.isBrowser():
		who = "program"
	case n.s.Op == step.OpLogin:
		who = "login"
	}
	switch {
	case n.r.Elsewhere && n.isBrowser() && n.s.Op != step.OpLogin:
		return n.elsewhereVariant()
	case n.withheld() && n.s.Op != step.OpLogin:
		return "secure-kept"
	case !n.r.Sent && n.isLost() && n.s.Op != step.OpLogin:
		return "lost"
	case !n.r.Sent:
		return who
	case who == "":
		return "cookie"
	}
	return who + "-cookie"
}

// isBrowser reports whether the client handles cookies by itself, as the
// standard says.
func (n *telling) isBrowser() bool {
	return n.s.Client == step.ClientBrowser || n.s.Client == step.ClientOther || n.s.Client == step.ClientVirtual
}

// opened names the keys that were loaded.
func (n *telling) opened(e step.Event) (id string, pairs []string) {
	if e.Why != step.WhyLoaded {
		return n.eventID(e.Kind, string(e.Why)), nil
	}
	v := reading.Parse([]byte(e.Values))
	if len(v) == 0 {
		return n.eventID(e.Kind, string(step.WhyLoaded)), nil
	}
	return n.eventID(e.Kind, pick(n.outlived(), "outlived", ""), "loaded-keys"), []string{"Keys", n.list(v.Keys())}
}

// codeVariant tells apart what an operation met.
func (n *telling) codeVariant(op step.Op) string {
	r := &n.r
	switch op {
	case step.OpLogin:
		if r.Early {
			return "login-early"
		}
	case step.OpSet:
		if r.New == nil {
			return ""
		}
		if r.Old == nil {
			return "set-new"
		}
		return "set-over"
	case step.OpGet:
		if r.Old == nil {
			return "get-missing"
		}
	case step.OpPop:
		if r.Old == nil {
			return "pop-missing"
		}
	case step.OpPermanent:
		if now := r.After[reading.KeyPermanent]; string(now) == "false" || now == nil && r.Form["on"] == "false" {
			return "permanent-off"
		}
	case step.OpMe, step.OpGetSession:
		if r.UserBefore == "" {
			return string(op) + "-nobody"
		}
	}
	return ""
}

// setCookieVariant tells what there is to say of a Set-Cookie line.
func (n *telling) setCookieVariant(e step.Event) string {
	if e.Why == "" && n.r.Cookie == reading.CookieResent && n.r.Record == reading.RecordChanged {
		return "same"
	}
	variant := cmp.Or(string(e.Why), lifetimeVariants[e.Lasts])
	if variant == "" && !strings.Contains(e.Detail, "; HttpOnly") {
		return "open"
	}
	return variant
}

// lifetimeVariants are by how long a Set-Cookie line lets the cookie live.
var lifetimeVariants = map[step.CookieLife]string{step.LastsNot: "deleting", step.LastsTime: "lasting"}

func (n *telling) responseVariant(e step.Event) string {
	switch built := n.last(step.SetCookieBuilt); {
	case e.Why != step.WhySetCookie:
		return ""
	case built >= 0 && n.s.Events[built].Lasts == step.LastsNot:
		return "deleting"
	}
	return "set-cookie"
}

// saveVariant depends on what a save does to the record. A save that failed has
// none.
func (n *telling) saveVariant(e step.Event) string {
	switch {
	case e.Kind == step.LoadFound:
		return string(e.Why)
	case e.Kind == step.SaveDone && n.s.After.Record == nil: // nobody saw how long it is valid
		return ""
	case e.Kind == step.SaveDone && n.fixed():
		return "changed-fixed"
	}
	return n.r.Record
}

// fixed reports whether somebody logged in to the session that was there, under the ID
// that it had.
func (n *telling) fixed() bool {
	return n.s.Op == step.OpLogin && n.r.Record == reading.RecordChanged && n.r.SameID && n.r.Linked
}

// keepVariant depends on what changed in a cookie that the client stores. A
// client that is not a browser has its own words, because it need not store the
// cookie.
func (n *telling) keepVariant(kind step.Kind) string {
	switch {
	case kind == step.CookieReplaced && n.r.Invalid != "":
		return "" // a copy of the old one was not believed before either
	case kind == step.CookieReplaced:
		return n.r.Cookie
	case n.isBrowser():
		return ""
	case kind == step.CookieDeleted:
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

// errorWords says the code of the step's error in words.
func (n *telling) errorWords() string {
	if id := "error.title." + n.s.Error; n.Has(id) {
		return n.T(id)
	}
	return n.s.Error
}
