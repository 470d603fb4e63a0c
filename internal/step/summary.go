package step

import "time"

// A Summary is what the list of steps shows of one step. It is small enough to
// keep those of all steps in memory.
type Summary struct {
	N           int       `json:"n"`
	Op          Op        `json:"op"`
	Client      Client    `json:"client"`
	ClientID    string    `json:"client_id"`
	Browser     string    `json:"browser,omitempty"`
	BrowserName string    `json:"browser_name,omitempty"`
	Run         int       `json:"run,omitempty"`
	Mechanism   string    `json:"mechanism"`
	Store       string    `json:"store,omitempty"`
	Method      string    `json:"method"`
	Path        string    `json:"path"`
	Status      int       `json:"status"`
	Error       string    `json:"error,omitempty"`
	Time        time.Time `json:"time"`
	Ahead       Ahead     `json:"ahead,omitzero"` // see [Step]
	Cookie      Change    `json:"cookie_change"`  // what became of the client's cookie
	Record      Change    `json:"record_change"`  // what became of the store's record
	Sent        string    `json:"-"`              // a fingerprint of the cookie the request brought
	Left        string    `json:"-"`              // a fingerprint of the cookie it left the client with
	Refused     Why       `json:"-"`              // why the cookie that it brought opened no session; "" if it did, or if there was none
	Size        int       `json:"-"`              // bytes of the stored step
}

// A Change says what became of one side within a
type Change string

// The changes.
const (
	Unchanged Change = ""
	Added     Change = "add"
	Changed   Change = "change"
	Removed   Change = "remove"
)

// Changes compares both sides before and after a
func Changes(before, after Sides) (cookie, record Change) {
	switch b, a := before.Cookie, after.Cookie; {
	case b == nil && a != nil:
		cookie = Added
	case b != nil && a == nil:
		cookie = Removed
	case b != nil && (b.Raw != a.Raw || !sameAttributes(b.Attributes, a.Attributes)):
		cookie = Changed
	}
	switch b, a := before.Record, after.Record; {
	case b == nil && a != nil:
		record = Added
	case b != nil && a == nil:
		record = Removed
	case b != nil && (b.Key != a.Key || b.Raw != a.Raw || !b.Expires.Equal(a.Expires)):
		record = Changed
	}
	return cookie, record
}

func sameAttributes(a, b *Attributes) bool {
	if a == nil || b == nil {
		return a == b
	}
	sameExpiry := a.Expires == b.Expires || a.Expires != nil && b.Expires != nil && a.Expires.Equal(*b.Expires)
	return sameExpiry && a.Path == b.Path && a.HTTPOnly == b.HTTPOnly && a.Secure == b.Secure && a.SameSite == b.SameSite
}

// Summary returns the step in a line. Its Size is not known before the step is
// stored.
func (s *Step) Summary() Summary {
	line := Summary{
		N: s.N, Op: s.Op, Client: s.Client, ClientID: s.ClientID, Browser: s.Browser, BrowserName: s.BrowserName,
		Run: s.Run, Mechanism: s.Mechanism, Store: s.Store,
		Method: s.Request.Method, Path: s.Request.Path, Status: s.Response.Status, Error: s.Error,
		Time: s.Time, Ahead: s.Ahead, Sent: s.Before.Cookie.Fingerprint(), Left: s.After.Cookie.Fingerprint(),
	}
	if len(s.Events) > 0 && s.Events[0].Why != WhyCookie {
		line.Sent = "" // it was held back
	}
	line.Cookie, line.Record = Changes(s.Before, s.After)
	line.Refused = s.refused()
	return line
}

// refused tells why the request's cookie opened no session: what was wrong with
// it, which limit its session had passed, or why there was no record.
func (s *Step) refused() (why Why) {
	for _, e := range s.Events {
		switch e.Kind {
		case SignatureInvalid, SessionExpired:
			return e.Why
		case LoadMissing:
			if why = e.Why; why == "" {
				why = WhyMissing
			}
		}
	}
	return why
}
