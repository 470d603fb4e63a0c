package handlers_test

import (
	"crypto/rand"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/flask"
)

// cookieMechanisms are those whose cookies hold the session.
var cookieMechanisms = step.Mechanisms[1:]

func TestACookieThatCarriesTheSessionLeavesNothingOnTheServer(t *testing.T) {
	for _, mechanism := range cookieMechanisms {
		s := newSite(t)
		l := s.learner()
		l.set("mechanism", mechanism)
		c := s.curl()
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		c.Post(l.app+"set", "key", "colour", "value", "teal").Want(200)

		recorded := l.step(2)
		if recorded.Mechanism != mechanism || recorded.Store != "" || recorded.Before.Record != nil || recorded.After.Record != nil {
			t.Errorf("%s: step = %q %q with records %v, %v; want none", mechanism, recorded.Mechanism, recorded.Store, recorded.Before.Record, recorded.After.Record)
		}
		if got := string(recorded.After.Cookie.Values); got != `{"colour":"teal","uname":"momo"}` {
			t.Errorf("%s: the cookie's values are %s", mechanism, got)
		}
		for _, e := range recorded.Events {
			if e.Lane == step.LaneStore {
				t.Errorf("%s: the store did %s %s", mechanism, e.Kind, e.Detail)
			}
		}
		if all := rows(t, s.open(), `SELECT id, data, created, renewed, expires, version FROM sessions`); len(all) != 0 {
			t.Errorf("%s: %d records; want none", mechanism, len(all))
		}
	}
}

func TestPartsOfACookieMakeItsValue(t *testing.T) {
	want := map[string][]string{
		step.MechanismServer:  {"id", "dot", "signature"},
		step.MechanismFlask:   {"payload", "dot", "timestamp", "dot", "signature"},
		step.MechanismGorilla: {"encoded"},
	}
	for _, mechanism := range step.Mechanisms {
		s := newSite(t)
		l := s.learner()
		l.set("mechanism", mechanism)
		c := s.curl()
		c.Post(l.app+"set", "key", "colour", "value", strings.Repeat("teal ", 40)).Want(200)
		cookie := l.step(1).After.Cookie
		var kinds []string
		var whole string
		for _, p := range cookie.Parts {
			kinds = append(kinds, p.Kind)
			whole += p.Text
		}
		if whole != cookie.Raw || strings.Join(kinds, " ") != strings.Join(want[mechanism], " ") {
			t.Errorf("%s: parts are %v of %q; want %v of %q", mechanism, kinds, whole, want[mechanism], cookie.Raw)
		}
	}
}

// A log-out asks the browser to drop its cookie. Only where the server keeps a
// record does it also end the copies.
func TestLogOutKillsACopyOnlyOfAServerSession(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		s := newSite(t)
		l := s.learner()
		l.set("mechanism", mechanism)
		c := s.curl()
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		copied := sessionCookie(c, l.app)
		c.Post(l.app + "logout").Want(200)
		want := 200
		if mechanism == step.MechanismServer {
			want = 401
		}
		if got := s.carrying("session=" + copied).Get(l.app + "me"); got.Status != want {
			t.Errorf("%s: a copy from before the log-out gets %d; want %d", mechanism, got.Status, want)
		}
	}
}

func TestACarriedSessionEndsWithItsLifetime(t *testing.T) {
	for _, mechanism := range cookieMechanisms {
		s := newSite(t)
		l := s.learner()
		l.set("mechanism", mechanism)
		l.set("lifetime", "10s")
		c := s.curl()
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		old := sessionCookie(c, l.app)
		s.clock.Advance(10 * time.Second)
		s.carrying("session=" + old).Get(l.app + "me").Want(200) // Flask takes one of exactly that age
		s.clock.Advance(time.Second)
		s.carrying("session=" + old).Get(l.app + "me").Want(401)
		recorded := l.step(3)
		if !strings.Contains(join(kinds(recorded)), string(step.SessionExpired)) {
			t.Errorf("%s: events are %v; want %s among them", mechanism, kinds(recorded), step.SessionExpired)
		}
	}
}

func join(kinds []step.Kind) string {
	var b strings.Builder
	for _, k := range kinds {
		b.WriteString(string(k) + " ")
	}
	return b.String()
}

// What Flask itself signs with the bench's key is a session here.
func TestAForgedFlaskCookieIsBelievedOnlyWithTheKey(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", step.MechanismFlask)
	l.set("secret_key", "dev")
	for key, want := range map[string]int{"dev": 200, "guess": 401} {
		codec := flask.Codec{Keys: [][]byte{[]byte(key)}, Now: s.clock.Now}
		value, err := codec.Encode(map[string]any{"uname": "mallory"})
		if err != nil {
			t.Fatal(err)
		}
		s.carrying("session=" + value).Get(l.app + "me").Want(want)
	}
}

// A list of pairs is a session to Flask, and is shown as one.
func TestAFlaskCookieOfPairsIsASession(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", step.MechanismFlask)
	l.set("secret_key", "dev")
	value, err := flask.NewSerializer([]byte("dev")).Seal("", []byte(`[["uname","momo"]]`), s.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	s.carrying("session=" + value).Get(l.app + "me").Want(200)
	if c := l.step(1).Before.Cookie; c == nil || string(c.Values) != `{"uname":"momo"}` {
		t.Errorf("the step's cookie is %+v; want the values as an object", c)
	}
}

func TestACookieTooLongForABrowserIsSentAndIgnored(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", step.MechanismFlask)
	c := s.curl()
	noise := make([]byte, 4000)
	rand.Read(noise) // which zlib cannot shorten
	a := c.Post(l.app+"set", "key", "long", "value", base64.StdEncoding.EncodeToString(noise)).Want(200)
	if len(a.SetCookie("session")) < 4096 {
		t.Fatalf("Set-Cookie has %d bytes; want more than a browser takes", len(a.SetCookie("session")))
	}
	recorded := l.step(1)
	last := recorded.Events[len(recorded.Events)-1]
	if last.Kind != step.CookieIgnored || last.Why != "too-large" || recorded.After.Cookie != nil {
		t.Errorf("the last event is %s %q and the jar has %v; want the cookie ignored", last.Kind, last.Why, recorded.After.Cookie)
	}
	var words struct{ Lesson string }
	l.Get("/en/lab/steps/1").Want(200).JSON(&words)
	if !strings.Contains(words.Lesson, "4096") {
		t.Errorf("the lesson is %q; want it to say why", words.Lesson)
	}
}

func TestSwitchingIsOneRequestAndStartsAFreshSession(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	b := l.With("Accept", "text/html")
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(303)
	for _, mechanism := range []string{step.MechanismFlask, step.MechanismGorilla, step.MechanismServer} {
		l.set("mechanism", mechanism)
		l.Get(l.app + "me").Want(401)
		b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(303)
		l.Get(l.app + "me").Want(200)
	}
}
