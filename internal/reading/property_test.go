package reading

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/step"
)

// pick draws one of some.
func pick[T any](t *rapid.T, label string, some ...T) T {
	return rapid.SampledFrom(some).Draw(t, label)
}

func anyCookie(t *rapid.T, label string) *step.Cookie {
	if !rapid.Bool().Draw(t, label) {
		return nil
	}
	c := &step.Cookie{
		Name: pick(t, "name", "session", ""), Raw: pick(t, "raw", "", "a", "b"),
		Values: json.RawMessage(pick(t, "values", "", "junk", "null", `{"uname":"momo"}`, `{"uname":7,"_permanent":true}`, `{"a":NaN}`)),
	}
	for range rapid.IntRange(0, 3).Draw(t, "parts") {
		c.Parts = append(c.Parts, step.Part{Kind: pick(t, "kind", "id", "dot", "signature", "payload", ""), Text: pick(t, "text", "", "x", "y")})
	}
	if rapid.Bool().Draw(t, "attributes") {
		c.Attributes = &step.Attributes{Path: pick(t, "path", "", "/"), HTTPOnly: rapid.Bool().Draw(t, "HttpOnly"), SameSite: pick(t, "SameSite", "", "Lax")}
		if rapid.Bool().Draw(t, "lasting") {
			at := time.Unix(rapid.Int64Range(0, 2).Draw(t, "expires"), 0)
			c.Attributes.Expires = &at
		}
	}
	return c
}

func anyRecord(t *rapid.T, label string) *step.Record {
	if !rapid.Bool().Draw(t, label) {
		return nil
	}
	raw := pick(t, "raw", "", "junk", `{"uname":"momo"}`, `{"colour":null}`, `[1]`)
	return &step.Record{
		Key: pick(t, "key", "", "k", "l"), ID: pick(t, "id", "", "x", "y"), Raw: raw, Values: json.RawMessage(raw),
		Expires: time.Unix(rapid.Int64Range(0, 2).Draw(t, "expires"), 0), Version: rapid.Int64Range(0, 2).Draw(t, "version"),
	}
}

var (
	kinds = []step.Kind{
		step.RequestSent, step.CookieStored, step.CookieReplaced, step.CookieDeleted, step.CookieIgnored, step.CookieKept, step.CookieRead,
		step.CookieAbsent, step.SignatureValid, step.SignatureInvalid, step.PasswordChecked, step.IDMade, step.IDRenewed, step.SessionOpened,
		step.SessionExpired, step.CodeRan, step.SessionEmptied, step.SetCookieBuilt, step.ResponseSent, step.LoadAsked, step.LoadFound,
		step.LoadMissing, step.SaveAsked, step.SaveDone, step.SaveConflict, step.DeleteAsked, step.DeleteDone, step.StoreFailed, "never-heard-of",
	}
	whys = []step.Why{"", step.WhyNew, step.WhyLoaded, step.WhyWrong, step.WhyRefused, step.WhySignature, step.WhyLifetime, step.WhyUnreadable, step.WhySave, "never-heard-of"}
	ops  = []step.Op{
		"", step.OpLogin, step.OpLogout, step.OpSet, step.OpGet, step.OpPop, step.OpClear, step.OpPermanent, step.OpMe, step.OpIndex,
		step.OpGetSession, step.OpDeleteSession, "never-heard-of",
	}
)

func anyStep(t *rapid.T) *step.Step {
	s := &step.Step{
		Op: pick(t, "op", ops...), Mechanism: pick(t, "mechanism", "", step.MechanismServer, step.MechanismFlask, step.MechanismGorilla, "never-heard-of"),
		Store: pick(t, "store", "", "memory", "sqlite"), Error: pick(t, "error", "", "not_logged_in", "no_such_key", "wrong_password", "x"),
		Request: step.Request{
			Method: pick(t, "method", "GET", "POST", ""), Path: pick(t, "path", "", "/set?key=uname", "%zz?&&=%"), Body: pick(t, "body", "", "key=uname&value=x", "--b\r\n", "\xff"),
			Headers: [][2]string{
				{"Content-Type", pick(t, "type", "", "multipart/form-data; boundary=b", "multipart/form-data", ";;;", FormType)},
				{"cookie", pick(t, "cookie", "", "session=a", ";;=", "session")},
			},
		},
		Response: step.Response{Status: pick(t, "status", 0, 200, 303, 401, 503)},
		Before:   step.Sides{Cookie: anyCookie(t, "cookie before"), Record: anyRecord(t, "record before")},
		After:    step.Sides{Cookie: anyCookie(t, "cookie after"), Record: anyRecord(t, "record after")},
	}
	if rapid.Bool().Draw(t, "expected") {
		s.Expected = &step.Sides{Cookie: anyCookie(t, "expected cookie"), Record: anyRecord(t, "expected record")}
	}
	for range rapid.IntRange(0, 12).Draw(t, "events") {
		detail := pick(t, "detail", "", "junk", `{"uname":"alice"}`, "session = {}")
		e := step.Event{Kind: pick(t, "kind", kinds...), Why: pick(t, "why", whys...), Detail: detail, Values: detail}
		s.Events = append(s.Events, e)
	}
	return s
}

var (
	cookieChanges = []string{CookieNone, CookieKept, CookieResent, CookieAppeared, CookieRenewed, CookieLifetime, CookieFlags, CookieDeleted, CookieRefused, CookieLost}
	recordChanges = []string{RecordNone, RecordKept, RecordTouched, RecordCreated, RecordChanged, RecordMoved, RecordDeleted, RecordUnseen}
	absences      = []string{AbsentNot, AbsentFailed, AbsentDeleted, AbsentGone, AbsentRefused, AbsentExpired, AbsentInvalid, AbsentLate, AbsentMissing, AbsentWorker, AbsentMemory, AbsentLost, AbsentYet, AbsentUnknown}
	outcomes      = []string{OutcomeDone, OutcomeNobody, OutcomeNoKey, OutcomePassword, OutcomeUnreadable, OutcomeFailed, OutcomeRefused, OutcomeNowhere}
)

func TestAnyStepHasAReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyStep(t)
		r := Of(s)
		for _, word := range []struct {
			is   string
			some []string
		}{{r.Cookie, cookieChanges}, {r.Record, recordChanges}, {r.NoRecord, absences}, {r.Outcome, outcomes}} {
			if !slices.Contains(word.some, word.is) {
				t.Fatalf("a reading says %q; want one of %q", word.is, word.some)
			}
		}
		before, after := s.Before.Cookie, s.After.Cookie
		switch unknown := before == nil || after == nil || before.Attributes == nil || after.Attributes == nil; {
		case unknown && r.Lifetime != "":
			t.Fatalf("the lifetime changed (%s) of a cookie whose attributes are not known", r.Lifetime)
		case r.Cookie == CookieLifetime && r.Lifetime == "":
			t.Fatal("the lifetime changed, and nothing says how")
		case (r.Cookie == CookieNone || r.Cookie == CookieLost) && (before != nil || after != nil):
			t.Fatalf("Cookie = %s where there is one", r.Cookie)
		case r.Cookie == CookieLost && s.Expected.Cookie == nil, r.Expected != "" && s.Expected == nil, r.Orphaned && s.Expected.Record == nil:
			t.Fatal("something is missed that nobody expected")
		case (r.NoRecord == "") != (s.After.Record != nil):
			t.Fatalf("NoRecord = %q with the record %v", r.NoRecord, s.After.Record)
		case r.Linked && (after == nil || s.After.Record == nil):
			t.Fatal("a cookie leads to a record, and one of them is not there")
		}
		r.Value()
		r.Changed(r.Key)
		if before != nil && before.Attributes != nil && after != nil && after.Attributes != nil {
			AttributeChanges(before.Attributes, after.Attributes)
		}
		counts := Compare(r.Before, r.After)
		for _, c := range ValueChanges(r.Before, r.After) {
			switch c.Change {
			case step.Added:
				counts.Added--
			case step.Changed:
				counts.Changed--
			case step.Removed:
				counts.Removed--
			}
		}
		if counts.Any() {
			t.Fatalf("the counts and the changes of the values differ by %+v", counts)
		}
	})
}
