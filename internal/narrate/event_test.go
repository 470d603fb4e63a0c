package narrate

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/sessionlab/sessionlab/internal/columns"
	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// kinds are all kinds of event with the words that tell their variants apart.
var kinds = []struct {
	lane step.Lane
	kind step.Kind
	whys []string
}{
	{step.LaneBrowser, step.RequestSent, []string{"", "cookie", "no-cookie", "plain"}},
	{step.LaneBrowser, step.CookieStored, []string{""}},
	{step.LaneBrowser, step.CookieReplaced, []string{"", "same"}},
	{step.LaneBrowser, step.CookieDeleted, []string{""}},
	{step.LaneBrowser, step.CookieIgnored, []string{"secure-needs-https", "samesite-none-needs-secure", "too-large", "cross-site", "blocked", "never-heard-of"}},
	{step.LaneBrowser, step.CookieKept, []string{"none-sent", "no-cookie"}},
	{step.LaneServer, step.CookieRead, []string{""}},
	{step.LaneServer, step.CookieAbsent, []string{""}},
	{step.LaneServer, step.SignatureValid, []string{""}},
	{step.LaneServer, step.SignatureInvalid, []string{"unsigned", "signature", "malformed", "never-heard-of"}},
	{step.LaneServer, step.PasswordChecked, []string{"ok", "wrong", ""}},
	{step.LaneServer, step.IDMade, []string{"", "counter", "clock"}},
	{step.LaneServer, step.IDRenewed, []string{"", "counter", "clock"}},
	{step.LaneServer, step.SessionOpened, []string{"new", "loaded", ""}},
	{step.LaneServer, step.SessionExpired, []string{"lifetime", "idle", "absolute", "never-heard-of"}},
	{step.LaneServer, step.CodeRan, []string{"login", "logout", "set", "get", "pop", "clear", "permanent", "me", "index", "getSession", "deleteSession", "never-heard-of"}},
	{step.LaneServer, step.SessionEmptied, []string{""}},
	{step.LaneServer, step.SetCookieBuilt, []string{"", "refused"}},
	{step.LaneServer, step.ResponseSent, []string{"", "set-cookie"}},
	{step.LaneStore, step.LoadAsked, []string{""}},
	{step.LaneStore, step.LoadFound, []string{"", "unreadable"}},
	{step.LaneStore, step.LoadMissing, []string{"", "expired"}},
	{step.LaneStore, step.SaveAsked, []string{""}},
	{step.LaneStore, step.SaveDone, []string{""}},
	{step.LaneStore, step.SaveConflict, []string{"save", "delete"}},
	{step.LaneStore, step.DeleteAsked, []string{""}},
	{step.LaneStore, step.DeleteDone, []string{""}},
	{step.LaneStore, step.StoreFailed, []string{"load", "save", "delete", "never-heard-of"}},
}

func TestEveryKindHasWords(t *testing.T) {
	for lang, text := range texts(t) {
		for _, k := range kinds {
			for _, why := range k.whys {
				s := on(step.OpSet, "POST /set", "key=colour&value=teal")
				s.Events = nil
				s.event(k.lane, k.kind, "detail", why)
				checkEvent(t, lang, Step(text, s.Step, options).Events[0])
			}
		}
	}
}

func TestEveryEventOfAStoryIsWellSaid(t *testing.T) {
	for lang, text := range texts(t) {
		for _, tt := range stories {
			for _, client := range []step.Client{step.ClientBrowser, step.ClientOther, step.ClientCurl, step.ClientProgram} {
				for i, e := range Step(text, tt.story().from(client).Step, options).Events {
					if e.N != i+1 {
						t.Errorf("%s: event %d has the number %d", tt.name, i+1, e.N)
					}
					checkEvent(t, lang, e)
				}
			}
		}
	}
}

func checkEvent(t *testing.T, lang i18n.Lang, e views.Event) {
	t.Helper()
	if e.Title == "" || columns.Of(e.Title) > 28 {
		t.Errorf("%s: %s has the title %q, %d columns wide; want at most 28", lang, e.Kind, e.Title, columns.Of(e.Title))
	}
	for _, s := range []string{e.Title, e.Say} {
		if strings.ContainsAny(s, "{}") || strings.Contains(s, "event.") || strings.Contains(s, "flow.") {
			t.Errorf("%s: %s says %q", lang, e.Kind, s)
		}
	}
	if e.Say == "" || sentences(e.Say) > 3 {
		t.Errorf("%s: %s says %q; want a sentence or two", lang, e.Kind, e.Say)
	}
	if lang == i18n.Zh && !strings.ContainsFunc(e.Say, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		t.Errorf("%s: %s says %q; want Chinese", lang, e.Kind, e.Say)
	}
}

func TestMessagesRunBetweenLanes(t *testing.T) {
	want := map[step.Kind][3]string{
		step.RequestSent:  {"browser", "server", ""},
		step.ResponseSent: {"server", "browser", "back"},
		step.LoadAsked:    {"server", "store", ""},
		step.SaveAsked:    {"server", "store", ""},
		step.DeleteAsked:  {"server", "store", ""},
		step.LoadFound:    {"store", "server", "back"},
		step.LoadMissing:  {"store", "server", "back"},
		step.SaveDone:     {"store", "server", "back"},
		step.SaveConflict: {"store", "server", "back"},
		step.DeleteDone:   {"store", "server", "back"},
		step.StoreFailed:  {"store", "server", "back"},
	}
	for _, k := range kinds {
		w, ok := want[k.kind]
		if !ok {
			w = [3]string{string(k.lane), string(k.lane), ""}
		}
		from, to, back := between(step.Event{Lane: k.lane, Kind: k.kind})
		if from != w[0] || to != w[1] || back != (w[2] != "") {
			t.Errorf("between(%s) = %s, %s, %v; want %v", k.kind, from, to, back, w)
		}
	}
}

// marks returns the marks of a story's events, those without left out.
func marks(events []views.Event) string {
	var all []string
	for _, e := range events {
		if e.Mark != views.Same {
			all = append(all, e.Kind+" "+string(e.Mark))
		}
	}
	return strings.Join(all, ", ")
}

func TestMarksStandWhereASideChanges(t *testing.T) {
	want := map[string]string{
		"first log-in":               "code.ran add, save.done add, cookie.stored add",
		"log-in with a new id":       "code.ran add, save.done add, delete.done remove, cookie.replaced change",
		"wrong password":             "",
		"set: another key":           "code.ran add, save.done change",
		"set: another value":         "code.ran change, save.done change",
		"set: the same value":        "save.done change",
		"get":                        "",
		"pop":                        "code.ran remove, save.done change",
		"pop: the last value":        "code.ran remove, delete.done remove, cookie.deleted remove",
		"clear: nothing there":       "",
		"permanent on":               "code.ran add, save.done change, cookie.replaced change",
		"get in a permanent session": "save.done change, cookie.replaced change",
		"the store fails":            "",
	}
	en := texts(t)[i18n.En]
	for _, tt := range stories {
		if w, ok := want[tt.name]; ok {
			if got := marks(Step(en, tt.story().Step, options).Events); got != w {
				t.Errorf("%s: marks = %q; want %q", tt.name, got, w)
			}
			delete(want, tt.name)
		}
	}
	for name := range want {
		t.Errorf("there is no story %q", name)
	}
}

func TestOfRepeatedAttemptsTheLastIsMarked(t *testing.T) {
	s := on(step.OpSet, "POST /set", "key=colour&value=amber").bringing(signed(idOne, nil)).
		opening(stored(idOne, `{"colour":"teal"}`, -1)).running(step.OpSet, "")
	s.event(step.LaneStore, step.SaveAsked, "UPDATE", "")
	s.event(step.LaneStore, step.SaveConflict, "0 rows", "save")
	s.opening(stored(idOne, `{"colour":"blue"}`, -1)).running(step.OpSet, "").
		saving(stored(idOne, `{"colour":"amber"}`, 0)).setting(signed(idOne, nil))

	v := Step(texts(t)[i18n.En], s.Step, options)
	ran := 0
	for _, e := range v.Events {
		if e.Kind == "code.ran" {
			if ran++; ran == 1 && e.Mark != views.Same || ran == 2 && e.Mark != views.Changed {
				t.Errorf("attempt %d is marked %q", ran, e.Mark)
			}
		}
	}
	if want := "went from 'blue' to 'amber'"; !strings.Contains(v.Result, want) {
		t.Errorf("Result = %q; want %q in it: what the last attempt found", v.Result, want)
	}
}

func TestWireIsTheTrueBytes(t *testing.T) {
	text := texts(t)[i18n.En]
	for _, tt := range stories {
		recorded := tt.story().Step
		recorded.Response.Headers = append(recorded.Response.Headers, [2]string{"set-cookie", "session=first; Path=/"})
		v := Step(text, recorded, options)
		for i, e := range recorded.Events {
			want := e.Detail
			switch {
			case e.Args != "":
				want += " -- " + e.Args
			case e.Kind == step.SignatureValid, e.Kind == step.SignatureInvalid && e.Why != step.WhyUnsigned && e.Why != step.WhyMalformed:
				want = cmp.Or(reading.Part(recorded.Before.Cookie, "signature"), want)
			case e.Kind == step.RequestSent && want == "":
				want = recorded.Request.Body
			case e.Kind == step.ResponseSent && e.Why == "set-cookie":
				want = "set-cookie: session=first; Path=/"
			}
			if got := v.Events[i].Wire; got != want {
				t.Errorf("%s: %s: Wire = %q; want %q", tt.name, e.Kind, got, want)
			}
		}
	}
}

// A program started to log in before it looked at the password: it must not be
// said to have put the name into the session.
func TestLogInIsNotSaidToHappenBeforeThePasswordIsRight(t *testing.T) {
	for lang, bad := range map[i18n.Lang]string{i18n.En: "puts the name into the session: that", i18n.Zh: "所谓“已登录”"} {
		for _, tt := range stories {
			if tt.name != "wrong password" {
				continue
			}
			for _, e := range Step(texts(t)[lang], tt.story().Step, options).Events {
				if strings.Contains(e.Say, bad) {
					t.Errorf("%s: %s says %q", lang, e.Kind, e.Say)
				}
			}
		}
	}
}

// The list of kinds above is complete.
func TestKindsAreAllThereAre(t *testing.T) {
	known := make(map[string]bool)
	for _, k := range kinds {
		known[string(k.kind)] = true
	}
	file, err := parser.ParseFile(token.NewFileSet(), "../step/event.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); ok && name.Name == "Kind" {
			found++
			kind, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if !known[kind] {
				t.Errorf("there is no test of the words for %s", kind)
			}
		}
		return true
	})
	if found < 28 {
		t.Errorf("found %d kinds; want at least 28", found)
	}
}

// A redirect shows nobody what the website answers, so the sentence says what it is for.
func TestARedirectSaysThatItIsNoAnswer(t *testing.T) {
	for status, want := range map[int]bool{http.StatusSeeOther: true, http.StatusOK: false} {
		s := &step.Step{N: 1, Op: step.OpMe, Client: step.ClientBrowser, Response: step.Response{Status: status}, Events: []step.Event{{Lane: step.LaneServer, Kind: step.ResponseSent}}}
		if say := Step(texts(t)[i18n.En], s, Options{}).Events[0].Say; strings.Contains(say, "303 is no answer yet") != want {
			t.Errorf("%d is told as %q", status, say)
		}
	}
}
