package narrate

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/step"
)

var (
	someCookies = []*step.Cookie{
		nil, signed(idOne, nil), signed(idOne, days(31)), signed(idOne, days(2)), signed(idTwo, nil),
		{Raw: idOne, Name: "session", Parts: []step.Part{{Kind: "id", Text: idOne}}},
		{Raw: idOne + ".c2lnbmF0dXJl", Name: "session", Values: json.RawMessage(`{"uname":"momo"}`)}, {},
		{Raw: "junk", Name: "session", Parts: []step.Part{{Kind: "other", Text: "junk"}}},
		{Raw: "eyJ9", Name: "session", Attributes: &step.Attributes{SameSite: "None", Secure: true}, Parts: []step.Part{{Kind: "payload", Text: "eyJ9"}}},
	}
	someRecords = []*step.Record{
		nil, stored(idOne, `{"colour":"teal"}`, 0), stored(idOne, `{"colour":"teal"}`, 5), stored(idOne, `{"colour":"amber","uname":"momo"}`, 0),
		stored(idTwo, `{"_permanent":true}`, 0), hashed(stored(idOne, `{"colour":null}`, 0)),
		{Key: "k", ID: "other", Raw: "not json"}, stored(idOne, `{"uname":7}`, 0),
	}
	someOps = []step.Op{"", step.OpLogin, step.OpLogout, step.OpSet, step.OpGet, step.OpPop, step.OpClear, step.OpPermanent,
		step.OpMe, step.OpIndex, step.OpGetSession, step.OpDeleteSession, "never-heard-of"}
	someLines = []string{"GET /get?key=colour", "POST /set", "POST /", "HEAD /x?key=nope", "BREW /"}
	someForms = []string{"", "key=colour&value=teal", "key=nope", "uname=momo&pwd=123", "on=true", "on=false", "%zz&&="}
	someCodes = []string{"", "", "wrong_password", "no_such_key", "not_logged_in", "too_long"}
)

// someDetails are the bytes of those events whose words depend on them.
var someDetails = map[step.Kind][]string{
	step.SessionOpened:  {"session = {}", `session = {"colour":"blue"}`, "session = junk", ""},
	step.SaveDone:       {`{"colour":"red"}`, "junk", ""},
	step.IDRenewed:      {idOne + " → " + idTwo},
	step.SetCookieBuilt: {"Set-Cookie: session=" + idOne + "; Path=/", "Set-Cookie: session=; Max-Age=0", "Set-Cookie: session=x; Expires=Wed, 23 Dec 2026 19:00:00 GMT"},
}

func anyStep(t *rapid.T) *step.Step {
	s := on(rapid.SampledFrom(someOps).Draw(t, "op"), rapid.SampledFrom(someLines).Draw(t, "line"), rapid.SampledFrom(someForms).Draw(t, "form"))
	s.Before = step.Sides{Cookie: rapid.SampledFrom(someCookies).Draw(t, "cookie before"), Record: rapid.SampledFrom(someRecords).Draw(t, "record before")}
	s.After = step.Sides{Cookie: rapid.SampledFrom(someCookies).Draw(t, "cookie after"), Record: rapid.SampledFrom(someRecords).Draw(t, "record after")}
	s.Mechanism = rapid.SampledFrom(append(step.Mechanisms[:], "", "never-heard-of")).Draw(t, "mechanism")
	if rapid.Bool().Draw(t, "expected") {
		s.Expected = &step.Sides{Cookie: rapid.SampledFrom(someCookies).Draw(t, "expected cookie"), Record: rapid.SampledFrom(someRecords).Draw(t, "expected record")}
	}
	s.Client = rapid.SampledFrom([]step.Client{step.ClientBrowser, step.ClientOther, step.ClientCurl, step.ClientProgram, "x"}).Draw(t, "client")
	s.Response.Status = rapid.SampledFrom([]int{200, 303, 401, 404, 503, 999}).Draw(t, "status")
	s.Error = rapid.SampledFrom(someCodes).Draw(t, "code")
	for range rapid.IntRange(0, 12).Draw(t, "events") {
		k := rapid.SampledFrom(kinds).Draw(t, "kind")
		details, ok := someDetails[k.kind]
		if !ok {
			details = []string{idOne}
		}
		s.event(k.lane, k.kind, rapid.SampledFrom(details).Draw(t, "detail"), rapid.SampledFrom(k.whys).Draw(t, "why"))
	}
	return s.Step
}

// Nothing of a step need be as the recorder makes it.
func TestNothingOfAStepTakesThePageDown(t *testing.T) {
	all := texts(t)
	rapid.Check(t, func(t *rapid.T) {
		s, other := anyStep(t), anyStep(t)
		for range rapid.IntRange(0, 5).Draw(t, "odd events") {
			e := step.Event{
				Lane: rapid.SampledFrom([]step.Lane{"", step.LaneBrowser, step.LaneServer, step.LaneStore, "x"}).Draw(t, "lane"),
				Kind: rapid.SampledFrom(kinds).Draw(t, "kind").kind, Why: step.Why(rapid.SampledFrom([]string{"", "set-cookie", "permanent", "x"}).Draw(t, "why")),
				Detail: rapid.SampledFrom([]string{"", "junk"}).Draw(t, "detail"),
			}
			at := rapid.IntRange(0, len(s.Events)).Draw(t, "at")
			s.Events = slices.Insert(s.Events, at, e)
		}
		for lang, text := range all {
			if v := Step(text, s, options); v.Result == "" || len(v.Events) != len(s.Events) {
				t.Fatalf("%s: %d events of %d, Result = %q", lang, len(v.Events), len(s.Events), v.Result)
			}
			Compare(text, s, other, options)
			CookieHeaders(text, s, none)
		}
	})
}

// hole is what a placeholder filled with nothing leaves.
var hole = regexp.MustCompile(`  |[ =] ?[.,;:。，；：]|[，。；：] `)

func TestWhateverHappensCanBeSaid(t *testing.T) {
	all := texts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anyStep(t)
		for lang, text := range all {
			v := Step(text, s, options)
			said := []string{v.Result, v.Store.Empty, v.Browser.Client}
			for _, e := range v.Events {
				said = append(said, e.Title, e.Say)
			}
			for _, p := range v.Store.Key {
				said = append(said, p.Label, p.Explain)
			}
			if c := v.Browser.Cookie; c != nil {
				said = append(said, c.Lifetime, c.Script)
				for _, p := range c.Parts {
					said = append(said, p.Label, p.Explain)
				}
				for _, r := range c.Attributes {
					said = append(said, r.Note)
				}
			}
			for _, what := range said {
				if strings.Contains(what, "flow.") || strings.Contains(what, "event.") || placeholder.MatchString(what) {
					t.Fatalf("%s: a message is missing or not filled: %q", lang, what)
				}
			}
			if v.Result == "" || sentences(v.Result) > 2 {
				t.Fatalf("%s: Result = %q; want one or two sentences", lang, v.Result)
			}
			for _, e := range v.Events {
				if e.Kind != string(step.StoreFailed) && hole.MatchString(e.Say) {
					t.Fatalf("%s: %s says %q; has a hole in it", lang, e.Kind, e.Say)
				}
			}
			if hole.MatchString(v.Result) {
				t.Fatalf("%s: Result = %q; has a hole in it", lang, v.Result)
			}
			if s.After.Record == nil && v.Store.Empty == "" {
				t.Fatalf("%s: nothing says why there is no record", lang)
			}
			if at := v.Store.At; at > len(s.Events) || v.Browser.At > len(s.Events) {
				t.Fatalf("%s: a side changes at event %d of %d", lang, at, len(s.Events))
			}
		}
	})
}

func TestItemsSayBothSides(t *testing.T) {
	all := texts(t)
	rapid.Check(t, func(t *rapid.T) {
		s := anyStep(t)
		cookie, record := step.Changes(s.Before, s.After)
		for lang, text := range all {
			item := Item(text, step.Summary{N: s.N, Op: s.Op, Client: s.Client, Method: s.Request.Method,
				Path: s.Request.Path, Status: s.Response.Status, Cookie: cookie, Record: record})
			if item.Op == "" || strings.Contains(item.Label, "flow.") || placeholder.MatchString(item.Label) {
				t.Fatalf("%s: Item = %+v", lang, item)
			}
			if string(item.Cookie) != string(cookie) || string(item.Record) != string(record) {
				t.Fatalf("%s: marks %q and %q; want %q and %q", lang, item.Cookie, item.Record, cookie, record)
			}
		}
	})
}
