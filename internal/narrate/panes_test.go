package narrate

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

func tell(t *testing.T, s story) views.Step {
	t.Helper()
	return Step(texts(t)[i18n.En], s.Step, options)
}

func storyOf(t *testing.T, name string) story {
	t.Helper()
	for _, tt := range stories {
		if tt.name == name {
			return tt.story()
		}
	}
	t.Fatalf("there is no story %q", name)
	return story{}
}

func row(rows []views.Row, name string) views.Row {
	for _, r := range rows {
		if r.Name == name {
			return r
		}
	}
	return views.Row{}
}

func TestPanesChangeAtTheEventThatChangesThem(t *testing.T) {
	for name, want := range map[string][2]string{
		"first log-in":        {"cookie.stored", "save.done"},
		"set: another value":  {"", "save.done"},
		"pop: the last value": {"cookie.deleted", "delete.done"},
		"permanent on":        {"cookie.replaced", "save.done"},
		"get":                 {"", ""},
	} {
		v := tell(t, storyOf(t, name))
		for i, at := range []int{v.Browser.At, v.Store.At} {
			got := ""
			if at > 0 {
				got = v.Events[at-1].Kind
			}
			if got != want[i] {
				t.Errorf("%s: side %d changes at %q; want %q", name, i, got, want[i])
			}
		}
		if changed := v.Browser.Was != nil || v.Browser.Mark == views.Added; changed != (want[0] != "") {
			t.Errorf("%s: the browser's pane has Was %v and mark %q", name, v.Browser.Was, v.Browser.Mark)
		}
	}
}

func TestRowsShowWhatBecameOfEachValue(t *testing.T) {
	s := on(step.OpSet, "POST /set", "").bringing(signed(idOne, nil)).
		opening(stored(idOne, `{"gone":1,"kept":null,"uname":"momo"}`, -1)).
		saving(stored(idOne, `{"kept":null,"new":[1],"uname":"alice"}`, 0)).silent()
	got := tell(t, s).Store.Rows
	want := []views.Row{
		{Name: "gone", Old: "1", Mark: views.Removed},
		{Name: "kept", New: "null"},
		{Name: "new", New: "[1]", Mark: views.Added},
		{Name: "uname", Old: `"momo"`, New: `"alice"`, Mark: views.Changed, Note: "Who is logged in."},
	}
	if len(got) != len(want) {
		t.Fatalf("Rows = %+v; want %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d = %+v; want %+v", i, got[i], want[i])
		}
	}
}

func TestAPasswordInASessionIsWarnedOf(t *testing.T) {
	if r := row(tell(t, storyOf(t, "index")).Store.Rows, "pwd"); !strings.Contains(r.Note, "does not belong") {
		t.Errorf("the row %+v carries no warning", r)
	}
}

func TestADeletedRecordIsStillSeenToGo(t *testing.T) {
	p := tell(t, storyOf(t, "log-out")).Store
	if r := row(p.Rows, "uname"); r.Mark != views.Removed || r.Old != `"momo"` {
		t.Errorf("row = %+v; want the old value, removed", r)
	}
	if p.Empty != "This request deleted the record." || len(p.Key) == 0 || p.Mark != views.Removed {
		t.Errorf("Store = %+v", p)
	}
}

func TestWhyThereIsNoRecord(t *testing.T) {
	for name, want := range map[string]string{
		"me: nobody":                    "This request found no record.",
		"expired":                       "has expired",
		"a copied cookie after log-out": "no record for this cookie",
		"the store fails":               "did not answer",
		"clear":                         "This request deleted",
		"getSession: nobody":            "This request found no record.",
		"wrong password":                "This request found no record.",
		"pop: the last value":           "This request deleted",
		"set over a limit":              "This request found no record.",
	} {
		if got := tell(t, storyOf(t, name)).Store.Empty; !strings.Contains(got, want) {
			t.Errorf("%s: Empty = %q; want %q in it", name, got, want)
		}
	}
	bad := on(step.OpMe, "GET /me", "").bringing(signed(idOne, nil)).
		server(step.SignatureInvalid, idOne, "signature").server(step.SessionOpened, "session = {}", "new").silent()
	if got := tell(t, bad).Store.Empty; !strings.Contains(got, "does not accept") {
		t.Errorf("a cookie that does not verify: Empty = %q", got)
	}
}

func TestOnlyACookieThatThereIsIsCalledKept(t *testing.T) {
	asked := on(step.OpMe, "GET /me", "").stranger().running(step.OpMe, "").silent()
	lost := on(step.OpMe, "GET /me", "").stranger().running(step.OpMe, "").silent().expecting(signed(idOne, nil), nil)
	for want, s := range map[string]story{"": storyOf(t, "get"), "cookie.no-cookie": asked, "cookie.lost": lost} {
		events := tell(t, s).Events
		if e := events[len(events)-1]; e.Kind != string(step.CookieKept) || e.Brief != want {
			t.Errorf("%s is called %q in brief; want %q", e.Title, e.Brief, want)
		}
	}
}

// Who restarts the server finds out where the sessions went, and nobody else is told so.
func TestMemoryThatLostItsRecordsSaysWhy(t *testing.T) {
	s := storyOf(t, "a copied cookie after log-out")
	s.Store = "memory"
	for _, restarted := range []bool{false, true} {
		opt := options
		opt.Restarted = restarted
		got := Step(texts(t)[i18n.En], s.Step, opt).Store.Empty
		if strings.Contains(got, "the records in its memory were gone") != restarted {
			t.Errorf("restarted: %v; Empty = %q", restarted, got)
		}
	}
}

// A store that failed may still hold the record: nothing may be said to be gone.
func TestAStoreThatFailedIsNotSaidToHaveLostAnything(t *testing.T) {
	s := on(step.OpSet, "POST /set", "key=a&value=b").bringing(signed(idOne, nil)).opening(stored(idOne, `{"a":"x"}`, -1))
	s.event(step.LaneStore, step.SaveAsked, "UPDATE", "")
	s.event(step.LaneStore, step.StoreFailed, "disk full", "save")
	s.silent().failing("store_unavailable", 503)
	s.After.Record = nil // it could not be read back
	v := tell(t, s)
	if len(v.Store.Rows) > 0 || v.Store.Mark != views.Same || strings.Contains(v.Result, "gone") {
		t.Errorf("Store = %+v, Result = %q; want nothing removed", v.Store, v.Result)
	}
}

// After a change of mechanism or store the prefix has a number.
func TestTheNumberInAPrefixIsExplained(t *testing.T) {
	s := storyOf(t, "first log-in")
	if got := tell(t, s).Store.Key[0].Explain; strings.Contains(got, "number") {
		t.Errorf("a prefix without a number is explained so: %q", got)
	}
	s.After.Record.Key = "session:" + bench + ".2:" + idOne
	if key := tell(t, s).Store.Key; key[0].Text != "session:"+bench+".2:" || !strings.Contains(key[0].Explain, "number") {
		t.Errorf("a prefix with a number is told so: %+v", key[0])
	}
}

func TestTheIDLooksTheSameOnBothSides(t *testing.T) {
	v := tell(t, storyOf(t, "first log-in"))
	cookie, key := v.Browser.Cookie.Parts, v.Store.Key
	if len(cookie) != 3 || len(key) != 2 {
		t.Fatalf("parts = %+v and %+v; want id, dot, signature and prefix, id", cookie, key)
	}
	if cookie[0].Kind != "id" || key[1].Kind != "id" || cookie[0].Text != key[1].Text {
		t.Errorf("the cookie has %+v, the key %+v; want the same id", cookie[0], key[1])
	}
	if key[0].Text+key[1].Text != prefix+idOne {
		t.Errorf("the key reads %q", key[0].Text+key[1].Text)
	}
}

func TestAHashedIDIsExplained(t *testing.T) {
	s := on(step.OpSet, "POST /set", "").stranger().saving(hashed(stored(idOne, `{"a":1}`, 0))).setting(signed(idOne, nil))
	v := tell(t, s)
	if p := v.Store.Key[1]; !strings.Contains(p.Explain, "SHA-256 of the ID in the cookie") {
		t.Errorf("the key's part is %+v", p)
	}
	if !strings.Contains(v.Result, "holds its ID") {
		t.Errorf("Result = %q; want the cookie to lead to the record", v.Result)
	}
}

func TestSignaturesAreJudged(t *testing.T) {
	wrong := false
	c := signed(idOne, nil)
	c.Parts[2].Valid = &wrong
	v := tell(t, on(step.OpMe, "GET /me", "").bringing(c).silent())
	if p := v.Browser.Cookie.Parts[2]; p.Label != "signature (wrong)" {
		t.Errorf("a wrong signature is called %q", p.Label)
	}
}

func TestAttributesTellWhatTheyDo(t *testing.T) {
	v := tell(t, storyOf(t, "permanent on"))
	c := v.Browser.Cookie
	expires := row(c.Attributes, "Expires")
	if expires.Mark != views.Added || expires.Old != "—" || expires.New != "Wed, 23 Dec 2026 19:00:00 GMT" {
		t.Errorf("Expires = %+v; want it added", expires)
	}
	if c.Lifetime != "until 23 Dec 19:00, in 31 days" || v.Browser.Was.Lifetime != "usually until the browser closes" {
		t.Errorf("Lifetime = %q, was %q", c.Lifetime, v.Browser.Was.Lifetime)
	}
	if c.Size != len("session")+len(signed(idOne, nil).Raw) {
		t.Errorf("Size = %d", c.Size)
	}
	for _, name := range []string{"Expires", "Path", "HttpOnly", "SameSite", "Secure"} {
		if row(c.Attributes, name).Note == "" {
			t.Errorf("nothing says what %s does", name)
		}
	}
}

func TestAnUnknownCookieIsNotGuessedAt(t *testing.T) {
	c := tell(t, storyOf(t, "a copied cookie after log-out")).Browser.Cookie
	if !c.Unknown || len(c.Attributes) != 0 || !strings.Contains(c.Lifetime, "not known") || !strings.Contains(c.Script, "not known") {
		t.Errorf("Cookie = %+v; want attributes unknown", c)
	}
}

func TestScriptsSeeWhatIsNotHTTPOnly(t *testing.T) {
	c := signed(idOne, nil)
	c.Attributes.HTTPOnly = false
	if got := tell(t, on(step.OpMe, "GET /me", "").bringing(c).silent()).Browser.Cookie.Script; !strings.Contains(got, "can read it") {
		t.Errorf("Script = %q", got)
	}
}

func TestMessagesAreAsOnTheWire(t *testing.T) {
	v := tell(t, storyOf(t, "first log-in"))
	if want := "POST /app/" + bench + "/login HTTP/1.1"; v.Request.Line != want {
		t.Errorf("request line = %q; want %q", v.Request.Line, want)
	}
	if want := "HTTP/1.1 303 See Other"; v.Response.Line != want {
		t.Errorf("status line = %q; want %q", v.Response.Line, want)
	}
	if want := "POST /app/…/login · 303"; v.Title != want {
		t.Errorf("Title = %q; want %q", v.Title, want)
	}
}

func TestACookieHeldBackIsNotSaidToAppear(t *testing.T) {
	s := on(step.OpMe, "GET /me", "").stranger().running(step.OpMe, "")
	s.After.Cookie = signed(idOne, nil) // a request from another site did not carry it
	s.silent()
	if got := tell(t, s).Result; strings.Contains(got, "new cookie") || strings.Contains(got, "is a cookie now") {
		t.Errorf("Result = %q", got)
	}
}

func TestAnotherRecordIsNotSaidToHaveMoved(t *testing.T) {
	s := on(step.OpSet, "POST /set", "key=a&value=b").bringing(signed(idOne, nil)).opening(stored(idOne, `{"x":"y"}`, -1)).
		server(step.SessionExpired, "", "absolute").server(step.SessionOpened, "session = {}", "new").running(step.OpSet, "")
	s.server(step.IDMade, idTwo, "")
	s.event(step.LaneStore, step.SaveAsked, "INSERT", "")
	s.event(step.LaneStore, step.SaveDone, `{"a":"b"}`, "")
	s.After.Record = stored(idTwo, `{"a":"b"}`, 0)
	s.setting(signed(idTwo, nil))
	if got := tell(t, s).Result; strings.Contains(got, "moved") || !strings.Contains(got, "A record appeared") {
		t.Errorf("Result = %q; want a new record", got)
	}
}

func TestWhereNobodySawTheRecordNoTimeIsToldForIt(t *testing.T) {
	s := on(step.OpSet, "POST /set", "key=a&value=b").running(step.OpSet, "")
	s.Mechanism = step.MechanismFlask // of what its cookie came to, not of a record
	s.event(step.LaneStore, step.SaveDone, `{"a":"b"}`, "")
	s.setting(&step.Cookie{Name: step.CookieName, Raw: "x", Attributes: new(step.Attributes), Values: []byte(`{"a":"b"}`)})
	for _, e := range tell(t, s).Events {
		if e.Kind == string(step.SaveDone) && (hole.MatchString(e.Say) || !strings.Contains(e.Say, "9 bytes")) {
			t.Errorf("saved: %q; want what was saved, and nothing left open", e.Say)
		}
	}
}
