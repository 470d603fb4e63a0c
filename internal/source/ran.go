package source

import (
	"strings"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Ran returns the excerpt of a symbol with the lines marked that ran and made an
// event. Where the event does not tell which of the symbol's lines that were, none
// is marked.
func (l *Library) Ran(s Symbol, e step.Event) (Excerpt, error) {
	x, err := l.Excerpt(s)
	if err == nil {
		x.HTML = markLines(x.HTML, linesWith(x.Code, ranIn(s, e)...))
	}
	return x, err
}

// ranIn returns texts that the lines contain.
func ranIn(s Symbol, e step.Event) []string {
	if e.Kind == step.CodeRan {
		return operationLines[s]
	}
	for _, key := range []ranKey{{s, e.Kind, e.Why}, {s, e.Kind, ""}} {
		if text, ok := ran[key]; ok {
			return []string{text}
		}
	}
	if verb, _, _ := strings.Cut(e.Detail, " "); s == sqlCode.save[0] && (e.Kind == step.SaveAsked || e.Kind == step.SaveDone) {
		return sqlSaves[verb]
	}
	return nil
}

// operationLines are those that call what the operation is named after, whichever
// way the rest goes.
var operationLines = map[Symbol][]string{
	"handlers/app.login":         {`c.update("session['uname'] = "`},
	"handlers/app.logout":        {"session.Clear("},
	"handlers/app.set":           {"session.Set("},
	"handlers/app.get":           {"session.Get("},
	"handlers/app.pop":           {"session.Pop("},
	"handlers/app.clear":         {"session.Clear("},
	"handlers/app.permanent":     {"session.SetPermanent("},
	"handlers/app.me":            {"session.Get("},
	"handlers/app.index":         {"session.SetPermanent(", "session.Set("},
	"handlers/app.getSession":    {"session.Get("},
	"handlers/app.deleteSession": {"session.Clear("},
}

// sqlSaves is, by how the command that ran begins, the line that sent it.
var sqlSaves = map[string][]string{"INSERT": {"b.dialect.Insert"}, "UPDATE": {"b.dialect.Update"}}

// A ranKey is an event within a symbol; Why is "" if it does not matter.
type ranKey struct {
	symbol Symbol
	kind   step.Kind
	why    step.Why
}

const (
	serializer = "session/flask/Serializer."
	gorilla    = "session/gorillacookie/Codec."
)

// ran is a text that the line of an event contains. What an event has several ways
// to come about by is left out.
var ran = map[ranKey]string{
	{"session/opened.idFrom", step.CookieRead, ""}:   "CookieValue(r, name)",
	{"session/opened.idFrom", step.CookieAbsent, ""}: "if !found",
	{"session/carried.read", step.CookieRead, ""}:    "CookieValue(r, name)",
	{"session/carried.read", step.CookieAbsent, ""}:  "if !found",

	{"session/verify", step.SignatureValid, ""}:                   "ID: id, Valid: true",
	{"session/verify", step.SignatureInvalid, step.WhyUnsigned}:   "ReasonUnsigned",
	{"session/verify", step.SignatureInvalid, step.WhySignature}:  "ReasonSignature",
	{serializer + "Open", step.SignatureValid, ""}:                "s.verify(",
	{serializer + "Open", step.SignatureInvalid, "unsigned"}:      "ReasonUnsigned",
	{serializer + "Open", step.SignatureInvalid, "signature"}:     "ReasonSignature",
	{serializer + "Open", step.SignatureInvalid, "timestamp"}:     "ReasonStamp",
	{gorilla + "Open", step.SignatureValid, ""}:                   "k.cookie.Decode(",
	{gorilla + "Open", step.SignatureInvalid, step.WhySignature}:  "ReasonSignature",
	{gorilla + "Open", step.SignatureInvalid, step.WhyMalformed}:  "ReasonMalformed",
	{"handlers/passwordMatches", step.PasswordChecked, ""}:        "bcrypt.CompareHashAndPassword(",
	{"internal/lab/Bench.idSource", step.IDMade, step.WhyCounted}: "b.newest()",
	{"internal/lab/Bench.idSource", step.IDMade, step.WhyClock}:   "b.now()",
	{"session/newID", step.IDMade, ""}:                            "io.ReadFull(",
	{"session/opened.move", step.IDRenewed, ""}:                   "o.put(r, id",
	{"session/opened.load", step.SessionOpened, ""}:               "call(trace.Opened",
	{"session/carried.New", step.SessionOpened, ""}:               "call(c.trace.Opened",
	{"session/CheckAge", step.SessionExpired, step.WhyLifetime}:   "ReasonLifetime",
	{"session/CheckAge", step.SessionExpired, step.WhyFuture}:     "ReasonFuture",
	{"session/opened.remove", step.SessionEmptied, ""}:            "call(o.trace.Emptied",
	{"session/carried.save", step.SessionEmptied, ""}:             "call(c.trace.Emptied",
	{"session/setCookieLine", step.SetCookieBuilt, ""}:            "return b.String()",
	{"session/opened.retire", step.DeleteAsked, ""}:               "o.backend.Save(",
	{"session/opened.retire", step.DeleteDone, ""}:                "o.backend.Save(",
	{"session/Memory.Load", step.LoadAsked, ""}:                   "m.groups[start][end]",
	{"session/Memory.Load", step.LoadFound, ""}:                   "return rec, nil",
	{"session/Memory.Save", step.SaveDone, ""}:                    "g[e.key] = e.packed",
	{"session/sqlbackend/Backend.Load", step.LoadAsked, ""}:       "b.dialect.Load",
	{"session/redisbackend/Backend.Load", step.LoadAsked, ""}:     "Hgetall()",
	{"session/redisbackend/Backend.Save", step.SaveAsked, ""}:     "c.run(saveScript",
	{"session/redisbackend/Backend.Save", step.SaveDone, ""}:      "c.run(saveScript",
}
