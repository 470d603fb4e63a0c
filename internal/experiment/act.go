package experiment

import (
	"slices"

	"github.com/sessionlab/sessionlab/internal/step"
)

// An Act is one thing that an experiment does. It is exactly one of Send, Do, Clock,
// Server, Try and Together.
type Act struct {
	ID     string   // also its name in expressions
	By     string   // the id of the browser that does it
	Only   []string // the variants in which it is done; none: all
	Except []string // or those in which it is not

	Send      string            // an operation of the app: one of [Operations]
	Form      map[string]string // its fields
	Letters   map[string]int    // fields that are so many random letters
	Over      string            // "http" or "https"; "": as the learner's page came
	Elsewhere bool              // another website starts the request

	Do      string // one of the constants below
	To      string // of a copy: the other browser
	What    string // of DoTake and DoForge: the act that found what is used
	Restore bool   // of DoClose: the browser will continue where it left off

	Clock  string // how far the clock is moved, as in "90m"
	Server string // what is done to the server: one of the constants below
	Key    string // of ServerRestart: "same" or "random"

	Try   string // what is tried: one of the constants below
	Count int    // of TryGuess: how many ids

	Together []Act // requests that are under way at the same time
}

// What a person can do to a browser, or to a cookie in it.
const (
	DoClose    = "close"
	DoReopen   = "reopen"
	DoBlock    = "block"           // have it take and send no cookies
	DoAllow    = "allow"           // have it take and send them again
	DoDelete   = "delete"          // the session cookie
	DoAlter    = "alter"           // change one letter of the session cookie
	DoCopy     = "copy"            // the session cookie, to another browser
	DoDocument = "document-cookie" // read what a script of the page can read
	DoTake     = "take"            // put a cookie that was read, overheard or found into the browser's own
	DoForge    = "forge"           // sign values of one's own with a key that was found
)

// What can be done to the app's server.
const (
	ServerRestart = "restart"
	ServerRotate  = "rotate" // a fresh key; the old one still verifies
	ServerEmpty   = "empty"  // the store
)

// What can be tried without a request.
const (
	TryGuess = "guess" // ids near one's own, against the app's own store
	TryCrack = "crack" // words of a list as the key of one's own cookie
)

var (
	doing   = []string{DoClose, DoReopen, DoBlock, DoAllow, DoDelete, DoAlter, DoCopy, DoDocument, DoTake, DoForge}
	serving = []string{ServerRestart, ServerRotate, ServerEmpty}
	trying  = []string{TryGuess, TryCrack}
)

// In reports whether the act is done in a variant.
func (a Act) In(variant string) bool {
	if len(a.Only) > 0 {
		return slices.Contains(a.Only, variant)
	}
	return !slices.Contains(a.Except, variant)
}

// Asks reports whether the act sends a request, and so has a step.
func (a Act) Asks() bool { return a.Send != "" }

// Kinds are those of the act's fields that say what it is, as scripts call them. There
// must be exactly one.
func (a Act) Kinds() (kinds []string) {
	for _, k := range [...]struct{ name, value string }{
		{"send", a.Send}, {"do", a.Do}, {"clock", a.Clock}, {"server", a.Server}, {"try", a.Try},
	} {
		if k.value != "" {
			kinds = append(kinds, k.name)
		}
	}
	if len(a.Together) > 0 {
		kinds = append(kinds, "together")
	}
	return kinds
}

// An Operation is what a browser can ask the app for.
type Operation struct {
	Name, Method string
	Fields       []string // all of which it needs
}

// Operations are the operations of the app. The path of each is its name, except that of
// the note's own program.
var Operations = [...]Operation{
	{"login", "POST", []string{"uname", "pwd"}},
	{"logout", "POST", nil},
	{"set", "POST", []string{"key", "value"}},
	{"get", "GET", []string{"key"}},
	{"pop", "POST", []string{"key"}},
	{"clear", "POST", nil},
	{"permanent", "POST", []string{"on"}},
	{"me", "GET", nil},
	{opIndex, "GET", nil},
	{opGetSession, "GET", nil},
	{opDeleteSession, "GET", nil},
}

// The routes of the note's program. They answer as it does, with plain text.
const (
	opIndex         = string(step.OpIndex)
	opGetSession    = string(step.OpGetSession)
	opDeleteSession = string(step.OpDeleteSession)
)

// ofTheNote reports whether the operation is a route of the note's program.
func (o Operation) ofTheNote() bool {
	return o.Name == opIndex || o.Name == opGetSession || o.Name == opDeleteSession
}

// Path is where the app has the operation, below its own address.
func (o Operation) Path() string {
	switch {
	case o.Name == opIndex:
		return ""
	case o.ofTheNote():
		return o.Name + "/"
	}
	return o.Name
}

// operation returns the operation of that name.
func operation(name string) (o Operation, ok bool) {
	return find(Operations[:], func(o Operation) bool { return o.Name == name })
}
