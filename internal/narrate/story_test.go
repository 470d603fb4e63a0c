package narrate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/reading"
	"github.com/sessionlab/sessionlab/internal/step"
)

const (
	idOne  = "AAAAAA2345AAAAAA2345AAAAAA2345AA"
	idTwo  = "BBBBBB2345BBBBBB2345BBBBBB2345BB"
	bench  = "k7qf2m9xw3ht"
	prefix = "session:" + bench + ":"
)

var arrival = time.Date(2026, 11, 22, 19, 0, 0, 0, time.UTC)

// A story is a step in the making, told in the order in which it is recorded.
type story struct{ *step.Step }

// on begins the story of a request: "POST /set" with a form.
func on(op step.Op, line, form string) story {
	method, path, _ := strings.Cut(line, " ")
	s := story{&step.Step{
		N: 7, Op: op, Client: step.ClientBrowser, Time: arrival,
		Request: step.Request{
			Method: method, Path: "/app/" + bench + path, Proto: "HTTP/1.1",
			Headers: [][2]string{{"Host", "127.0.0.1:8080"}, {"Accept", "text/html"}, {"Content-Type", reading.FormType}},
			Body:    form,
		},
		Response: step.Response{Status: 303, Headers: [][2]string{{"Location", "/en/lab"}}},
	}}
	s.event(step.LaneBrowser, step.RequestSent, "", "")
	return s
}

func (s story) event(lane step.Lane, kind step.Kind, detail, why string) {
	e := eventOf(lane, kind, detail, step.Why(why))
	e.Micros, e.Bytes = int64(len(s.Events))*410, len(detail)
	s.Events = append(s.Events, e)
}

// eventOf makes an event as the recorder does.
func eventOf(lane step.Lane, kind step.Kind, detail string, why step.Why) step.Event {
	switch kind {
	case step.SessionOpened:
		return step.Opened(strings.TrimPrefix(detail, "session = "), why)
	case step.IDRenewed:
		old, id, _ := strings.Cut(detail, " → ")
		return step.Renewed(old, id, "")
	case step.SetCookieBuilt:
		if line, ok := strings.CutPrefix(detail, "Set-Cookie: "); ok {
			return step.CookieBuilt(line, why)
		}
	}
	return step.Event{Lane: lane, Kind: kind, Detail: detail, Why: why}
}

func (s story) server(kind step.Kind, detail, why string) story {
	s.event(step.LaneServer, kind, detail, why)
	return s
}

// stranger: the request carries no cookie.
func (s story) stranger() story {
	return s.server(step.CookieAbsent, "session", "").server(step.SessionOpened, "session = {}", "new")
}

// bringing: the request carries this cookie, which stays where it is.
func (s story) bringing(c *step.Cookie) story {
	s.Before.Cookie, s.After.Cookie = c, c
	s.Request.Headers = append(s.Request.Headers, [2]string{"Cookie", "session=" + c.Raw})
	return s.server(step.CookieRead, "session="+c.Raw, "")
}

// opening: the cookie leads to this record, which stays as it is.
func (s story) opening(r *step.Record) story {
	s.Before.Record, s.After.Record = r, r
	s.server(step.SignatureValid, r.ID, "")
	s.event(step.LaneStore, step.LoadAsked, "SELECT data FROM sessions WHERE id = ?", "")
	s.Events[len(s.Events)-1].Args = `["` + r.Key + `"]`
	s.event(step.LaneStore, step.LoadFound, r.Raw, "")
	s.Events[len(s.Events)-1].Took = 38
	return s.server(step.SessionOpened, "session = "+r.Raw, "loaded")
}

func (s story) running(op step.Op, code string) story {
	return s.server(step.CodeRan, code, string(op))
}

// saving: the record is now this one.
func (s story) saving(r *step.Record) story {
	switch before := s.Before.Record; {
	case before == nil:
		s.server(step.IDMade, r.ID, "")
	case before.Key != r.Key:
		s.server(step.IDRenewed, before.ID+" → "+r.ID, "")
	}
	s.event(step.LaneStore, step.SaveAsked, "UPDATE sessions SET data = ?", "")
	s.event(step.LaneStore, step.SaveDone, r.Raw, "")
	if before := s.Before.Record; before != nil && before.Key != r.Key {
		s.event(step.LaneStore, step.DeleteAsked, "DELETE FROM sessions WHERE id = ?", "")
		s.event(step.LaneStore, step.DeleteDone, "1 row", "")
	}
	s.After.Record = r
	return s
}

// emptying: the record goes, if there is one.
func (s story) emptying() story {
	s.server(step.SessionEmptied, "session = {}", "")
	if s.Before.Record != nil {
		s.event(step.LaneStore, step.DeleteAsked, "DELETE FROM sessions WHERE id = ?", "")
		s.event(step.LaneStore, step.DeleteDone, "1 row", "")
	}
	s.After.Record = nil
	return s
}

// setting: the answer sets this cookie, and the client takes it.
func (s story) setting(c *step.Cookie) story {
	s.server(step.SetCookieBuilt, "Set-Cookie: "+c.Attributes.Line, "")
	s.server(step.ResponseSent, "HTTP/1.1 303 See Other", "set-cookie")
	kind, why := step.CookieStored, ""
	if before := s.Before.Cookie; before != nil {
		kind = step.CookieReplaced
		if before.Raw == c.Raw {
			why = "same"
		}
	}
	s.event(step.LaneBrowser, kind, "session="+c.Raw, why)
	s.After.Cookie = c
	return s
}

// deleting: the answer deletes the cookie.
func (s story) deleting() story {
	s.server(step.SetCookieBuilt, "Set-Cookie: session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/", "")
	s.server(step.ResponseSent, "HTTP/1.1 303 See Other", "set-cookie")
	if s.Before.Cookie == nil {
		s.event(step.LaneBrowser, step.CookieKept, "", "no-cookie")
		return s
	}
	s.event(step.LaneBrowser, step.CookieDeleted, "session=", "")
	s.After.Cookie = nil
	return s
}

// refusing: the answer sets a cookie, and the client does not take it.
func (s story) refusing(c *step.Cookie, why string) story {
	s.server(step.SetCookieBuilt, "Set-Cookie: "+c.Attributes.Line, "")
	s.server(step.ResponseSent, "HTTP/1.1 303 See Other", "set-cookie")
	s.event(step.LaneBrowser, step.CookieIgnored, "session="+c.Raw, why)
	return s
}

// silent: the answer sets no cookie.
func (s story) silent() story {
	s.server(step.ResponseSent, "HTTP/1.1 303 See Other", "")
	why := "none-sent"
	if s.After.Cookie == nil {
		why = "no-cookie"
	}
	s.event(step.LaneBrowser, step.CookieKept, "", why)
	return s
}

func (s story) failing(code string, status int) story {
	s.Error, s.Response.Status = code, status
	return s
}

func (s story) from(c step.Client) story {
	s.Client = c
	return s
}

// signed is a cookie with this id that the client keeps until then, or with nil
// until the browser closes.
func signed(id string, until *time.Time) *step.Cookie {
	valid := true
	raw := id + ".c2lnbmF0dXJl"
	return &step.Cookie{
		Raw: raw, Name: "session",
		Attributes: &step.Attributes{
			Path: "/app/" + bench + "/", Expires: until, HTTPOnly: true, SameSite: "Lax",
			Line: "session=" + raw + expiresText(until) + "; HttpOnly; Path=/app/" + bench + "/; SameSite=Lax",
		},
		Parts: []step.Part{{Kind: "id", Text: id}, {Kind: "dot", Text: "."}, {Kind: "signature", Text: "c2lnbmF0dXJl", Valid: &valid}},
	}
}

func expiresText(until *time.Time) string {
	if until == nil {
		return ""
	}
	return "; Expires=" + until.Format(time.RFC1123)
}

func days(n int) *time.Time {
	at := arrival.Add(time.Duration(n) * day)
	return &at
}

// stored is a record with this id, saved the given minutes after the arrival.
func stored(id, values string, minutes int) *step.Record {
	at := arrival.Add(time.Duration(minutes) * time.Minute)
	return &step.Record{
		Key: prefix + id, ID: id, Values: json.RawMessage(values), Raw: values,
		Created: arrival.Add(-time.Hour), Renewed: at, Expires: at.Add(31 * day),
		Version: 3, Store: "sqlite", Query: "SELECT data FROM sessions WHERE id = ?",
	}
}

func hashed(r *step.Record) *step.Record {
	sum := sha256.Sum256([]byte(r.ID))
	c := *r
	c.ID = hex.EncodeToString(sum[:])
	c.Key = prefix + c.ID
	return &c
}

// words are read once for all tests.
var words = sync.OnceValue(i18n.Load)

func texts(t testing.TB) map[i18n.Lang]*i18n.Text {
	t.Helper()
	c := words()
	m := make(map[i18n.Lang]*i18n.Text)
	for _, lang := range i18n.Langs {
		m[lang] = c.Text(lang)
	}
	return m
}

var options = Options{Origin: "http://127.0.0.1:8080", Now: arrival}
