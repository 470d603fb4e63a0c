package handlers_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestAnotherSeatSeesNothingOfABench(t *testing.T) {
	s := newSite(t)
	a := s.learner()
	a.set("secret_key", "canary-secret")
	a.Post(a.app+"set", "key", "canary-key", "value", "canary-value").Want(200)
	b := s.learner()
	stranger := s.Client(t)
	if a.bench == b.bench {
		t.Fatal("two seats share a bench")
	}
	for _, c := range []struct {
		name string
		get  func(path string) string
	}{
		{"another seat", func(path string) string { return b.Get(path).Body }},
		{"another seat's page", func(path string) string { return b.With("Accept", "text/html").Get(path).Body }},
		{"no seat", func(path string) string { return s.carrying("x=y").Get(path).Body }},
		{"a fresh seat", func(path string) string { return stranger.Get(path).Body }},
		{"a forged seat", func(path string) string { return s.carrying("seat=" + strings.Repeat("A", 75)).Get(path).Body }},
	} {
		for _, path := range []string{
			"/en/lab", "/zh/lab", "/en/lab?step=1", "/en/lab/steps/1", "/en/lab?bench=" + a.bench, "/en/lab/" + a.bench,
			"/en/lab/steps/1?bench=" + a.bench, "/en/lab/steps/..%2f1", "/en/lab/steps/1/code", "/en/lab/export.har", "/en/lab/export.json",
		} {
			if body := c.get(path); strings.Contains(body, "canary") || strings.Contains(body, a.bench) && !strings.Contains(path, a.bench) {
				t.Errorf("%s: GET %s shows %.200s", c.name, path, body)
			}
		}
	}
	b.Get("/en/lab/steps/1").Want(404)
	b.set("lifetime", "10s")
	b.Post("/en/lab/end").Want(303)
	if got := settingsOf(t, a); got["lifetime"] != "31d" || got["secret_key"] != "canary-secret" {
		t.Errorf("another seat changed the settings: %v", got)
	}
	if n := len(a.steps()); n != 1 {
		t.Errorf("%d steps are left; want 1", n)
	}
}

func TestAppsDoNotShareSessions(t *testing.T) {
	s := newSite(t)
	a, b := s.learner(), s.learner()
	b.set("secret_key", settingsOf(t, a)["secret_key"].(string))
	c := s.curl()
	c.Post(a.app+"login", "uname", "momo", "pwd", "123").Want(200)
	cookie := "session=" + sessionCookie(c, a.app)
	s.carrying(cookie).Get(a.app + "me").Want(200)
	s.carrying(cookie).Get(b.app + "me").Want(401)
	s.carrying(cookie).Post(b.app + "logout").Want(200)
	s.carrying(cookie).Get(a.app + "me").Want(200)
}

func TestOtherSitesCannotPostToTheProduct(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Get(l.app + "me").Want(401)
	foreign := []struct{ name, value string }{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
		{"Origin", "http://" + s.Addr + ".evil.example"},
	}
	for _, f := range foreign {
		for _, path := range []string{"/en/lab/settings", "/zh/lab/new", "/en/lab/end", "/en/theme"} {
			a := l.With(f.name, f.value).Post(path, "lifetime", "10s", "theme", "dark").Want(403)
			var got struct{ Error struct{ Code string } }
			if a.JSON(&got); got.Error.Code != "cross_origin" || a.Header["Set-Cookie"] != nil {
				t.Errorf("%s: %s to %s = %q, cookies %q", f.name, f.value, path, got.Error.Code, a.Header["Set-Cookie"])
			}
		}
		// The app under study has but its cookie.
		l.With(f.name, f.value).Post(l.app+"set", "key", "a", "value", "b").Want(200)
	}
	if got := settingsOf(t, l)["lifetime"]; got != "31d" {
		t.Errorf("another site made the lifetime %v", got)
	}
	for _, own := range []struct{ name, value string }{{"Sec-Fetch-Site", "same-origin"}, {"Sec-Fetch-Site", "none"}, {"Origin", s.URL}} {
		l.With(own.name, own.value).Post("/en/lab/settings", "lifetime", "2h").Want(200)
	}
}

func TestNoProductPageWritesByGet(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for _, method := range []string{"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"} {
		for _, path := range []string{"/en/lab/settings?lifetime=10s", "/en/lab/new", "/en/lab/end", "/en/theme?theme=dark"} {
			a := l.Do(method, path, "")
			page := strings.Contains(path, "settings") && (method == "GET" || method == "HEAD") // shows them, and changes nothing
			if !page && a.Status < 400 && method != "OPTIONS" || a.Status >= 500 {
				t.Errorf("%s %s = %d", method, path, a.Status)
			}
		}
	}
	if got := settingsOf(t, l); got["lifetime"] != "31d" {
		t.Errorf("lifetime = %v", got["lifetime"])
	}
}

func TestSeatsAreCookiesThatOnlyTheServerReads(t *testing.T) {
	s := newSite(t)
	line := s.Client(t).Get("/en/lab").Want(200).SetCookie("seat")
	for _, want := range []string{"; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=10368000"} {
		if !strings.Contains(line, want) {
			t.Errorf("Set-Cookie = %q; want %q in it", line, want)
		}
	}
	if strings.Contains(line, "Secure") || strings.Contains(line, "Domain") {
		t.Errorf("over http: Set-Cookie = %q", line)
	}
	seats := map[string]bool{}
	for range 500 {
		seats[s.Client(t).Get("/en/lab").Want(200).SetCookie("seat")] = true
	}
	if len(seats) != 500 {
		t.Errorf("500 visitors have %d seats", len(seats))
	}
}

func TestSeatsEnd(t *testing.T) {
	day := 24 * time.Hour
	tests := []struct {
		name  string
		waits []time.Duration
		same  bool
	}{
		{"used each day", []time.Duration{6 * day, 6 * day, 6 * day, 6 * day}, true},
		{"idle for a week", []time.Duration{7 * day}, false},
		{"idle for less", []time.Duration{7*day - time.Second}, true},
		{"past a term", []time.Duration{
			6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day,
			6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day, 6 * day,
		}, false},
	}
	for _, tt := range tests {
		s := newSite(t)
		l := s.learner()
		l.Get(l.app + "me").Want(401)
		seat := "seat=" + l.Cookie("seat", "/")
		var b benchJSON
		s.carrying(seat).Get("/en/lab").JSON(&b)
		for _, wait := range tt.waits {
			s.clock.Advance(wait)
			b = benchJSON{}
			s.carrying(seat).Get("/en/lab").Want(200).JSON(&b)
		}
		if same := b.Bench == l.bench; same != tt.same {
			t.Errorf("%s: the same bench: %v; want %v", tt.name, same, tt.same)
		}
	}
}

func TestEndAndNewDeleteWhatThereWas(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	seat := "seat=" + l.Cookie("seat", "/")
	a := l.Post("/en/lab/new").Want(http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != "/en/lab" {
		t.Errorf("new: Location = %q", got)
	}
	var b benchJSON
	l.Get("/en/lab").JSON(&b)
	if b.Bench == l.bench || len(b.Steps) != 0 {
		t.Errorf("new: bench %q with %d steps", b.Bench, len(b.Steps))
	}
	l.Post(b.App+"set", "key", "a", "value", "b").Want(200)
	l.Get("/en/lab").Want(200)
	a = l.Post("/zh/lab/end").Want(http.StatusSeeOther)
	if got := a.Header.Get("Location"); got != "/zh/" {
		t.Errorf("end: Location = %q", got)
	}
	if line := a.SetCookie("seat"); !strings.HasPrefix(line, "seat=;") || !strings.Contains(line, "Max-Age=0") {
		t.Errorf("end: Set-Cookie = %q", line)
	}
	for _, table := range []string{"benches", "steps", "sessions"} {
		if n := s.count(table); n != 0 {
			t.Errorf("end left %d rows in %s", n, table)
		}
	}
	// A copy of the seat's cookie is worth nothing now.
	var c benchJSON
	s.carrying(seat).Get("/en/lab").Want(200).JSON(&c)
	if c.Bench == b.Bench || c.Bench == l.bench {
		t.Errorf("an ended seat still has bench %q", c.Bench)
	}
}
