package reading

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func cookie(raw string, a *step.Attributes) *step.Cookie {
	return &step.Cookie{Name: "session", Raw: raw, Attributes: a, Parts: []step.Part{{Kind: "id", Text: raw}}}
}

func record(id, values string) *step.Record {
	return &step.Record{Key: "session:b:" + id, ID: id, Raw: values, Values: json.RawMessage(values), Expires: noon, Version: 1}
}

func TestWhatBecameOfACookie(t *testing.T) {
	later := noon.Add(time.Hour)
	till := func(at *time.Time) *step.Attributes { return &step.Attributes{Path: "/", Expires: at} }
	for name, tt := range map[string]struct {
		before, after *step.Cookie
		did           step.Kind
		want          CookieChange
		lifetime      LifetimeChange
	}{
		"none":              {nil, nil, step.CookieKept, CookieNone, ""},
		"kept":              {cookie("a", till(nil)), cookie("a", till(nil)), step.CookieKept, CookieKept, ""},
		"held back":         {nil, cookie("a", till(nil)), step.CookieKept, CookieKept, ""},
		"resent":            {cookie("a", till(nil)), cookie("a", till(nil)), step.CookieReplaced, CookieResent, ""},
		"appeared":          {nil, cookie("a", till(nil)), step.CookieStored, CookieAppeared, ""},
		"renewed":           {cookie("a", till(nil)), cookie("b", till(nil)), step.CookieReplaced, CookieRenewed, ""},
		"renewed, outlives": {cookie("a", till(nil)), cookie("b", till(&noon)), step.CookieReplaced, CookieRenewed, LifetimeOutlives},
		"outlives":          {cookie("a", till(nil)), cookie("a", till(&noon)), step.CookieReplaced, CookieLifetime, LifetimeOutlives},
		"till close":        {cookie("a", till(&noon)), cookie("a", till(nil)), step.CookieReplaced, CookieLifetime, LifetimeTillClose},
		"moved":             {cookie("a", till(&noon)), cookie("a", till(&later)), step.CookieReplaced, CookieLifetime, LifetimeMoved},
		"flags":             {cookie("a", till(nil)), cookie("a", &step.Attributes{Path: "/", Secure: true}), step.CookieReplaced, CookieFlags, ""},
		"unknown before":    {cookie("a", nil), cookie("a", till(&noon)), step.CookieReplaced, CookieResent, ""},
		"unknown, renewed":  {cookie("a", nil), cookie("b", till(&noon)), step.CookieReplaced, CookieRenewed, ""},
		"deleted":           {cookie("a", nil), nil, step.CookieDeleted, CookieDeleted, ""},
		"refused":           {nil, nil, step.CookieIgnored, CookieRefused, ""},
	} {
		r := Of(&step.Step{Before: step.Sides{Cookie: tt.before}, After: step.Sides{Cookie: tt.after}, Events: []step.Event{{Kind: tt.did}}})
		if r.Cookie != tt.want || r.Lifetime != tt.lifetime {
			t.Errorf("%s: %q, lifetime %q; want %q, %q", name, r.Cookie, r.Lifetime, tt.want, tt.lifetime)
		}
	}
}

func TestWhatBecameOfARecord(t *testing.T) {
	touched := record("x", `{"a":1}`)
	touched.Expires = noon.Add(time.Hour)
	renewed, failed := []step.Event{{Kind: step.IDRenewed}}, []step.Event{{Kind: step.StoreFailed, Why: step.WhySave}}
	for name, tt := range map[string]struct {
		before, after *step.Record
		events        []step.Event
		want          RecordChange
	}{
		"none":       {nil, nil, nil, RecordNone},
		"kept":       {record("x", `{"a":1}`), record("x", `{"a":1}`), nil, RecordKept},
		"touched":    {record("x", `{"a":1}`), touched, nil, RecordTouched},
		"created":    {nil, record("x", `{"a":1}`), nil, RecordCreated},
		"changed":    {record("x", `{"a":1}`), record("x", `{"a":2}`), nil, RecordChanged},
		"moved":      {record("x", `{"a":1}`), record("y", `{"a":1}`), renewed, RecordMoved},
		"another":    {record("x", `{"a":1}`), record("y", `{"a":1}`), nil, RecordCreated},
		"deleted":    {record("x", `{"a":1}`), nil, nil, RecordDeleted},
		"not to see": {record("x", `{"a":1}`), nil, failed, RecordUnseen},
	} {
		if r := Of(&step.Step{Before: step.Sides{Record: tt.before}, After: step.Sides{Record: tt.after}, Events: tt.events}); r.Record != tt.want {
			t.Errorf("%s: %q; want %q", name, r.Record, tt.want)
		}
	}
}

func TestACookieThatIsNoLongerSentIsLostAndItsRecordIsNot(t *testing.T) {
	old, left := cookie("x", &step.Attributes{}), record("x", `{"uname":"momo"}`)
	silent := []step.Event{{Kind: step.CookieAbsent}, {Kind: step.CookieKept, Why: step.WhyNoCookie}}
	for name, tt := range map[string]struct {
		s        step.Step
		cookie   CookieChange
		expected Expectation
		orphaned bool
		absence  Absence
	}{
		"as expected":            {step.Step{Events: silent}, CookieNone, ExpectedMet, false, AbsentYet},
		"lost":                   {step.Step{Events: silent, Expected: &step.Sides{Cookie: old, Record: left}}, CookieLost, ExpectedLost, true, AbsentLost},
		"lost, and no record":    {step.Step{Events: silent, Expected: &step.Sides{Cookie: old}}, CookieLost, ExpectedLost, false, AbsentLost},
		"lost, and a new one":    {step.Step{Expected: &step.Sides{Cookie: old, Record: left}, After: step.Sides{Cookie: cookie("y", nil), Record: record("y", `{}`)}}, CookieAppeared, ExpectedLost, true, AbsentNot},
		"another":                {step.Step{Expected: &step.Sides{Cookie: old, Record: left}, Before: step.Sides{Cookie: cookie("z", nil)}, After: step.Sides{Cookie: cookie("z", nil)}}, CookieKept, ExpectedOther, true, AbsentUnknown},
		"another, to the record": {step.Step{Expected: &step.Sides{Cookie: &step.Cookie{Raw: "signed before"}, Record: left}, Before: step.Sides{Cookie: cookie("x", nil), Record: left}, After: step.Sides{Cookie: cookie("x", nil), Record: left}}, CookieKept, ExpectedOther, false, AbsentNot},
		"ended by itself":        {step.Step{Time: noon, Events: silent, Expected: &step.Sides{Cookie: cookie("x", &step.Attributes{Expires: &noon}), Record: left}}, CookieLost, ExpectedEnded, true, AbsentLost},
		"the key changed":        {step.Step{Events: []step.Event{{Kind: step.SignatureInvalid, Why: step.WhySignature}}, Expected: &step.Sides{Cookie: old, Record: left}, Before: step.Sides{Cookie: old}, After: step.Sides{Cookie: old}}, CookieKept, ExpectedCut, true, AbsentInvalid},
		"the store changed":      {step.Step{Moved: true, Events: silent, Expected: &step.Sides{Cookie: old, Record: left}}, CookieLost, ExpectedMoved, true, AbsentLost},
		"lost a while ago":       {step.Step{Events: silent, Expected: &step.Sides{Record: left}}, CookieNone, ExpectedMet, true, AbsentYet},
		"late":                   {step.Step{Events: []step.Event{{Kind: step.LoadMissing, Why: step.WhyRenewed}}, Expected: &step.Sides{Cookie: old, Record: left}, Before: step.Sides{Cookie: cookie("z", nil)}, After: step.Sides{Cookie: cookie("z", nil)}}, CookieKept, ExpectedOther, false, AbsentLate},
	} {
		r := Of(&tt.s)
		if r.Cookie != tt.cookie || r.Expected != tt.expected || r.Orphaned != tt.orphaned || r.NoRecord != tt.absence {
			t.Errorf("%s: cookie %q, expected %q, orphaned %v, no record %q; want %q, %q, %v, %q",
				name, r.Cookie, r.Expected, r.Orphaned, r.NoRecord, tt.cookie, tt.expected, tt.orphaned, tt.absence)
		}
		if r.Orphaned && !r.OrphanedUntil.Equal(noon) {
			t.Errorf("%s: the record is there until %v; want %v", name, r.OrphanedUntil, noon)
		}
	}
}

func TestWhatAnOperationCameTo(t *testing.T) {
	momo := []step.Event{step.Opened(`{"uname":"momo"}`, step.WhyLoaded)}
	for name, tt := range map[string]struct {
		s    step.Step
		want Outcome
	}{
		"no route":       {step.Step{Error: "not_found"}, OutcomeNowhere},
		"done":           {step.Step{Op: step.OpSet}, OutcomeDone},
		"who":            {step.Step{Op: step.OpMe, Events: momo}, OutcomeDone},
		"nobody":         {step.Step{Op: step.OpMe, Error: "not_logged_in", Response: step.Response{Status: 401}}, OutcomeNobody},
		"no key":         {step.Step{Op: step.OpGet, Request: step.Request{Method: "GET", Path: "/get?key=x"}, Events: momo}, OutcomeNoKey},
		"a key":          {step.Step{Op: step.OpGet, Request: step.Request{Method: "GET", Path: "/get?key=uname"}, Events: momo}, OutcomeDone},
		"wrong password": {step.Step{Op: step.OpLogin, Events: []step.Event{{Kind: step.PasswordChecked, Why: step.WhyWrong}}}, OutcomePassword},
		"store":          {step.Step{Op: step.OpGet, Events: []step.Event{{Kind: step.StoreFailed, Why: step.WhyLoad}}}, OutcomeFailed},
		"tried again":    {step.Step{Op: step.OpSet, Events: append([]step.Event{{Kind: step.StoreFailed, Why: step.WhyLoad}}, momo...)}, OutcomeDone},
		"unreadable":     {step.Step{Op: step.OpSet, Error: "record_unreadable", Events: []step.Event{{Kind: step.LoadFound, Why: step.WhyUnreadable}}}, OutcomeUnreadable},
		"refused":        {step.Step{Op: step.OpSet, Error: "too_long"}, OutcomeRefused},
		"status":         {step.Step{Op: step.OpSet, Response: step.Response{Status: 413}}, OutcomeRefused},
	} {
		if r := Of(&tt.s); r.Outcome != tt.want {
			t.Errorf("%s: %q; want %q", name, r.Outcome, tt.want)
		}
	}
}

func TestValuesInTheCookieAreReadFromIt(t *testing.T) {
	s := &step.Step{
		Mechanism: step.MechanismFlask, Op: step.OpSet,
		Request: step.Request{Method: "POST", Body: "key=colour&value=teal"},
		Before:  step.Sides{Cookie: &step.Cookie{Raw: "a", Values: json.RawMessage(`{"uname":"momo"}`)}},
		After:   step.Sides{Cookie: &step.Cookie{Raw: "b", Values: json.RawMessage(`{"colour":"teal","uname":"momo"}`)}},
		Events:  []step.Event{step.Opened(`{"uname":"momo"}`, step.WhyLoaded), step.CookieBuilt("session=b", "")},
	}
	r := Of(s)
	if !r.InCookie || r.Record != RecordChanged || r.Old != nil || string(r.New) != `"teal"` || r.UserBefore != "momo" || r.UserAfter != "momo" || !r.Changed("colour") || r.Changed("uname") {
		t.Errorf("Of = %+v; want the colour added in the cookie", r)
	}
	s.Events = append(s.Events, step.Event{Kind: step.CookieIgnored, Why: "too-large"})
	if r := Of(s); r.Record != RecordUnseen || r.Refused != "too-large" || r.Cookie != CookieRefused {
		t.Errorf("of a refused cookie, Record = %q, Refused = %q", r.Record, r.Refused)
	}
}
