// Package reading says what a recorded step means, in no language: what became of
// the cookie and of the record, what the server believed, and what the operation
// came to. Whatever judges, advises on or words a step goes by its reading.
//
// The fields are plain strings, numbers and maps, and each word that a string can
// be is a constant, so that an expression can ask reading.Cookie == "renewed".
package reading

import (
	"encoding/json"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// Unknown stands for a reason that a step does not tell.
const Unknown = "unknown"

// A Reading is what one step means.
type Reading struct {
	Op      string  // the operation, "" for none of the app's
	Outcome Outcome // what it came to
	Error   string  // its code if it failed

	Cookie     CookieChange   // what became of the client's cookie
	Lifetime   LifetimeChange // how the end of the cookie moved
	CookieName string
	ID         string // in the cookie that the step left, "" if it holds none
	SameID     bool   // the cookie held that ID before
	Linked     bool   // the ID leads to the record
	Bare       bool   // the cookie holds an ID, perhaps signed, and nothing else
	Refused    string // why the client refused the new cookie: a reason of package jar

	Record     RecordChange // what became of the record, or of the values if InCookie
	NoRecord   Absence      // why the store holds none
	NewKey     bool         // there was a record and is one, under another key
	NewVersion bool         // likewise, in another version
	InCookie   bool         // the cookie holds the session itself, and the store nothing

	// What the client was expected to hold, as its last response left it.
	Expected      Expectation
	Orphaned      bool // the record that its cookie led to is there, and this step left it alone
	OrphanedUntil time.Time

	// What the server met, in the order in which it looked. A reason is "" where
	// there was nothing to object to.
	Sent       bool          // the request brought the cookie
	Elsewhere  bool          // a page of another website had the browser send it
	Invalid    string        // why the cookie was not believed: a step.Why
	Failed     string        // what the store could not do: "load", "save" or "delete"
	Missing    bool          // the store had no record for the cookie
	Late       bool          // because the ID was renewed a moment ago
	Unreadable bool          // the record is none that the server wrote
	Expired    string        // which limit ended the session: a step.Why
	Allowed    time.Duration // how long that limit allows; 0: the step does not tell
	Left       bool          // the store still has the record that expired, and hands it over no more
	Early      bool          // the operation's code ran before the password was checked
	Renewed    bool          // the session got another ID
	Signer     int           // the other worker whose key signed the cookie that was not believed; 0 for none
	Holder     int           // the other worker whose memory has the record that is missing; 0 for none

	Form          map[string]string // the fields of the request
	Before, After Values            // the session's, as the program found and left them
	Key           string            // of Form: the one that the operation is about
	Old, New      json.RawMessage   // its values; nil: there is no such key
	UserBefore    string            // who was logged in, "" for nobody
	UserAfter     string
	User          string // whom the step is about: the user after it, asked for, or before
}

// Of reads a step. Any step has a reading, however little is known of it.
func Of(s *step.Step) Reading {
	r := Reading{
		Op: string(s.Op), Error: s.Error, InCookie: InCookie(s.Mechanism), CookieName: step.CookieName, Form: Form(s.Request),
	}
	for _, c := range []*step.Cookie{s.Before.Cookie, s.After.Cookie} {
		if c != nil && c.Name != "" {
			r.CookieName = c.Name
		}
	}
	_, r.Sent = SentCookie(s.Request, r.CookieName)
	r.Elsewhere = Header(s.Request, "Sec-Fetch-Site") == "cross-site"
	met := r.follow(s.Events)
	r.readCookie(s, met.client)
	if r.InCookie {
		r.Before, r.After = valuesInCookie(s)
		r.Record = r.valuesChange(s)
	} else {
		r.Before, r.After = valuesInStore(s)
		r.readRecord(s)
	}
	r.readExpected(s)
	r.Key = r.Form["key"]
	r.Old, r.New = r.Before[r.Key], r.After[r.Key]
	r.UserBefore, r.UserAfter = r.Before.Text(KeyUser), r.After.Text(KeyUser)
	r.User = firstOf(r.UserAfter, r.Form[KeyUser], r.UserBefore)
	r.NoRecord = r.absence(s, met)
	r.Outcome = r.outcome(s, met)
	return r
}

// Changed reports whether the step changed the value of a key, or whether there is
// one.
func (r *Reading) Changed(key string) bool { return string(r.Before[key]) != string(r.After[key]) }

// Value is the value that the operation is about: what the key holds now, or held,
// or what was sent for it.
func (r *Reading) Value() json.RawMessage {
	if r.New != nil {
		return r.New
	}
	if r.Old != nil {
		return r.Old
	}
	sent, _ := json.Marshal(r.Form["value"])
	return sent
}

// InCookie reports whether the cookies of a mechanism hold the session itself.
func InCookie(mechanism string) bool {
	return mechanism == step.MechanismFlask || mechanism == step.MechanismGorilla
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}
