package source

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Of returns the symbols whose code did what an event of a step tells, the most
// telling first; none for what happens in the client.
func Of(e step.Event, s *step.Step) []Symbol {
	if symbols, ok := carried[s.Mechanism][e.Kind]; ok {
		return symbols
	}
	switch e.Kind {
	case step.CodeRan:
		if s, ok := operations[step.Op(e.Why)]; ok {
			return []Symbol{s}
		}
	case step.LoadAsked, step.LoadFound, step.LoadMissing:
		return stores[s.Store].load
	case step.SaveAsked, step.SaveDone:
		return stores[s.Store].save
	case step.DeleteAsked, step.DeleteDone:
		if slices.ContainsFunc(s.Events, func(e step.Event) bool { return e.Kind == step.IDRenewed }) {
			return append([]Symbol{"session/opened.retire"}, stores[s.Store].save...)
		}
		return stores[s.Store].delete
	case step.IDMade:
		if e.Why != "" {
			return append([]Symbol{"internal/lab/Bench.idSource"}, kinds[e.Kind]...)
		}
	case step.SaveConflict:
		return []Symbol{"session/Store.Update"}
	}
	return kinds[e.Kind]
}

var operations = map[step.Op]Symbol{
	step.OpLogin:         "handlers/app.login",
	step.OpLogout:        "handlers/app.logout",
	step.OpSet:           "handlers/app.set",
	step.OpGet:           "handlers/app.get",
	step.OpPop:           "handlers/app.pop",
	step.OpClear:         "handlers/app.clear",
	step.OpPermanent:     "handlers/app.permanent",
	step.OpMe:            "handlers/app.me",
	step.OpIndex:         "handlers/app.index",
	step.OpGetSession:    "handlers/app.getSession",
	step.OpDeleteSession: "handlers/app.deleteSession",
}

// storeCode is the code of one store's operations.
type storeCode struct{ load, save, delete []Symbol }

var stores = map[string]storeCode{
	"memory": {
		load:   []Symbol{"session/Memory.Load"},
		save:   []Symbol{"session/Memory.Save"},
		delete: []Symbol{"session/Memory.Delete"},
	},
	"sqlite":   sqlCode,
	"mysql":    sqlCode,
	"postgres": sqlCode,
	"redis": {
		load:   []Symbol{"session/redisbackend/Backend.Load"},
		save:   []Symbol{"session/redisbackend/Backend.Save"},
		delete: []Symbol{"session/redisbackend/Backend.Delete"},
	},
}

var sqlCode = storeCode{
	load:   []Symbol{"session/sqlbackend/Backend.Load"},
	save:   []Symbol{"session/sqlbackend/Backend.Save"},
	delete: []Symbol{"session/sqlbackend/Backend.Delete"},
}

// carried is the code of the mechanisms whose cookies carry the session, where
// that is other code.
var carried = map[string]map[step.Kind][]Symbol{
	step.MechanismFlask:   carriedBy("session/flask/Serializer.Open", "session/flask/Serializer.Seal"),
	step.MechanismGorilla: carriedBy("session/gorillacookie/Codec.Open", "session/gorillacookie/Codec.Seal"),
}

func carriedBy(open, seal Symbol) map[step.Kind][]Symbol {
	return map[step.Kind][]Symbol{
		step.CookieRead:       {"session/carried.read"},
		step.CookieAbsent:     {"session/carried.read"},
		step.SignatureValid:   {open},
		step.SignatureInvalid: {open, "session/carried.refuse"},
		step.SessionOpened:    {"session/carried.New"},
		step.SessionExpired:   {"session/CheckAge"},
		step.SessionEmptied:   {"session/carried.save"},
		step.SetCookieBuilt:   {"session/carried.send", seal},
	}
}

var kinds = map[step.Kind][]Symbol{
	step.CookieRead:       {"session/opened.idFrom"},
	step.CookieAbsent:     {"session/opened.idFrom"},
	step.SignatureValid:   {"session/verify", "session/signer.signature"},
	step.SignatureInvalid: {"session/verify", "session/signer.signature"},
	step.PasswordChecked:  {"handlers/passwordMatches"},
	step.IDMade:           {"session/newID"},
	step.IDRenewed:        {"session/opened.move"},
	step.SessionOpened:    {"session/opened.load"},
	step.SessionExpired:   {"session/opened.limitAt"},
	step.SessionEmptied:   {"session/opened.remove"},
	step.SetCookieBuilt:   {"session/setCookieLine"},
	step.ResponseSent:     {"handlers/call.answer"},
	step.StoreFailed:      {"handlers/asProblem"},
}
