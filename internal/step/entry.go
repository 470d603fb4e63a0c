package step

import (
	"encoding/json"
	"strings"
	"time"
)

// An Entry is what happened to a bench between two of its steps, and was no request:
// somebody closed a browser, moved the clock or restarted the server. Once recorded it
// never changes. Like a step it says nothing in any language.
type Entry struct {
	N     int       `json:"n"`     // 1, 2, … within its bench, apart from the steps
	After int       `json:"after"` // the number of the step that it follows, 0 for none
	Time  time.Time `json:"time"`  // by the bench's clock, after the entry
	Kind  EntryKind `json:"kind"`

	// Browser is the id of the browser that it is about, and Name what that is called:
	// it may be removed later.
	Browser string `json:"browser,omitempty"`
	Name    string `json:"name,omitempty"`
	// Other is the browser that a cookie was copied to.
	Other     string `json:"other,omitempty"`
	OtherName string `json:"other_name,omitempty"`

	Cookie string `json:"cookie,omitempty"` // the name of the cookie
	Value  string `json:"value,omitempty"`  // what the kind says of it

	// Keys and Memory are what the workers have of an [EntryWorkersChanged]: "shared"
	// or "own".
	Keys   string `json:"keys,omitempty"`
	Memory string `json:"memory,omitempty"`

	// Variant is which variant of its experiment an [EntryRunBegan] is of. Run is the
	// number of that entry in the [EntryRunEnded] that belongs to it, and Result what the
	// run came to, as JSON, which is for whoever began it to read; "" of one that was cut off.
	Variant string `json:"variant,omitempty"`
	Run     int    `json:"run,omitempty"`
	Result  string `json:"result,omitempty"`
}

// An EntryKind says what happened. The words are stable: they are stored, and part of
// the ids of messages.
type EntryKind string

// About is what an entry of the kind is about, the first of its words: "browser",
// "cookies", "cookie", "clock", "server", "key", "workers", "store", "sessions" or "run".
func (k EntryKind) About() string {
	about, _, _ := strings.Cut(string(k), ".")
	return about
}

// What happened to a virtual browser, or to its jar.
const (
	EntryBrowserOpened   EntryKind = "browser.opened"
	EntryBrowserRemoved  EntryKind = "browser.removed"
	EntryBrowserClosed   EntryKind = "browser.closed" // Value is [RestoreTabs], or one of [ClosedGone] and so on; "" of an old entry
	EntryBrowserReopened EntryKind = "browser.reopened"
	EntryCookiesBlocked  EntryKind = "cookies.blocked"
	EntryCookiesAllowed  EntryKind = "cookies.allowed"
	EntryCookieDeleted   EntryKind = "cookie.deleted"
	EntryCookieEdited    EntryKind = "cookie.edited" // Value is the cookie's from now on
	EntryCookieCopied    EntryKind = "cookie.copied" // Value is the cookie's
)

// What happened to the bench's clock and its server.
const (
	EntryClockMoved      EntryKind = "clock.moved"      // Value is by how much, as [Ahead] has it
	EntryClockReal       EntryKind = "clock.real"       // back to real time, with the app's sessions ended
	EntryServerRestarted EntryKind = "server.restarted" // Value is "same" or "random": the key
	EntryKeyChanged      EntryKind = "key.changed"      // Value is "fallback" if the old one still verifies
	EntryWorkersChanged  EntryKind = "workers.changed"  // Value is how many there are
	EntryStoreEmptied    EntryKind = "store.emptied"    // Value is the name of the store
	// EntrySessionsMoved ends all sessions, and Value is where they are kept from now on:
	// the name of the store, or the mechanism whose cookie holds them.
	EntrySessionsMoved EntryKind = "sessions.moved"
)

// An experiment that ran on the bench. What stands between the two is what it did: its
// steps, which bear its number, and its entries.
const (
	EntryRunBegan EntryKind = "run.began" // Value is the experiment's slug
	EntryRunEnded EntryKind = "run.ended" // likewise
)

// EntryKinds are all kinds of entry.
var EntryKinds = [...]EntryKind{
	EntryBrowserOpened, EntryBrowserRemoved, EntryBrowserClosed, EntryBrowserReopened,
	EntryCookiesBlocked, EntryCookiesAllowed, EntryCookieDeleted, EntryCookieEdited, EntryCookieCopied,
	EntryClockMoved, EntryClockReal, EntryServerRestarted, EntryKeyChanged, EntryWorkersChanged, EntryStoreEmptied,
	EntrySessionsMoved, EntryRunBegan, EntryRunEnded,
}

// RestoreTabs is the Value of an [EntryBrowserClosed] whose browser continues where it
// left off: it keeps its session cookies.
const RestoreTabs = "restore"

// The Values of an [EntryBrowserClosed] otherwise: what became of its cookies. Those with
// a date outlive the browser.
const (
	ClosedEmpty = "empty" // it had none
	ClosedGone  = "gone"  // none had a date
	ClosedKept  = "kept"  // all had one
	ClosedSome  = "some"  // some had one
)

// EncodeEntry returns the JSON that is stored of an entry. Its number is stored beside
// it: the state gives it.
func EncodeEntry(e Entry) (string, error) {
	e.N = 0
	e.Value, e.Cookie = strings.ToValidUTF8(e.Value, "�"), strings.ToValidUTF8(e.Cookie, "�")
	return encode(e)
}

// DecodeEntry reads what [EncodeEntry] wrote of the nth entry.
func DecodeEntry(n int, data []byte) (Entry, error) {
	var e Entry
	err := json.Unmarshal(data, &e)
	e.N = n
	return e, err
}
