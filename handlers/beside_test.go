package handlers_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

const sideBySide = "/en/lab/side-by-side"

// trioJSON is what the page of three mechanisms side by side says to programs.
type trioJSON struct {
	Round  int
	Rounds []struct {
		N        int
		Op, With string
	}
	Columns []struct {
		Error                      string
		Mechanism, Store, Readable string
		Status                     int
		SentBytes                  int      `json:"sent_bytes"`
		SetCookies                 []string `json:"set_cookies"`
		StoreCalls                 []string `json:"store_calls"`
		CookieAfter                *struct {
			Name, Value string
			Bytes       int
		} `json:"cookie_after"`
		RecordAfter *step.Record `json:"record_after"`
		Verdicts    map[string]string
	}
}

func (l *learner) beside(pairs ...string) (all trioJSON) {
	l.site.t.Helper()
	l.Post(sideBySide, pairs...).Want(200).JSON(&all)
	return all
}

// verdict is what the columns say to one question.
func (all trioJSON) verdict(id string) string {
	var said []string
	for _, c := range all.Columns {
		said = append(said, c.Verdicts[id])
	}
	return strings.Join(said, " ")
}

func (all trioJSON) statuses() string {
	var said []string
	for _, c := range all.Columns {
		said = append(said, fmt.Sprint(c.Status))
	}
	return strings.Join(said, " ")
}

func TestOneOperationRunsOnThreeMechanisms(t *testing.T) {
	l := newSite(t).learner()
	all := l.beside("op", "login", "uname", "momo", "pwd", "123")
	if len(all.Columns) != 3 || all.Round != 1 || all.statuses() != "200 200 200" {
		t.Fatalf("the first round is %+v", all)
	}
	for i, c := range all.Columns {
		if c.Mechanism != step.Mechanisms[i] || c.CookieAfter == nil || c.CookieAfter.Bytes != len("session")+len(c.CookieAfter.Value) || len(c.SetCookies) != 1 {
			t.Errorf("column %d is %+v", i, c)
		}
		if stored := c.RecordAfter != nil; stored != (c.Mechanism == step.MechanismServer) || stored != (len(c.StoreCalls) > 0) {
			t.Errorf("%s: the store has a record: %v, after %v", c.Mechanism, stored, c.StoreCalls)
		}
	}
	set := l.beside("op", "set", "key", "colour", "value", "teal")
	for i, c := range set.Columns {
		if same := c.CookieAfter.Value == all.Columns[i].CookieAfter.Value; same != (c.Mechanism == step.MechanismServer) {
			t.Errorf("%s: setting a value leaves the cookie as it was: %v", c.Mechanism, same)
		}
		if c.SentBytes != len("session=")+len(all.Columns[i].CookieAfter.Value) {
			t.Errorf("%s: it sent %d bytes", c.Mechanism, c.SentBytes)
		}
	}
	if got := set.Columns[1].Readable; got != `{"colour":"teal","uname":"momo"}` {
		t.Errorf("anybody reads %q in Flask's cookie", got)
	}
	if got := set.verdict("readable") + ", " + set.verdict("in_cookie"); got != "no yes no, no yes yes" {
		t.Errorf("who can read it, and where it is: %s", got)
	}
}

// What a copy is worth is not known before one was sent.
func TestWhatACopyIsWorthIsFoundOutBySendingIt(t *testing.T) {
	l := newSite(t).learner()
	l.Post(sideBySide, "op", "me", "with", "copy").Want(404)
	l.beside("op", "login", "uname", "momo", "pwd", "123")
	changed := l.beside("op", "me", "with", "changed")
	if got := changed.statuses() + ", " + changed.verdict("changed"); got != "401 401 401, no no no" {
		t.Errorf("one letter changed: %s", got)
	}
	out := l.beside("op", "logout")
	if got := out.verdict("copy"); got != "untried untried untried" {
		t.Errorf("after the log-out: %s", got)
	}
	if got := l.beside("op", "me").statuses(); got != "401 401 401" {
		t.Errorf("after the log-out the browser is answered %s", got)
	}
	copied := l.beside("op", "me", "with", "copy")
	if got := copied.statuses() + ", " + copied.verdict("copy"); got != "401 200 200, no yes yes" {
		t.Errorf("the copy: %s", got)
	}
	if r := copied.Rounds; len(r) != 5 || r[1].With != "changed" || r[4].With != "copy" || r[4].Op != "me" {
		t.Errorf("the rounds are %+v", r)
	}
	var earlier trioJSON
	l.Get(sideBySide + "?round=3").Want(200).JSON(&earlier)
	if got := earlier.verdict("copy"); earlier.Round != 3 || got != "untried untried untried" {
		t.Errorf("round %d says of the copy: %s", earlier.Round, got)
	}
}

func TestTheLearnersOwnBenchIsLeftAlone(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "alice", "pwd", "rabbit").Want(200)
	bench := func() map[string]any {
		var b map[string]any
		l.Get("/en/lab").Want(200).JSON(&b)
		delete(b, "clock")
		return b
	}
	before, cookie := bench(), sessionCookie(l.Client, l.app)
	l.beside("op", "login", "uname", "momo", "pwd", "123")
	l.beside("op", "set", "key", "colour", "value", "teal")
	l.beside("op", "logout")
	l.beside("do", "again")
	l.beside("op", "login", "uname", "momo", "pwd", "123")
	if after := bench(); !reflect.DeepEqual(before, after) || sessionCookie(l.Client, l.app) != cookie {
		t.Errorf("the bench was\n%v; now it is\n%v", before, after)
	}
	l.Get(l.app + "me").Want(200)
}

func TestStartingAgainLeavesNothingBehind(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.beside("op", "login", "uname", "momo", "pwd", "123")
	if got := l.beside("do", "again"); got.Round != 0 || len(got.Columns) != 0 {
		t.Errorf("a fresh start is %+v", got)
	}
	if n, records := s.count("benches"), s.count("sessions"); n != 4 || records != 0 {
		t.Errorf("there are %d benches and %d records; want four and none", n, records)
	}
	if got := l.beside("op", "me"); got.Round != 1 || got.statuses() != "401 401 401" {
		t.Errorf("the first round then is %+v", got)
	}
}

func TestTheThreeEndWithTheBench(t *testing.T) {
	for how, end := range map[string]func(*site, *learner){
		"ended":    func(_ *site, l *learner) { l.With("Accept", "text/html").Post("/en/lab/end").Want(303) },
		"started":  func(_ *site, l *learner) { l.With("Accept", "text/html").Post("/en/lab/new").Want(303) },
		"not used": func(s *site, _ *learner) { s.clock.Advance(lab.DefaultTimeouts().Idle + time.Hour); s.sweep() },
		"in the way": func(s *site, l *learner) {
			if _, err := s.open().Exec(`UPDATE benches SET used = 0 WHERE id = ?`, l.bench); err != nil {
				t.Fatal(err) // so that it goes before the others
			}
			if err := s.lab.MakeRoom(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(how, func(t *testing.T) {
			s := newSite(t, func(_ *handlers.Options, l *lab.Options) { l.Limits.Benches = 4 })
			l := s.learner()
			l.beside("op", "login", "uname", "momo", "pwd", "123")
			if n, records := s.count("benches"), s.count("sessions"); n != 4 || records != 1 {
				t.Fatalf("there are %d benches and %d records; want four and one", n, records)
			}
			end(s, l)
			if n, records := s.count("benches"), s.count("sessions"); records != 0 || n != 0 {
				t.Errorf("%d benches and %d records are left", n, records)
			}
			var all trioJSON
			s.learner().Get(sideBySide).Want(200).JSON(&all)
			if all.Round != 0 {
				t.Errorf("another learner sees %+v", all)
			}
		})
	}
}

func (s *site) sweep() {
	s.t.Helper()
	if err := s.lab.Sweep(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// The three are benches, and count as such.
func TestTheThreeCountAgainstTheLimits(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, l *lab.Options) { l.Limits.Benches, l.Limits.Steps = 5, 2 })
	l := s.learner()
	for range 2 {
		l.beside("op", "me")
	}
	if a := l.Post(sideBySide, "op", "me"); a.Status < 400 || !strings.Contains(a.Body, `"bench_full"`) {
		t.Errorf("a third step answers %d %s", a.Status, a.Body)
	}
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200) // the learner's own bench has room
	l.beside("do", "again")
	l.beside("op", "me")
	if a := s.learner().Post(sideBySide, "op", "me"); a.Status != 503 {
		t.Errorf("there is room for one bench, and four more answer %d", a.Status)
	}
}

func TestWhatTheThreeCannotDoIsRefused(t *testing.T) {
	l := newSite(t).learner()
	for _, tt := range []struct {
		fields []string
		status int
		code   string
	}{
		{nil, 400, "missing_field"},
		{[]string{"op", "fly"}, 422, "unknown_act"},
		{[]string{"do", "fly"}, 422, "unknown_act"},
		{[]string{"op", "me", "with", "fly"}, 422, "unknown_act"},
		{[]string{"op", "logout", "with", "copy"}, 422, "unknown_act"},
	} {
		if a := l.Post(sideBySide, tt.fields...).Want(tt.status); !strings.Contains(a.Body, `"`+tt.code+`"`) {
			t.Errorf("%v answers %s; want %s", tt.fields, a.Body, tt.code)
		}
	}
	l.beside("op", "me")
	for _, query := range []string{"?round=0", "?round=2", "?round=x", "?event=8", "?event=-1"} {
		l.Get(sideBySide + query).Want(404)
	}
}

// Without scripts all there is to it are forms and links: one position moves all three.
func TestThePageShowsAllThreeInStep(t *testing.T) {
	l := newSite(t).learner()
	page := l.With("Accept", "text/html")
	if got := page.Post(sideBySide, "op", "login", "uname", "momo", "pwd", "123").Want(303).Header.Get("Location"); got != sideBySide {
		t.Errorf("the form leads to %q", got)
	}
	for _, lang := range []string{"/en", "/zh"} {
		for at := range 8 {
			body := l.page(fmt.Sprintf("%s/lab/side-by-side?event=%d", lang, at))
			if n := strings.Count(body, `class="none then not-yet"`) + strings.Count(body, `class="then not-yet"`); at < 4 && n != 4 || at >= 6 && n != 0 {
				t.Errorf("%s at %d: %d panes are as before; want three jars and a store until they change", lang, at, n)
			}
			if at > 0 && !strings.Contains(body, fmt.Sprintf(`id="event-prev" href="%s/lab/side-by-side?round=1&amp;event=%d"`, lang, at-1)) {
				t.Errorf("%s at %d: there is no way back", lang, at)
			}
		}
	}
	if got := l.Get("/zh/lab/mechanisms").Want(308).Header.Get("Location"); got != "/zh/lab/side-by-side" {
		t.Errorf("the table that this replaces leads to %q", got)
	}
}

// What programs read of it keeps its names.
func TestTheJSONOfTheThreeKeepsItsShape(t *testing.T) {
	l := newSite(t).learner()
	same(t, "nothing yet", asked(t, l.Get(sideBySide).Want(200).Body), "{columns:[] round:float64 rounds:[]}")
	l.beside("op", "login", "uname", "momo", "pwd", "123")
	l.beside("op", "me", "with", "changed")
	var all map[string]any
	if err := json.Unmarshal([]byte(l.Get(sideBySide).Want(200).Body), &all); err != nil {
		t.Fatal(err)
	}
	same(t, "the rounds", shape(all["rounds"]), "[{n:float64 op:string with:string} {n:float64 op:string}]")
	same(t, "a column", shape(all["columns"].([]any)[1]), "{cookie_after:{bytes:float64 name:string value:string} cookie_before:{bytes:float64 name:string value:string} "+
		"error:string mechanism:string readable:string record_after:null record_before:null sent_bytes:float64 set_cookies:[] status:float64 store_calls:[] "+
		"verdicts:{changed:string copy:string in_cookie:string readable:string set_cookie:string}}")
}
