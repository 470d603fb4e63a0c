package views

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/a-h/templ"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// words are read once for all tests.
var words = sync.OnceValue(i18n.Load)

// texts returns the words of both languages.
func texts(t testing.TB) map[i18n.Lang]*i18n.Text {
	t.Helper()
	catalog := words()
	return map[i18n.Lang]*i18n.Text{i18n.En: catalog.Text(i18n.En), i18n.Zh: catalog.Text(i18n.Zh)}
}

func asset(name string) string { return "/static/" + name }

func render(t testing.TB, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func examplePage(text *i18n.Text) Page {
	return Page{Text: text, Asset: asset, Path: "/lab", Query: "?step=2", Theme: "auto"}
}

const (
	exampleBench = "q7mz-k4wd-9tfa"
	exampleID    = "Zm9LxT3vQk8sW1nPbY5dRg"
	exampleNewID = "c2RhV7uKp0eXw9LmQz4TfA"
	exampleSig   = "hJ3kTq0Wv7eXo1mYz6cUa9RbL2dSfG5iKnPpE8tVwMs"
)

// sketch writes events shortly: lane, lane, kind, mark, title, bytes, sentence.
func sketch(lines ...string) []Event {
	events := make([]Event, len(lines))
	for i, line := range lines {
		f := strings.Split(line, "|")
		lane, to, _ := strings.Cut(f[0], ">")
		if to == "" {
			to = lane
		}
		events[i] = Event{
			N: i + 1, Lane: lane, From: lane, To: to, Kind: f[1], Mark: Mark(f[2]), Title: f[3], Wire: f[4], Say: f[5],
			At:     fmt.Sprintf("+%.1f ms", 0.2*float64(i)),
			Return: lane == "store" || lane == "server" && to == "browser",
		}
		if lane == "store" {
			events[i].Took = "38 µs"
		}
	}
	return events
}

func exampleCookie(id, lifetime string) *Cookie {
	return &Cookie{
		Name: "session",
		Parts: []Part{
			{Kind: "id", Text: id, Label: "session id", Explain: "Random. It names your record and says nothing else."},
			{Kind: "other", Text: "."},
			{Kind: "signature", Text: exampleSig, Label: "signature", Explain: "HMAC-SHA256 of the id with the secret key: a changed id is recognised."},
		},
		Attributes: []Row{
			{Name: "Path", New: "/app/" + exampleBench + "/", Note: "The browser sends it only to addresses below this one."},
			{Name: "Expires", New: "—", Note: "Not set: the browser forgets it when it closes."},
			{Name: "HttpOnly", New: "yes", Note: "Page scripts cannot read it."},
			{Name: "Secure", New: "no", Note: "It would travel over plain HTTP too."},
			{Name: "SameSite", New: "Lax", Note: "Other websites' forms do not bring it along."},
		},
		Lifetime: lifetime,
		Size:     7 + len(id) + 1 + len(exampleSig),
		Script:   "cannot see it (HttpOnly)",
	}
}

func exampleKey(id string) []Part {
	return []Part{{Kind: "other", Text: exampleBench + ":"}, {Kind: "id", Text: id}}
}

var exampleRequest = Message{
	Line: "POST /app/" + exampleBench + "/set HTTP/1.1",
	Headers: [][2]string{
		{"Host", "127.0.0.1:8080"}, {"User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"},
		{"Accept", "text/html"}, {"Accept-Language", "en-GB,en;q=0.9"}, {"Content-Type", "application/x-www-form-urlencoded"},
		{"Cookie", "seat=••••; session=" + exampleID + "." + exampleSig}, {"Content-Length", "20"},
	},
	Body: "key=colour&value=teal",
}

var exampleResponse = Message{
	Line: "HTTP/1.1 303 See Other",
	Headers: [][2]string{
		{"Date", "Sun, 22 Nov 2026 19:43:10 GMT"}, {"Location", "/en/lab?step=2"}, {"Vary", "Cookie"}, {"Content-Length", "0"},
	},
}

// loginStep is the first step of a bench: a cookie and a record come to be.
func loginStep() *Step {
	return &Step{
		N: 1, Op: "login", Title: "POST /app/…/login · 303", Client: "your browser", Lane: "Browser", Time: "19:43:02",
		Result: "You are logged in. The browser got an id; what it stands for stayed in the store.",
		Events: sketch(
			"browser>server|request.sent||POST login|uname=momo&pwd=123|The browser sends the account and the password. It has no cookie to send along.",
			"server|cookie.absent||No cookie came along|Cookie: none|Without a cookie the server does not know who asks.",
			"server|session.opened||A new session, still empty|{}|It starts an empty session in memory; nothing is stored yet.",
			"server|password.checked||The password is right|bcrypt: match|The server compares with a bcrypt hash: it does not know the password itself.",
			"server|code.ran|add|Your code runs|session[\"uname\"] = \"momo\"|The code puts the name into the session.",
			"server|id.made|add|A random id is made|"+exampleID+"|128 random bits name the session from now on.",
			"server>store|save.asked|add|Save the record|INSERT INTO record (key, data, expires, version) VALUES (?, ?, ?, 1)|The server hands the record to the store.",
			"store>server|save.done|add|Saved|61 bytes|The store keeps it under the id.",
			"server|set-cookie.built|add|The cookie is built|session="+exampleID+"."+exampleSig+"; Path=/app/"+exampleBench+"/; HttpOnly; SameSite=Lax|The id is signed and put into a cookie.",
			"server>browser|response.sent|add|303, with a cookie|Set-Cookie: session="+exampleID+"."+exampleSig+"; Path=/|The answer carries the cookie.",
			"browser|cookie.stored|add|The browser stores the cookie|session="+exampleID+"|From now on the browser sends it with every request to this website.",
		),
		Browser: BrowserPane{Cookie: exampleCookie(exampleID, "until the browser closes"), Mark: Added, At: 11, Client: "your browser"},
		Store: StorePane{
			Key: exampleKey(exampleID), Rows: []Row{{Name: "uname", New: `"momo"`, Mark: Added}}, Mark: Added, At: 8,
			Raw: `{"uname":"momo"}`, Bytes: 61, Expires: &Limit{Ahead: "23 Dec 19:43", Before: ", in ", Left: "31 days"}, Created: "19:43:02", Version: "1",
			Query: "SELECT data, expires, version FROM record WHERE key = ?",
		},
		Request: exampleRequest, Response: exampleResponse, Masked: true,
		Curl: "curl -d 'uname=momo&pwd=123' http://127.0.0.1:8080/app/" + exampleBench + "/login",
	}
}

// setStep changes a value: six messages and five pieces of work.
func setStep() *Step {
	s := loginStep()
	s.N, s.Op, s.Title, s.Time = 2, "set", "POST /app/…/set · 303", "19:43:10"
	s.Result = "The record changed. The cookie did not: it is still the same id."
	s.Events = sketch(
		"browser>server|request.sent||POST set colour=teal|Cookie: session="+exampleID+"."+exampleSig+"|The browser sends the form and, without being asked, the cookie it holds for this website.",
		"server|cookie.read||The cookie is read|session="+exampleID+"."+exampleSig+"|The server finds the cookie among the headers.",
		"server|signature.valid||The signature is right|HMAC-SHA256 matches|Nobody has changed the cookie on its way.",
		"server>store|load.asked||Look up this id|SELECT data, expires, version FROM record WHERE key = ?|The server asks the store for the record with this id.",
		"store>server|load.found||Found|{\"colour\":\"amber\",\"uname\":\"momo\"} · 143 bytes|The store returns the record. The values never left the server's side.",
		"server|session.opened||The session is open|2 values|The code can use the values like a dict.",
		"server|code.ran|change|Your code runs|session[\"colour\"] = \"teal\"|The value goes into the session, in the server's memory.",
		"server>store|save.asked|change|Save under the same id|UPDATE record SET data = ?, version = 3 WHERE key = ? AND version = 2|The server saves the whole record again.",
		"store>server|save.done|change|Saved|1 row, 142 bytes|The store has the new value.",
		"server>browser|response.sent||303 See Other|no Set-Cookie|The answer needs no cookie: the id is still the same.",
		"browser|cookie.kept||The browser keeps its cookie|session="+exampleID+"|Nothing changed for the browser.",
	)
	s.Browser = BrowserPane{Cookie: exampleCookie(exampleID, "until the browser closes"), Client: "your browser", Confirmed: true}
	s.Store.Mark, s.Store.At, s.Store.Version, s.Store.Bytes = Changed, 9, "3", 142
	s.Store.Raw = `{"colour":"teal","uname":"momo"}`
	s.Store.Rows = []Row{{Name: "colour", Old: `"amber"`, New: `"teal"`, Mark: Changed}, {Name: "uname", New: `"momo"`}, {Name: "city", New: `"杭州"`}}
	return s
}

// renewStep logs in again: the longest flow, with a new id and a new record.
func renewStep() *Step {
	s := setStep()
	s.N, s.Op, s.Title = 3, "login", "POST /app/…/login · 303"
	s.Result = "A new id for the same session. Whoever knew the old one knows nothing any more."
	s.Events = sketch(
		"browser>server|request.sent||POST login|Cookie: session="+exampleID+"."+exampleSig+"|The browser sends the password and its cookie.",
		"server|cookie.read||The cookie is read|session="+exampleID+"|The server finds the cookie.",
		"server|signature.valid||The signature is right|HMAC-SHA256 matches|Nobody has changed it.",
		"server>store|load.asked||Look up this id|SELECT data, expires, version FROM record WHERE key = ?|The store is asked.",
		"store>server|load.found||Found|143 bytes|The record comes back.",
		"server|session.opened||The session is open|2 values|The values are there.",
		"server|password.checked||The password is right|bcrypt: match|Checked against a hash.",
		"server|id.renewed|change|A new id|"+exampleID+" → "+exampleNewID+"|The id changes at login.",
		"server|code.ran|change|Your code runs|session[\"uname\"] = \"alice\"|The name goes in.",
		"server>store|save.asked|add|Save under the new id|INSERT INTO record (key, data, expires, version) VALUES (?, ?, ?, 1)|Saved anew.",
		"store>server|save.done|add|Saved|142 bytes|Done.",
		"server>store|delete.asked|remove|Delete the old record|DELETE FROM record WHERE key = ?|The old one goes.",
		"store>server|delete.done|remove|Deleted|1 row|Gone.",
		"server|set-cookie.built|change|The cookie is built|session="+exampleNewID+"."+exampleSig+"|Signed.",
		"server>browser|response.sent|change|303, with a new cookie|Set-Cookie: session="+exampleNewID+"."+exampleSig+"|Sent.",
		"browser|cookie.replaced|change|The browser replaces its cookie|session="+exampleNewID+"|The old one is gone from the browser.",
		"browser|cookie.kept||And keeps the rest|lab|Nothing else changed.",
	)
	s.Browser = BrowserPane{Cookie: exampleCookie(exampleNewID, "until the browser closes"), Was: exampleCookie(exampleID, ""), Mark: Changed, At: 16, Client: "your browser"}
	s.Store.Key, s.Store.KeyWas, s.Store.At = exampleKey(exampleNewID), exampleKey(exampleID), 11
	s.Store.Rows = []Row{{Name: "colour", New: `"teal"`}, {Name: "uname", Old: `"momo"`, New: `"alice"`, Mark: Changed}}
	return s
}

// logoutStep deletes on both sides.
func logoutStep() *Step {
	s := setStep()
	s.N, s.Op, s.Title = 4, "logout", "POST /app/…/logout · 303"
	s.Result = "Both are gone: the record and the cookie. A copy of the cookie would open nothing."
	s.Events = append(s.Events[:6:6], sketch(
		"server|session.emptied|remove|The session is emptied|{}|Nothing is left in it.",
		"server>store|delete.asked|remove|Delete the record|DELETE FROM record WHERE key = ?|The server has the store delete it.",
		"store>server|delete.done|remove|Deleted|1 row|It is gone.",
		"server>browser|response.sent|remove|303, the cookie expires|Set-Cookie: session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0|A cookie with an end in the past: the browser must delete it.",
		"browser|cookie.deleted|remove|The browser deletes the cookie|session|It sends none from now on.",
	)...)
	for i := range s.Events {
		s.Events[i].N = i + 1
	}
	s.Browser = BrowserPane{Was: exampleCookie(exampleID, ""), Mark: Removed, At: 11, Client: "your browser"}
	s.Store = StorePane{
		Empty: "No record: the session was emptied, so the store deleted it.", Key: exampleKey(exampleID), Mark: Removed, At: 9,
		Rows: []Row{{Name: "colour", Old: `"teal"`, Mark: Removed}, {Name: "uname", Old: `"momo"`, Mark: Removed}},
	}
	return s
}

// expiredStep brings a cookie whose record is past its life.
func expiredStep() *Step {
	s := setStep()
	s.N, s.Op, s.Title, s.Client = 5, "get", "GET /app/…/get?key=colour · 200", "curl"
	s.Result = "The cookie was genuine and the record was there, but its time was over: an empty session."
	s.Events = append(s.Events[:4:4], sketch(
		"store>server|load.found||Found|143 bytes|The record is still there.",
		"server|session.expired|remove|Its time is over|lifetime: 10 s|The server looks at the time, whatever the cookie says.",
		"server>store|delete.asked|remove|Delete the record|DELETE FROM record WHERE key = ?|It goes.",
		"store>server|delete.done|remove|Deleted|1 row|Gone.",
		"server|code.ran||Your code runs|session.get(\"colour\") → None|There is nothing to be found.",
		"server>browser|response.sent||200 OK|{\"ok\":true,\"op\":\"get\",\"result\":null}|The answer.",
	)...)
	for i := range s.Events {
		s.Events[i].N = i + 1
	}
	unknown := exampleCookie(exampleID, "not known")
	unknown.Unknown, unknown.Attributes = true, nil
	s.Browser = BrowserPane{Cookie: unknown, Client: "curl"}
	s.Store = StorePane{Empty: "No record: it was past its lifetime of 10 s.", Mark: Removed, At: 8, Rows: []Row{{Name: "colour", Old: `"teal"`, Mark: Removed}}}
	return s
}

func exampleSteps() []*Step {
	return []*Step{loginStep(), setStep(), renewStep(), logoutStep(), expiredStep()}
}

// exampleLab is a bench with that step shown, or none.
func exampleLab(text *i18n.Text, step *Step) Lab {
	v := Lab{
		Page: examplePage(text), Bench: exampleBench, App: "/app/" + exampleBench + "/",
		AppURL: "http://127.0.0.1:8080/app/" + exampleBench + "/",
		Step:   step,
		Settings: Settings{
			Rows: []Setting{
				{Field: "store", Name: "Store", Value: "sqlite", Choices: []Choice{{Value: "memory", Label: "memory"}, {Value: "sqlite", Label: "SQLite", On: true}, {Value: "redis", Label: "Redis", Why: "not connected"}}},
				{Field: "lifetime", Name: "Lifetime", Note: "such as 2h", Value: "31d"},
				{Field: "sign_id", Name: "Sign the ID", Value: "true", Choices: []Choice{{Value: "true", Label: "on", On: true}, {Value: "false", Label: "off"}}},
			},
			Lifetimes: []Choice{{Value: "10s", Label: "10 s"}, {Value: "2h", Label: "2 h"}, {Value: "31d", Label: "31 d", On: true}},
		},
		Store: StoreInfo{Name: "SQLite", Sessions: 3, Bytes: 429, Secret: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
		Location: Location{Now: "SQLite", Shown: "SQLite", Where: "data/lab.db", Places: []Place{
			{Mechanism: "server", Store: "memory", Name: "memory", Note: "in the process"},
			{Mechanism: "server", Store: "sqlite", Name: "SQLite", Note: "in a file", On: true},
			{Mechanism: "server", Store: "redis", Name: "Redis", Why: "not connected"},
			{Mechanism: "flask", Name: "Flask", Note: "in the cookie"},
		}},
	}
	if step == nil {
		v.Path, v.Query = "/lab", ""
		return v
	}
	v.Query = "?step=" + itoa(step.N)
	v.Session, v.Input = Now{User: "momo"}, Input{Key: "colour", Value: "teal"}
	marks := []TimelineItem{
		{Op: "Log in", Tick: Tick{Cookie: Added, Record: Added}}, {Op: "Set", Tick: Tick{Record: Changed}},
		{Op: "Log in", Tick: Tick{Cookie: Changed, Record: Changed}}, {Op: "Log out", Tick: Tick{Cookie: Removed, Record: Removed}},
		{Op: "Get", Client: "curl", Tick: Tick{Record: Removed}},
	}
	v.Timeline = Timeline{Last: 40, Total: 40, From: max(0, step.N-11)}
	for n := 1; n <= 40; n++ {
		it := marks[(n-1)%len(marks)]
		it.N, it.Status, it.Current = n, 303, n == step.N
		if it.Client == "" {
			it.Client = "browser"
		}
		it.Label = fmt.Sprintf("Step %d: %s, status 303", n, it.Op)
		v.Timeline.Ticks = append(v.Timeline.Ticks, it.Tick)
		if max(n-step.N, step.N-n) <= 10 {
			v.Timeline.Items = append(v.Timeline.Items, it)
		}
	}
	if step.N > 1 {
		v.Timeline.First, v.Timeline.Prev = 1, step.N-1
	}
	v.Timeline.Next = step.N + 1
	return v
}
