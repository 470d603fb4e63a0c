package source_test

import (
	"os"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/source"
	"github.com/sessionlab/sessionlab/internal/step"
)

// marked returns the lines of an excerpt that are marked.
func marked(x source.Excerpt) []string {
	var lines []string
	for _, part := range strings.Split(x.HTML, "<mark>")[1:] {
		line, _, _ := strings.Cut(part, "</mark>")
		lines = append(lines, strings.TrimSpace(text(line)))
	}
	return lines
}

// unmarked is coloured code as it reads.
func unmarked(html string) string {
	return text(strings.NewReplacer("<mark>", "", "</mark>", "").Replace(html))
}

func TestEveryOperationHasItsFlaskTwin(t *testing.T) {
	for _, op := range operations() {
		s := &step.Step{Op: op, Mechanism: step.MechanismFlask}
		x, ok := source.InFlask(step.Event{Kind: step.CodeRan, Why: step.Why(op)}, s)
		lines := marked(x)
		if !ok || !strings.HasPrefix(x.Code, "@app.") || len(lines) == 0 || !strings.Contains(strings.Join(lines, ""), "session") {
			t.Errorf("%s in Flask = %q, %v with the lines %q; want a view with its line", op, x.Code, ok, lines)
		}
		if got := unmarked(x.HTML); got != x.Code {
			t.Errorf("%s in Flask, coloured, reads %q; want the code unchanged", op, got)
		}
	}
}

func TestFlasksLineIsTheOneOfTheEvent(t *testing.T) {
	event := func(k step.Kind, why step.Why) step.Event { return step.Event{Kind: k, Why: why} }
	stepOf := func(mechanism string, kinds ...step.Kind) *step.Step {
		s := &step.Step{Op: step.OpLogin, Mechanism: mechanism}
		for _, k := range kinds {
			s.Events = append(s.Events, step.Event{Kind: k})
		}
		return s
	}
	plain := stepOf(step.MechanismFlask)
	for name, tt := range map[string]struct {
		e    step.Event
		s    *step.Step
		want string // in the first line that is marked; "" for nothing of Flask's
	}{
		"a cookie":                  {event(step.CookieRead, ""), plain, "request.cookies.get("},
		"no cookie":                 {event(step.CookieAbsent, ""), plain, "if not val"},
		"a signature":               {event(step.SignatureValid, ""), plain, "s.loads("},
		"a wrong one":               {event(step.SignatureInvalid, step.WhySignature), plain, "except BadSignature"},
		"a payload that is none":    {event(step.SignatureInvalid, step.WhyPayload), plain, ""},
		"too old":                   {event(step.SessionExpired, step.WhyLifetime), plain, "s.loads("},
		"idle, which Flask has not": {event(step.SessionExpired, step.WhyIdle), plain, ""},
		"opened":                    {event(step.SessionOpened, step.WhyLoaded), plain, "self.session_class(data)"},
		"opened without a cookie":   {event(step.SessionOpened, step.WhyNew), stepOf(step.MechanismServer, step.CookieAbsent), "if not val"},
		"opened without a record":   {event(step.SessionOpened, step.WhyNew), stepOf(step.MechanismServer, step.LoadMissing), ""},
		"emptied":                   {event(step.SessionEmptied, ""), plain, "response.delete_cookie("},
		"set":                       {event(step.SetCookieBuilt, ""), plain, "dumps(dict(session))"},
		"set, to delete":            {event(step.SetCookieBuilt, ""), stepOf(step.MechanismFlask, step.SessionEmptied), "response.delete_cookie("},
		"too large":                 {event(step.SetCookieBuilt, step.WhyRefused), stepOf(step.MechanismGorilla), ""},
		"a password":                {event(step.PasswordChecked, step.WhyRight), plain, "check_password_hash("},
		"an id":                     {event(step.IDMade, ""), stepOf(step.MechanismServer), ""},
		"a record":                  {event(step.LoadFound, ""), stepOf(step.MechanismServer), ""},
	} {
		x, ok := source.InFlask(tt.e, tt.s)
		switch lines := marked(x); {
		case ok != (tt.want != ""):
			t.Errorf("%s: Flask has something to say: %v; want %v", name, ok, tt.want != "")
		case ok && (len(lines) == 0 || !strings.Contains(lines[0], tt.want)):
			t.Errorf("%s: the lines marked are %q; want %q first", name, lines, tt.want)
		}
	}
}

// What is shown as Flask's stands in the real file, where Flask is installed for the
// tests.
func TestFlasksCodeIsFlasks(t *testing.T) {
	file, err := os.ReadFile("../../e2e/.flask/flask/sessions.py")
	if err != nil {
		t.Skip("Flask is not installed: task setup")
	}
	lines := strings.Split(string(file), "\n")
	for _, kind := range []step.Kind{step.CookieRead, step.SetCookieBuilt} {
		x, _ := source.InFlask(step.Event{Kind: kind}, &step.Step{})
		for i, line := range strings.Split(x.Code, "\n") {
			if got := strings.TrimPrefix(lines[x.Line-1+i], "    "); got != line {
				t.Errorf("%s:%d is %q; shown is %q", x.File, x.Line+i, got, line)
			}
		}
	}
}

// A line that is marked is there, once, or once for each of several statements.
func TestEachLineThatRanIsFound(t *testing.T) {
	l := library()
	found := 0
	for _, recorded := range []*step.Step{
		{Mechanism: step.MechanismServer, Store: "memory"}, {Mechanism: step.MechanismServer, Store: "sqlite"},
		{Mechanism: step.MechanismServer, Store: "redis"}, {Mechanism: step.MechanismFlask}, {Mechanism: step.MechanismGorilla},
	} {
		for _, e := range serverEvents() {
			for _, s := range source.Of(e, recorded) {
				x, err := l.Ran(s, e)
				if err != nil {
					t.Fatal(err)
				}
				lines := marked(x)
				found += len(lines)
				if e.Kind == step.CodeRan && len(lines) == 0 {
					t.Errorf("no line of %s is marked", s)
				}
				if e.Kind != step.CodeRan && len(lines) > 1 {
					t.Errorf("%s marks %q in %s; want one line", e.Kind, lines, s)
				}
				if got := unmarked(x.HTML); got != x.Code {
					t.Errorf("%s with its mark reads %q; want the code unchanged", s, got)
				}
			}
		}
	}
	if found < 60 {
		t.Errorf("%d lines are marked in all; want more than 60", found)
	}
	insert := step.Event{Kind: step.SaveDone, Detail: "INSERT INTO sessions"}
	if x, _ := l.Ran("session/sqlbackend/Backend.Save", insert); len(marked(x)) != 1 || !strings.Contains(marked(x)[0], "Insert") {
		t.Errorf("an INSERT marks %q; want the line that inserts", marked(x))
	}
}
