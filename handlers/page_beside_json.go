package handlers

import (
	"encoding/json"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// besideJSON is what three mechanisms made of one operation.
type besideJSON struct {
	Round   int               `json:"round"` // which of the rounds is told, from 1; 0: there is none yet
	Rounds  []besideRoundJSON `json:"rounds"`
	Columns []columnJSON      `json:"columns"`
}

type besideRoundJSON struct {
	N    int     `json:"n"`
	Op   step.Op `json:"op"`
	With string  `json:"with,omitempty"` // "copy", "changed": which copy of the cookie was sent
}

// columnJSON is what one of the mechanisms made of it.
type columnJSON struct {
	Mechanism string `json:"mechanism"`
	Store     string `json:"store,omitempty"` // of the mechanism server
	Status    int    `json:"status"`          // of the response; 0: the request is not recorded here
	// What the operation returned, and its code if it failed.
	Result json.RawMessage `json:"result,omitempty"`
	Error  string          `json:"error,omitempty"`
	// What crossed the wire.
	SentBytes  int      `json:"sent_bytes"` // of the Cookie header's value
	SetCookies []string `json:"set_cookies"`
	StoreCalls []string `json:"store_calls"` // the commands that ran
	// What both sides hold, before and after.
	CookieBefore *heldJSON    `json:"cookie_before"`
	CookieAfter  *heldJSON    `json:"cookie_after"`
	RecordBefore *step.Record `json:"record_before"`
	RecordAfter  *step.Record `json:"record_after"`
	Readable     string       `json:"readable"` // what anybody can read in the cookie, as JSON; "" for nothing
	Verdicts     verdictsJSON `json:"verdicts"`
}

// heldJSON is a cookie in a jar.
type heldJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Bytes int    `json:"bytes"` // of both
}

// verdictsJSON are "yes", "no" or "untried" each.
type verdictsJSON struct {
	SetCookie experiment.Answer `json:"set_cookie"` // did the response set a cookie?
	InCookie  experiment.Answer `json:"in_cookie"`  // are the values in the cookie?
	Readable  experiment.Answer `json:"readable"`   // can someone holding the cookie read them?
	Changed   experiment.Answer `json:"changed"`    // is a copy with one letter changed believed?
	Copy      experiment.Answer `json:"copy"`       // does a copy made before the log-out work after it?
}

func (t trio) json() besideJSON {
	told := besideJSON{Round: t.round, Rounds: []besideRoundJSON{}, Columns: []columnJSON{}}
	for i, r := range t.rounds {
		told.Rounds = append(told.Rounds, besideRoundJSON{N: i + 1, Op: r.Op, With: withOf(r.By)})
	}
	for _, col := range t.columns {
		told.Columns = append(told.Columns, col.json())
	}
	return told
}

// withOf is what a form calls a sender.
func withOf(by experiment.Sender) string {
	switch by {
	case experiment.ByCopy:
		return "copy"
	case experiment.ByChanged:
		return "changed"
	}
	return ""
}

func (col column) json() columnJSON {
	told := columnJSON{
		Mechanism: col.settings.Mechanism, SetCookies: []string{}, StoreCalls: []string{}, Readable: col.found.Values,
		Verdicts: verdictsJSON{col.setCookie(), col.found.InCookie, col.found.Readable, col.found.Changed, col.found.Copy},
	}
	s := col.step
	if s == nil {
		return told
	}
	told.Store, told.Status, told.Result, told.Error = s.Store, s.Response.Status, s.Result, s.Error
	told.SetCookies = append(told.SetCookies, reading.HeaderValues(s.Response.Headers, "Set-Cookie")...)
	for _, line := range reading.HeaderValues(s.Request.Headers, "Cookie") {
		told.SentBytes += len(line)
	}
	for _, e := range s.Events {
		if asks(e) {
			told.StoreCalls = append(told.StoreCalls, e.Detail)
		}
	}
	told.CookieBefore, told.CookieAfter = heldCookie(s.Before.Cookie), heldCookie(s.After.Cookie)
	told.RecordBefore, told.RecordAfter = s.Before.Record, s.After.Record
	return told
}

// setCookie is whether the response set a cookie.
func (col column) setCookie() experiment.Answer {
	switch {
	case col.step == nil:
		return experiment.Untried
	case len(reading.HeaderValues(col.step.Response.Headers, "Set-Cookie")) > 0:
		return experiment.Yes
	}
	return experiment.No
}

func heldCookie(c *step.Cookie) *heldJSON {
	if c == nil {
		return nil
	}
	return &heldJSON{c.Name, c.Raw, c.Size()}
}

// asks reports whether an event is a command that went to the store.
func asks(e step.Event) bool {
	return e.Kind == step.LoadAsked || e.Kind == step.SaveAsked || e.Kind == step.DeleteAsked
}
