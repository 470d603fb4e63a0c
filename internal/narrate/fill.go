package narrate

import (
	"strconv"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// say is the message with that id, filled with the pairs of names and values
// given, and with what is known of the step.
func (n *telling) say(id string, pairs ...string) string {
	return i18n.Fill(n.T(id), n.known, pairs...)
}

// known is what any message about the step can name. A message that names
// something must be chosen only where the step has it.
func (n *telling) known(name string) string {
	f := &n.facts
	switch name {
	case "Who":
		return n.T("flow.who." + clientWord(n.s.Client) + ".start")
	case "who":
		return n.T("flow.who." + clientWord(n.s.Client) + ".within")
	case "Method":
		return n.s.Request.Method
	case "Route":
		return short(route(n.s.Request.Path), shownRoute)
	case "Status":
		return strconv.Itoa(n.s.Response.Status)
	case "Name":
		return f.name
	case "User":
		return short(firstOf(f.user, "''"), shownValue)
	case "Key":
		return quoteKey(f.key)
	case "Value":
		return n.value(f.value())
	case "Old":
		return n.value(f.old)
	case "New":
		return n.value(f.new)
	case "Keys":
		return n.list(f.after.keys())
	case "When":
		return n.cookieWhen()
	case "RecordWhen":
		return n.recordWhen()
	case "Reason":
		return n.reason(f.ignored)
	case "Code":
		return n.s.Error
	}
	return "{" + name + "}" // seen in tests
}
