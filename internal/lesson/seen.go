package lesson

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A Seen is what expressions can ask of "it", or of a named step: what the step means,
// and its bytes. It can be an entry of the bench instead. Of a step that is not there it
// is zero.
type Seen struct {
	reading.Reading

	Ran        bool   // it is there
	N          int    // the number of the step; of an entry, of the step that it follows
	Status     int    // of the response
	By         string // who sent it: the id of a virtual browser of the lesson, "" for the learner's own browser, or [ByOther]
	Virtual    bool   // a virtual browser of the bench sent it
	Worker     int    // which of the server's processes answered
	Mechanism  string
	CookieLine string // the request's Cookie header, without the product's own cookies; "" for none
	Set        string // the first Set-Cookie line, "" for none
	Code       string // the statement that ran
	Query      string // the last command to the store
	Result     string // what the operation returned, as Python writes it
	Was, Now   Side   // what browser and store held before and after
	Ahead      string // how far the bench's clock was ahead

	// Of an entry.
	Kind    string // a [step.EntryKind]; "" of a step
	Value   string
	Slug    string // of a run that ended: of its experiment
	Variant string
	Verdict string
	Tried   int    // by the run's act that tried something
	Found   string // by it
}

// ByOther is who sent a request that neither the learner's own browser nor a virtual one
// of the lesson sent.
const ByOther = "other"

// A Side is what browser and store held at one moment. All is zero for what they did not
// hold.
type Side struct {
	Cookie  string // its value
	Length  int    // in characters
	Record  string // its bytes as stored
	Bytes   int    // how many
	Version int    // of the record
	Payload string // the values in the cookie as JSON, "" if it holds none that can be read
	Expires string // of the cookie, as in its line; "" until the browser closes
}

// see returns what can be asked of a step. Browsers are the ids of the lesson's virtual
// browsers by those of the lab.
func see(s *step.Step, browsers map[string]string) *Seen {
	seen := &Seen{
		Reading: reading.Of(s), Ran: true, N: s.N, Status: s.Response.Status, By: by(s, browsers), Virtual: s.Client == step.ClientVirtual,
		Worker: s.Worker, Mechanism: s.Mechanism, CookieLine: cookieLine(s.Request), Result: Python(s.Result),
		Was: sideOf(s.Before), Now: sideOf(s.After), Ahead: s.Ahead.String(),
	}
	for _, line := range reading.HeaderValues(s.Response.Headers, "Set-Cookie") {
		seen.Set = line
		break
	}
	for _, e := range s.Events {
		switch {
		case e.Kind == step.CodeRan:
			seen.Code = e.Detail
		case slices.Contains(asked, e.Kind):
			seen.Query = e.Detail
		}
	}
	return seen
}

// cookieLine is the Cookie header of a request without the product's own cookies, whose
// values are masked.
func cookieLine(r step.Request) string {
	var pairs []string
	for pair := range strings.SplitSeq(reading.Header(r, "Cookie"), ";") {
		if pair = strings.TrimSpace(pair); pair != "" && !strings.HasSuffix(pair, "=••••••••") {
			pairs = append(pairs, pair)
		}
	}
	return strings.Join(pairs, "; ")
}

// asked are the events of which the detail is a command to the store.
var asked = []step.Kind{step.LoadAsked, step.SaveAsked, step.DeleteAsked}

func by(s *step.Step, browsers map[string]string) string {
	if s.Client == step.ClientBrowser {
		return ""
	}
	if id := browsers[s.Browser]; id != "" && s.Client == step.ClientVirtual {
		return id
	}
	return ByOther
}

func sideOf(s step.Sides) (side Side) {
	if c := s.Cookie; c != nil {
		side.Cookie, side.Length = c.Raw, utf8.RuneCountInString(c.Raw)
		side.Payload = payload(c)
		if a := c.Attributes; a != nil && a.Expires != nil {
			side.Expires = expires(a)
		}
	}
	if r := s.Record; r != nil {
		side.Record, side.Bytes, side.Version = r.Raw, len(r.Raw), int(r.Version)
	}
	return side
}

// payload is what anybody can read in a cookie.
func payload(c *step.Cookie) string {
	for _, parts := range [...][]step.Part{c.Parts, c.Inside} {
		for _, p := range parts {
			if p.Kind == "payload" && p.Decoded != "" {
				return p.Decoded
			}
		}
	}
	return ""
}

// expires is the date of a cookie's end as its line has it.
func expires(a *step.Attributes) string {
	for field := range strings.SplitSeq(a.Line, ";") {
		if name, value, _ := strings.Cut(strings.TrimSpace(field), "="); strings.EqualFold(name, "Expires") {
			return value
		}
	}
	return a.Expires.UTC().Format(http.TimeFormat)
}

// seeEntry returns what can be asked of an entry.
func seeEntry(e step.Entry, browsers map[string]string) *Seen {
	seen := &Seen{Ran: true, N: e.After, Kind: string(e.Kind), Value: e.Value, By: browsers[e.Browser]}
	if e.Browser != "" && seen.By == "" {
		seen.By = ByOther
	}
	var r experiment.Result
	if e.Kind == step.EntryRunEnded && json.Unmarshal([]byte(e.Result), &r) == nil { // else it was cut off
		seen.Slug, seen.Variant, seen.Verdict = r.Slug, r.Variant, r.Verdict
		for _, a := range r.Acts {
			if a.Tried > 0 {
				seen.Tried, seen.Found = a.Tried, a.Found
			}
		}
	}
	return seen
}
