package advice

import (
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// paths are, for each mechanism, what is worth trying there, in the order in which it
// teaches best. What takes a terminal comes last.
var paths = map[string][]Hint{
	step.MechanismServer: {
		logIn, setValue, getValue, popValue, stay, askElsewhere, logOut, clearAll, outlive, other(step.MechanismFlask),
	},
	step.MechanismFlask: {
		logIn, setValue, getValue, popValue, stay, clearAll, outlive, other(step.MechanismGorilla), sendCopy,
	},
	step.MechanismGorilla: {
		logIn, setValue, popValue, stay, logOut, clearAll, outlive, newKey, other(step.MechanismServer),
	},
}

// Path returns the hints for a mechanism, in order. It must not be modified.
func Path(mechanism string) []Hint { return paths[mechanism] }

// The hints.
var (
	logIn    = one("login", did(step.OpLogin))
	setValue = one("set", did(step.OpSet))
	getValue = one("get", did(step.OpGet))
	popValue = one("pop", did(step.OpPop))
	stay     = Hint{ID: "permanent", Acts: []Act{
		{"permanent", did(step.OpPermanent)},
		{"me", func(l reading.Line) bool { return byBrowser(l) && l.Op == string(step.OpMe) }},
	}}
	askElsewhere = one("elsewhere", func(l reading.Line) bool { return (l.Other || l.Virtual) && !l.Sent && l.Op == string(step.OpMe) })
	logOut       = one("logout", ends(step.OpLogout))
	clearAll     = one("clear", ends(step.OpClear))
	outlive      = one("lifetime", func(l reading.Line) bool { return byBrowser(l) && l.Expired })
	newKey       = one("key", func(l reading.Line) bool { return byBrowser(l) && l.Forged })
	sendCopy     = Hint{ID: "replay", Acts: []Act{
		{"logout", ends(step.OpLogout)},
		{"copy", func(l reading.Line) bool { return l.Copied && l.Op == string(step.OpMe) }},
	}}
)

// other leads to another mechanism.
func other(mechanism string) Hint {
	return Hint{ID: "mechanism", Across: true, Acts: []Act{{"mechanism", func(l reading.Line) bool {
		return l.Mechanism == mechanism && did(step.OpLogin)(l)
	}}}}
}

func one(id string, shown func(reading.Line) bool) Hint {
	return Hint{ID: id, Acts: []Act{{id, shown}}}
}

// byBrowser is the condition that a browser of the bench sent the request: the learner's own,
// or a virtual one that the learner had send it.
func byBrowser(l reading.Line) bool { return l.Own || l.Virtual }

// did is the condition that a browser of the bench had an operation done.
func did(op step.Op) func(reading.Line) bool {
	return func(l reading.Line) bool { return byBrowser(l) && l.Done && l.Op == string(op) }
}

// ends is that it ended a session so.
func ends(op step.Op) func(reading.Line) bool {
	done := did(op)
	return func(l reading.Line) bool { return l.Ended && done(l) }
}
