package handlers_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/webtest"
)

var settingFields = []string{
	"absolute_timeout", "fallback_keys", "hash_id", "http_only", "idle_timeout", "lifetime", "mechanism", "new_id_at_login",
	"refresh_each_request", "same_site", "secret_key", "secure", "sign_id", "store",
}

func settingsOf(t *testing.T, l *learner) map[string]any {
	t.Helper()
	var b benchJSON
	l.Get("/en/lab").Want(200).JSON(&b)
	return b.Settings
}

func TestSettingsAreAnsweredWhole(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	want := settingsOf(t, l)
	var got map[string]any
	l.Post("/en/lab/settings").Want(200).JSON(&got)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the answer is %v; want %v", got, want)
	}
	var fields []string
	for f := range got {
		fields = append(fields, f)
	}
	if slices.Sort(fields); !slices.Equal(fields, settingFields) {
		t.Errorf("fields are %q; want %q", fields, settingFields)
	}
	defaults := map[string]any{
		"mechanism": "server", "store": "sqlite", "lifetime": "31d", "refresh_each_request": true, "new_id_at_login": true, "sign_id": true,
		"hash_id": false, "http_only": true, "secure": "auto", "same_site": "Lax", "idle_timeout": "off", "absolute_timeout": "off",
	}
	for f, v := range defaults {
		if got[f] != v {
			t.Errorf("%s is %v by default; want %v", f, got[f], v)
		}
	}
	if key, _ := got["secret_key"].(string); len(key) != 32 {
		t.Errorf("secret_key is %q; want 24 random bytes", key)
	}
}

func TestBadSettingsChangeNothing(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	want := settingsOf(t, l)
	for _, bad := range []string{
		"mechanism=magic", "store=punchcards", "store=", "lifetime=off", "lifetime=0s", "lifetime=-1h", "lifetime=1", "lifetime=99999d", "lifetime=",
		"refresh_each_request=1", "new_id_at_login=yes", "sign_id=", "hash_id=TRUE", "http_only=on", "secure=maybe", "same_site=lax",
		"idle_timeout=soon", "absolute_timeout=1d-1h", "secret_key=" + strings.Repeat("k", 1025), "secret_key=\xff", "fallback_keys=\xff",
	} {
		field, value, _ := strings.Cut(bad, "=")
		var got struct {
			Error struct{ Code, Message string }
		}
		a := l.Post("/en/lab/settings", "lifetime", "10s", "http_only", "false", field, value)
		a.Want(422).JSON(&got)
		if got.Error.Code != "bad_setting" || !strings.Contains(got.Error.Message, field) && field != "fallback_keys" {
			t.Errorf("%.40q = %q", bad, got.Error)
		}
		if now := settingsOf(t, l); !reflect.DeepEqual(now, want) {
			t.Fatalf("%.40q left %v; want %v", bad, now, want)
		}
	}
}

func TestEachSettingChangesWhatTheServerDoes(t *testing.T) {
	set := func(c *webtest.Client, app string) *webtest.Answer {
		return c.Post(app+"set", "key", "a", "value", "b").Want(200)
	}
	line := func(want string, has bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			if got := set(s.curl(), l.app).SetCookie(lab.CookieName); strings.Contains(got, want) != has {
				t.Errorf("Set-Cookie is %q; want %q in it: %v", got, want, has)
			}
		}
	}
	// alive reports for how long a session lives with a request each period.
	alive := func(period, until time.Duration, live bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			for range until / period {
				s.clock.Advance(period)
				if got := op(t, c.Get(l.app+"get?key=a"), 200); got.Result == nil && live {
					t.Fatal("the session ended too early")
				} else if got.Result == nil {
					return
				}
			}
			if !live {
				t.Error("the session never ended")
			}
		}
	}
	renews := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			before := sessionCookie(c, l.app)
			c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			if got := sessionCookie(c, l.app) != before; got != want {
				t.Errorf("a log-in changed the id: %v; want %v", got, want)
			}
		}
	}
	refreshes := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			c.Post(l.app+"permanent", "on", "true").Want(200)
			if got := c.Get(l.app+"get?key=a").SetCookie(lab.CookieName) != ""; got != want {
				t.Errorf("reading sent the cookie again: %v; want %v", got, want)
			}
		}
	}
	stored := func(want int) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			set(s.curl(), l.app)
			if got := s.count("sessions"); got != want {
				t.Errorf("%d records in the file; want %d", got, want)
			}
		}
	}
	signed := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			if got := strings.Contains(sessionCookie(c, l.app), "."); got != want {
				t.Errorf("the cookie is signed: %v; want %v", got, want)
			}
		}
	}
	hashed := func(want bool) func(*testing.T, *site, *learner) {
		return func(t *testing.T, s *site, l *learner) {
			c := s.curl()
			set(c, l.app)
			id, _, _ := strings.Cut(sessionCookie(c, l.app), ".")
			if got := !strings.Contains(l.step(1).After.Record.Key, id); got != want {
				t.Errorf("the record's key hides the id: %v; want %v", got, want)
			}
		}
	}
	tests := []struct {
		setting string
		does    func(*testing.T, *site, *learner)
	}{
		{"http_only=true", line("; HttpOnly", true)}, {"http_only=false", line("; HttpOnly", false)},
		{"secure=auto", line("; Secure", false)}, {"secure=true", line("; Secure", true)}, {"secure=false", line("; Secure", false)},
		{"same_site=Lax", line("; SameSite=Lax", true)}, {"same_site=Strict", line("; SameSite=Strict", true)},
		{"same_site=None", line("; SameSite=None", true)}, {"same_site=unset", line("SameSite", false)},
		{"lifetime=2h", alive(time.Hour, 3*time.Hour, false)}, {"lifetime=31d", alive(time.Hour, 3*time.Hour, true)},
		{"idle_timeout=30m", alive(time.Hour, 2*time.Hour, false)}, {"idle_timeout=2h", alive(time.Hour, 9*time.Hour, true)},
		{"absolute_timeout=4h", alive(time.Hour, 5*time.Hour, false)}, {"absolute_timeout=6h", alive(time.Hour, 5*time.Hour, true)},
		{"refresh_each_request=true", refreshes(true)}, {"refresh_each_request=false", refreshes(false)},
		{"new_id_at_login=true", renews(true)}, {"new_id_at_login=false", renews(false)},
		{"sign_id=true", signed(true)}, {"sign_id=false", signed(false)},
		{"hash_id=true", hashed(true)}, {"hash_id=false", hashed(false)},
		{"store=sqlite", stored(1)}, {"store=memory", stored(0)},
	}
	for _, tt := range tests {
		t.Run(tt.setting, func(t *testing.T) {
			s := newSite(t)
			l := s.learner()
			field, value, _ := strings.Cut(tt.setting, "=")
			l.set(field, value)
			if got := settingsOf(t, l)[field]; got != value && got != (value == "true") {
				t.Errorf("%s is %v; want %v", field, got, value)
			}
			tt.does(t, s, l)
		})
	}
}

func TestAFreshSecretKeyEndsAllSessionsQuietly(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	old := settingsOf(t, l)["secret_key"].(string)
	l.set("secret_key", "random")
	if now := settingsOf(t, l)["secret_key"].(string); now == old || len(now) != 32 {
		t.Errorf("secret_key is %q after %q", now, old)
	}
	a := c.Get(l.app + "me")
	if got := op(t, a, 401); len(got.Session) != 0 || got.Error.Code != "not_logged_in" {
		t.Errorf("after the key changed: %+v", got)
	}
	if got := a.Header["Set-Cookie"]; got != nil {
		t.Errorf("after the key changed: Set-Cookie = %q; want none", got)
	}
	step := l.step(2)
	if !hasKind(step, lab.SignatureInvalid) || hasKind(step, lab.LoadAsked) {
		t.Errorf("events = %v; want an invalid signature that does not reach the store", kinds(step))
	}

	// As a fallback the old key still reads, and what changes is signed anew.
	l.set("fallback_keys", "another, "+old)
	if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" {
		t.Errorf("with the old key as a fallback me = %v", got.Result)
	}
	c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	l.set("fallback_keys", "")
	if got := op(t, c.Get(l.app+"me"), 200); got.Result != "momo" {
		t.Errorf("signed anew, me = %v", got.Result)
	}

	// An empty field of the form is one that was not filled in.
	key := settingsOf(t, l)["secret_key"]
	l.set("secret_key", "")
	if now := settingsOf(t, l)["secret_key"]; now != key {
		t.Errorf("an empty secret_key made it %q", now)
	}
}

func TestAChangeOfStoreStartsAfresh(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	for _, store := range []string{"memory", "sqlite", "memory"} {
		c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		kept := s.carrying("session=" + sessionCookie(c, l.app))
		l.set("store", store)
		kept.Get(l.app + "me").Want(401)
		if n := s.count("sessions"); n != 0 {
			t.Errorf("after the change to %s there are %d records in the file", store, n)
		}
	}
	l.set("store", "sqlite")
	c.Get(l.app + "me").Want(401) // nor is it there when one comes back
}

func TestSettingsSentFromThePageLeadBackToIt(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	a := l.With("Accept", "text/html").Post("/zh/lab/settings", "http_only", "false", "http_only", "true").Want(http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != "/zh/lab" {
		t.Errorf("Location = %q", got)
	}
	if got := settingsOf(t, l)["http_only"]; got != true {
		t.Errorf("a check box after its hidden field is %v", got)
	}
}

func TestSettingsSurviveWhatIsRecordedMeanwhile(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 20 {
			s.curl().Get(l.app + "me")
		}
	}()
	l.set("lifetime", "10s")
	l.set("http_only", "false")
	<-done
	got := settingsOf(t, l)
	if got["lifetime"] != "10s" || got["http_only"] != false {
		t.Errorf("settings = %v", got)
	}
	var stored string
	if err := s.open().QueryRow(`SELECT settings FROM benches WHERE id = ?`, l.bench).Scan(&stored); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stored, `"lifetime":"10s"`) || !strings.Contains(stored, `"http_only":false`) {
		t.Errorf("stored are %s", stored)
	}
}
