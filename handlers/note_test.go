package handlers_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// The dialogue is that of the note's program under Flask 3.1, but for the cookie's
// value and its SameSite.
func TestTheNotesProgramAnswersAsUnderFlask(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("lifetime", "2h", "same_site", "unset")
	c := s.curl().With("Accept", "text/html")
	const html, none = "text/html; charset=utf-8", ""
	live, gone := "live", "session=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly; Path="+l.app
	tests := []struct {
		method, path string
		wait         time.Duration
		status       int
		body, cookie string
		vary         bool
	}{
		{"GET", "getSession/", 0, 200, "没有session", none, true},
		{"HEAD", "getSession/", 0, 200, "", none, true},
		{"OPTIONS", "getSession/", 0, 200, "", none, false},
		{"GET", "", time.Second, 200, "Hello World!", live, true},
		{"GET", "getSession/", time.Second, 200, "momo", live, true},
		{"HEAD", "getSession/", time.Second, 200, "", live, true},
		{"OPTIONS", "getSession/", time.Second, 200, "", live, true},
		{"OPTIONS", "nowhere", time.Second, 404, "*", live, true},
		{"POST", "getSession/", time.Second, 405, "*", live, true},
		{"GET", "getSession", time.Second, 308, "", live, true},
		{"GET", "getSession/", 2*time.Hour - time.Second, 200, "momo", live, true},
		{"GET", "getSession/", 2*time.Hour + time.Second, 200, "没有session", none, true},
		{"HEAD", "", time.Second, 200, "", live, true},
		{"GET", "getSession/", time.Second, 200, "momo", live, true},
		{"GET", "deleteSession/", time.Second, 200, "删除成功", gone, true},
		{"GET", "getSession/", time.Second, 200, "没有session", none, true},
		{"GET", "deleteSession/", time.Second, 200, "删除成功", gone, true},
	}
	for _, tt := range tests {
		s.clock.Advance(tt.wait)
		a := c.Do(tt.method, l.app+tt.path, "").Want(tt.status)
		if tt.body != "*" && a.Body != tt.body {
			t.Errorf("%s /%s = %q; want %q", tt.method, tt.path, a.Body, tt.body)
		}
		if kind := a.Header.Get("Content-Type"); tt.status == 200 && kind != html {
			t.Errorf("%s /%s: Content-Type = %q; want %q", tt.method, tt.path, kind, html)
		}
		want := tt.cookie
		if want == live {
			want = "session=" + sessionCookie(c, l.app) + "; Expires=" + s.clock.Now().Add(2*time.Hour).UTC().Format(http.TimeFormat) + "; HttpOnly; Path=" + l.app
		}
		if got := a.SetCookie(step.CookieName); got != want {
			t.Errorf("%s /%s: Set-Cookie = %q; want %q", tt.method, tt.path, got, want)
		}
		varies := false
		for _, v := range a.Header["Vary"] {
			varies = varies || v == "Cookie"
		}
		if varies != tt.vary && tt.body != "*" {
			t.Errorf("%s /%s: Vary = %q; want Cookie: %v", tt.method, tt.path, a.Header["Vary"], tt.vary)
		}
	}
}

func TestTheNotesProgramEscapesWhatItSays(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"set", "key", "uname", "value", "<script>alert(1)</script>").Want(200)
	if got, want := c.Get(l.app+"getSession/").Want(200).Body, "&lt;script&gt;alert(1)&lt;/script&gt;"; got != want {
		t.Errorf("getSession says %q; want %q", got, want)
	}
}

func TestMethodsAreAnsweredAsFlaskDoes(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	read, write := "GET, HEAD, OPTIONS", "OPTIONS, POST"
	tests := []struct {
		method, path string
		status       int
		allow        string
	}{
		{"OPTIONS", "", 200, read}, {"OPTIONS", "me", 200, read}, {"OPTIONS", "set", 200, write}, {"OPTIONS", "login", 200, write},
		{"GET", "set", 405, write}, {"HEAD", "logout", 405, write}, {"PUT", "set", 405, write}, {"DELETE", "", 405, read},
		{"POST", "", 405, read}, {"POST", "me", 405, read}, {"PATCH", "get", 405, read}, {"TRACE", "me", 405, read}, {"BREW", "me", 405, read},
		{"BREW", "nowhere", 404, ""}, {"GET", "nowhere", 404, ""}, {"POST", "nowhere/at/all", 404, ""}, {"GET", "set/", 404, ""},
		{"HEAD", "me", 401, ""}, {"HEAD", "get?key=a", 200, ""},
	}
	for i, tt := range tests {
		a := s.Raw(t, tt.method+" "+l.app+tt.path+" HTTP/1.1\r\nHost: "+s.Addr+"\r\n\r\n")
		if a.Status != tt.status || a.Header("Allow") != tt.allow {
			t.Errorf("%s /%s = %d, Allow %q; want %d, %q", tt.method, tt.path, a.Status, a.Header("Allow"), tt.status, tt.allow)
		}
		if n := len(l.steps()); n != i+1 {
			t.Fatalf("after %s /%s there are %d steps; want %d", tt.method, tt.path, n, i+1)
		}
	}
}
