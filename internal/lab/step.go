package lab

import (
	"encoding/json"
	"time"
)

// A Step is one request to an app under study with all that came of it. Once
// recorded it never changes. It says nothing in any language: words for it are
// found when it is shown.
type Step struct {
	N        int       `json:"n"`  // 1, 2, … within its bench
	Op       Op        `json:"op"` // empty for a request to no route of the app
	Client   Client    `json:"client"`
	ClientID string    `json:"client_id"` // tells apart clients of one kind
	Agent    string    `json:"agent,omitempty"`
	Time     time.Time `json:"time"` // when the request arrived

	// How the app kept sessions when the request came in.
	Mechanism string `json:"mechanism"`
	Store     string `json:"store,omitempty"` // of the mechanism "server"

	Request  Request  `json:"request"`
	Events   []Event  `json:"events"`
	Response Response `json:"response"`
	Before   Sides    `json:"before"`
	After    Sides    `json:"after"`

	// Result is what the operation returned, and Error its code if it failed.
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
}

// An Op is an operation of the app under study.
type Op string

// The operations, as named in answers and steps.
const (
	OpLogin         Op = "login"
	OpLogout        Op = "logout"
	OpSet           Op = "set"
	OpGet           Op = "get"
	OpPop           Op = "pop"
	OpClear         Op = "clear"
	OpPermanent     Op = "permanent"
	OpMe            Op = "me"
	OpIndex         Op = "index"
	OpGetSession    Op = "getSession"
	OpDeleteSession Op = "deleteSession"
)

// A Client is the kind of program that sent a request.
type Client string

// The kinds of client.
const (
	ClientBrowser Client = "browser"       // the one that holds the bench's seat
	ClientOther   Client = "other-browser" // any other browser
	ClientCurl    Client = "curl"
	ClientProgram Client = "program" // anything else
)

// A Request is a request as it was on the wire, but for the product's own
// cookies, whose values are masked.
type Request struct {
	Method  string      `json:"method"`
	Path    string      `json:"path"` // with the query, as sent
	Proto   string      `json:"proto"`
	Headers [][2]string `json:"headers"` // in the order sent
	Body    string      `json:"body"`
	Masked  bool        `json:"masked,omitempty"` // whether a cookie value was masked
	// Unread is how many bytes there were, at least, of a body so large that it was
	// refused unread; Body is empty then.
	Unread int64 `json:"unread,omitempty"`
}

// A Response is a response as it was on the wire.
type Response struct {
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"` // in the order sent
	Body    string      `json:"body,omitempty"`
}

// Sides is what browser and store hold at one moment.
type Sides struct {
	Cookie *Cookie `json:"cookie"` // null: the client holds none
	Record *Record `json:"record"` // null: the store holds none for that cookie
}

// Values are the session's values, wherever they are; nil if there are none or
// they cannot be read.
func (s Sides) Values() json.RawMessage {
	switch {
	case s.Record != nil:
		return s.Record.Values
	case s.Cookie != nil:
		return s.Cookie.Values
	}
	return nil
}

// A Cookie is the session cookie in a client's jar.
type Cookie struct {
	Raw        string      `json:"raw"` // the value
	Name       string      `json:"name"`
	Attributes *Attributes `json:"attributes"` // null when the client brought a cookie it was not seen to get
	Parts      []Part      `json:"parts"`
	// Inside is what the value is an encoding of, where that is made of parts.
	Inside []Part `json:"inside,omitempty"`
	// Values are the session's, if the cookie itself carries them and the server
	// believes it; what Flask's JSON has and others' has not is text, see
	// [flask.PlainJSON].
	Values json.RawMessage `json:"values,omitempty"`
}

// Attributes are a cookie's attributes as the client keeps them. They never come
// back in a request.
type Attributes struct {
	Path     string     `json:"path"`
	Expires  *time.Time `json:"expires"` // null: until the browser closes
	HTTPOnly bool       `json:"http_only"`
	Secure   bool       `json:"secure"`
	SameSite string     `json:"same_site"`  // "" when unset
	Line     string     `json:"set_cookie"` // the Set-Cookie value that it came from
}

// A Part is a stretch of a cookie's value that means something.
type Part struct {
	Kind string `json:"kind"` // "id", "signature", "payload", "timestamp", "encoded", "iv", "sealed", "mac", "dot", "other"
	Text string `json:"text"`
	// Decoded is what the text says once decoded, where it can be.
	Decoded string `json:"decoded,omitempty"`
	// Valid is whether a signature is right; nil for other parts.
	Valid *bool `json:"valid,omitempty"`
}

// A Record is a session as read back from its store.
type Record struct {
	Key     string          `json:"key"`
	ID      string          `json:"id"`     // the part of the key that stands for the session
	Values  json.RawMessage `json:"values"` // the decoded values; null when unreadable
	Raw     string          `json:"raw"`    // the bytes as stored
	Created time.Time       `json:"created"`
	Renewed time.Time       `json:"renewed"`
	Expires time.Time       `json:"expires"`
	Version int64           `json:"version"`
	TTL     float64         `json:"ttl,omitempty"` // seconds, as the store itself says; 0: it does not
	Store   string          `json:"store"`
	Query   string          `json:"query"` // the command that read it back
}

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

// WhyRefused is the Why of a [SetCookieBuilt] that was not: the cookie would have
// been too large.
const WhyRefused = "refused"

// An Event is one thing that happened within a step.
type Event struct {
	Lane   Lane   `json:"lane"`
	Kind   Kind   `json:"kind"`
	Detail string `json:"detail"` // the true bytes: a header, a command, a record, a statement
	// Why is a stable word that tells variants of a kind apart, such as the reason
	// a signature is invalid, the limit that ended a session, the operation that
	// ran, or "ok" and "wrong" for a password.
	Why    string `json:"why,omitempty"`
	Args   string `json:"args,omitempty"`  // of a store's command with placeholders
	Bytes  int    `json:"bytes,omitempty"` // that went to or came from the store, or that a refused cookie would have
	Micros int64  `json:"micros"`          // since the request arrived
	Took   int64  `json:"took,omitempty"`  // microseconds the store's command took
}
