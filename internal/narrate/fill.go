package narrate

import (
	"cmp"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// say is the message with that id, filled with the given pairs of names and
// values, and with the facts of the step.
func (n *telling) say(id string, pairs ...string) string {
	return i18n.Fill(n.T(id), n.known, pairs...)
}

// known is what any message about the step can name. A message that names
// something may be chosen only if the step has it.
func (n *telling) known(name string) string {
	r := &n.r
	switch name {
	case "Who":
		return n.say("flow.who." + clientWord(n.s.Client) + ".start")
	case "who":
		return n.say("flow.who." + clientWord(n.s.Client) + ".within")
	case "Browser":
		return browserName(n.Text, n.s.BrowserName)
	case "Method":
		return n.s.Request.Method
	case "Route":
		return short(route(n.s.Request.Path), shownRoute)
	case "Status":
		return strconv.Itoa(n.s.Response.Status)
	case "Name":
		return r.CookieName
	case "User":
		return short(cmp.Or(r.User, "''"), shownValue)
	case "Key":
		return quoteKey(r.Key)
	case "Value":
		return n.value(r.Value())
	case "Old":
		return n.value(r.Old)
	case "New":
		return n.value(r.New)
	case "Keys":
		return n.list(r.After.Keys())
	case "When":
		return n.cookieWhen()
	case "RecordWhen":
		return n.recordWhen()
	case "Worker":
		return strconv.Itoa(n.s.Worker)
	case "Signer":
		return strconv.Itoa(r.Signer)
	case "Holder":
		return strconv.Itoa(r.Holder)
	case "Origin":
		return n.origin()
	case "SameSite":
		return n.sameSite()
	case "Lost":
		return n.lost()
	case "EndedWhen":
		return n.endedWhen()
	case "OrphanedPlace":
		return n.orphanPlace()
	case "OrphanedWhen":
		return n.until(r.OrphanedUntil)
	case "Allowed":
		return n.duration(r.Allowed)
	case "OutStep":
		return strconv.Itoa(n.opt.LoggedOut.N)
	case "OutClient":
		return clientName(n.Text, n.opt.LoggedOut.Client, n.opt.LoggedOut.BrowserName)
	case "Reason":
		return n.reason(r.Refused)
	case "Code":
		return n.errorWords()
	}
	return "{" + name + "}" // seen in tests
}
