package handlers_test

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

var settingFields = []string{
	"absolute_timeout", "fallback_keys", "hash_id", "http_only", "id_maker", "idle_timeout", "lifetime", "mechanism", "new_id_at_login",
	"refresh_each_request", "same_site", "secret_key", "secure", "sign_id", "store", "worker_keys", "worker_memory", "workers",
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
		"id_maker": "random", "workers": "1", "worker_keys": "shared", "worker_memory": "shared",
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
	recorded := l.step(2)
	if !hasKind(recorded, step.SignatureInvalid) || hasKind(recorded, step.LoadAsked) {
		t.Errorf("events = %v; want an invalid signature that does not reach the store", kinds(recorded))
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
		old := s.carrying("session=" + sessionCookie(c, l.app))
		l.set("store", store)
		old.Get(l.app + "me").Want(401)
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
	if got := a.Header.Get("Location"); got != "/zh/lab?did=settings-same" {
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
