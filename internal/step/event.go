package step

import "strings"

// A Lane is where an event happened.
type Lane string

// The lanes of the flow diagram, from left to right.
const (
	LaneBrowser Lane = "browser"
	LaneServer  Lane = "server"
	LaneStore   Lane = "store"
)

// A Kind says what an event was. The names are stable.
type Kind string

// The kinds of event, by lane.
const (
	RequestSent    Kind = "request.sent"
	CookieStored   Kind = "cookie.stored"
	CookieReplaced Kind = "cookie.replaced"
	CookieDeleted  Kind = "cookie.deleted"
	CookieIgnored  Kind = "cookie.ignored"
	CookieKept     Kind = "cookie.kept"

	CookieRead       Kind = "cookie.read"
	CookieAbsent     Kind = "cookie.absent"
	SignatureValid   Kind = "signature.valid"
	SignatureInvalid Kind = "signature.invalid"
	PasswordChecked  Kind = "password.checked"
	IDMade           Kind = "id.made"
	IDRenewed        Kind = "id.renewed"
	SessionOpened    Kind = "session.opened"
	SessionExpired   Kind = "session.expired"
	CodeRan          Kind = "code.ran"
	SessionEmptied   Kind = "session.emptied"
	SetCookieBuilt   Kind = "set-cookie.built"
	ResponseSent     Kind = "response.sent"

	LoadAsked    Kind = "load.asked"
	LoadFound    Kind = "load.found"
	LoadMissing  Kind = "load.missing"
	SaveAsked    Kind = "save.asked"
	SaveDone     Kind = "save.done"
	SaveConflict Kind = "save.conflict"
	DeleteAsked  Kind = "delete.asked"
	DeleteDone   Kind = "delete.done"
	StoreFailed  Kind = "store.failed"
)

// An Event is one thing that happened within a step.
type Event struct {
	Lane   Lane   `json:"lane"`
	Kind   Kind   `json:"kind"`
	Detail string `json:"detail"` // the true bytes, to be shown: a header, a command, a record, a statement
	// Why tells variants of a kind apart.
	Why   Why    `json:"why,omitempty"`
	Args  string `json:"args,omitempty"`  // of a store's command with placeholders
	Bytes int    `json:"bytes,omitempty"` // that went to or came from the store, or that a refused cookie would have
	Limit Ahead  `json:"limit,omitzero"`  // of SessionExpired: how long that limit allows
	// Worker is another of the app's workers that has what this one lacks: of
	// SignatureInvalid the key that signed the cookie, of LoadMissing the record.
	Worker int   `json:"worker,omitempty"`
	Micros int64 `json:"micros"`         // since the request arrived
	Took   int64 `json:"took,omitempty"` // microseconds the store's command took

	// The facts in Detail, for programs: only [Decode] reads them out of
	// Detail, so that they are not stored twice.
	Values string     `json:"-"` // JSON, of SessionOpened
	OldID  string     `json:"-"` // of IDRenewed
	NewID  string     `json:"-"` // of IDRenewed
	Value  string     `json:"-"` // the cookie's, of SetCookieBuilt
	Lasts  CookieLife `json:"-"` // of SetCookieBuilt
}

// Session returns the JSON of a session's values if the event has them: as the
// session was opened, found in its store or saved.
func (e Event) Session() (values []byte, ok bool) {
	switch e.Kind {
	case SessionOpened:
		return []byte(e.Values), true
	case LoadFound, SaveDone: // of which the detail is the record
		return []byte(e.Detail), true
	}
	return nil, false
}

// CookieLife is how long a Set-Cookie line lets the cookie live.
type CookieLife string

// The lives of a cookie.
const (
	LastsBrowser CookieLife = "browser" // until the browser closes
	LastsTime    CookieLife = "time"    // until its Expires or Max-Age
	LastsNot     CookieLife = "not"     // the line deletes it
)

// How Detail shows what these events say.
const (
	openedPrefix = "session = "
	renewedArrow = " → "
	builtPrefix  = "Set-Cookie: "
)

// Opened is the event that a session was opened with these values, as JSON.
func Opened(values string, why Why) Event {
	return Event{Lane: LaneServer, Kind: SessionOpened, Why: why, Detail: openedPrefix + values, Values: values}
}

// Renewed is the event that a session got another id.
func Renewed(old, id string, why Why) Event {
	return Event{Lane: LaneServer, Kind: IDRenewed, Why: why, Detail: old + renewedArrow + id, OldID: old, NewID: id}
}

// CookieBuilt is the event that the server built a Set-Cookie line.
func CookieBuilt(line string, why Why) Event {
	pair, attributes, _ := strings.Cut(strings.ToLower(line), ";")
	life := LastsBrowser
	switch {
	case strings.Contains(attributes, "max-age=0"):
		life = LastsNot
	case strings.Contains(attributes, "expires="), strings.Contains(attributes, "max-age="):
		life = LastsTime
	}
	value := line[:len(pair)][strings.IndexByte(pair, '=')+1:]
	return Event{Lane: LaneServer, Kind: SetCookieBuilt, Why: why, Detail: builtPrefix + line, Value: value, Lasts: life}
}

// complete restores the fields that [Opened], [Renewed] and [CookieBuilt] set
// and that are not stored.
func (e *Event) complete() {
	switch e.Kind {
	case SessionOpened:
		e.Values = strings.TrimPrefix(e.Detail, openedPrefix)
	case IDRenewed:
		e.OldID, e.NewID, _ = strings.Cut(e.Detail, renewedArrow)
	case SetCookieBuilt:
		if line, ok := strings.CutPrefix(e.Detail, builtPrefix); ok { // or it was refused
			built := CookieBuilt(line, e.Why)
			e.Value, e.Lasts = built.Value, built.Lasts
		}
	}
}
