// Package step defines a recorded step: one request to an app under study, and
// what it did on both sides. It is data without words of any language; package
// reading says what a step means.
package step

import (
	"encoding/json"
	"net/url"
	"time"
)

// A Step is one request to an app under study and everything that followed from
// it. Once recorded, it never changes. It has no words of any language: these
// are chosen when it is shown.
type Step struct {
	N        int    `json:"n"`  // 1, 2, … within its bench
	Op       Op     `json:"op"` // empty for a request to no route of the app
	Client   Client `json:"client"`
	ClientID string `json:"client_id"` // tells apart clients of one kind
	// Browser is the id of the virtual browser that sent it, and BrowserName what that
	// was called.
	Browser     string    `json:"browser,omitempty"`
	BrowserName string    `json:"browser_name,omitempty"`
	Agent       string    `json:"agent,omitempty"`
	Time        time.Time `json:"time"`              // when the request arrived, by the bench's clock
	Ahead       Ahead     `json:"ahead"`             // how far that clock was ahead of real time
	Worker      int       `json:"worker"`            // which of the app's workers served it: 1, 2
	Workers     int       `json:"workers,omitempty"` // how many there were, if several
	Run         int       `json:"run,omitempty"`     // of which run of an experiment it is a part: see [EntryRunBegan]; 0 for none

	// How the app held sessions when the request came in.
	Mechanism string `json:"mechanism"`
	Store     string `json:"store,omitempty"` // of the mechanism "server"

	Request  Request  `json:"request"`
	Events   []Event  `json:"events"`
	Response Response `json:"response"`
	Before   Sides    `json:"before"`
	After    Sides    `json:"after"`

	// Expected is what both sides held for this client after its last response,
	// if one of them is different now. Then the request shows that the client
	// holds another cookie, or its cookie no longer leads to the record, which
	// is still there. The record is as it is when the request comes. The cookie
	// has no parts here: an earlier step has them.
	Expected *Sides `json:"expected,omitempty"`
	// Moved is whether the app has changed where it keeps sessions since that
	// response.
	Moved bool `json:"moved,omitempty"`

	// Result is what the operation returned, and Error its code if it failed.
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`

	// Broken is what is stored of a step that cannot be read; see [Broken].
	Broken string `json:"broken,omitempty"`
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
	ClientVirtual Client = "virtual" // a browser that the bench itself opened
)

// A Request is a request as it was sent, except for the product's own cookies,
// whose values are masked.
type Request struct {
	Method  string      `json:"method"`
	Path    string      `json:"path"` // with the query, as sent
	Proto   string      `json:"proto"`
	Headers [][2]string `json:"headers"` // in the order sent
	Body    string      `json:"body"`
	Masked  bool        `json:"masked,omitempty"` // whether a cookie value was masked
	// Spelled is whether octets that are not UTF-8 are written as \xNN.
	Spelled bool `json:"spelled,omitempty"`
	// Unread is how many bytes a body had, at least, that was too large and was
	// refused without reading it. Body is then empty.
	Unread int64 `json:"unread,omitempty"`
}

// Target returns the path and the query of the request. A client that uses this
// server as a proxy sends them in a whole address.
func (r Request) Target() string {
	if u, err := url.Parse(r.Path); err == nil && u.IsAbs() {
		return u.RequestURI()
	}
	return r.Path
}

// A Response is a response as it was sent.
type Response struct {
	Status  int         `json:"status"`
	Headers [][2]string `json:"headers"` // in the order sent
	Body    string      `json:"body,omitempty"`
}

// CookieName is the name of the cookie under study.
const CookieName = "session"

// The mechanisms: where an app's session data are kept.
const (
	MechanismServer  = "server"  // in a store; the cookie carries an id
	MechanismFlask   = "flask"   // in the cookie, signed as Flask does
	MechanismGorilla = "gorilla" // in the cookie, encrypted as gorilla/sessions does
)

// Mechanisms are all mechanisms, in the order in which they are taught.
var Mechanisms = [...]string{MechanismServer, MechanismFlask, MechanismGorilla}
