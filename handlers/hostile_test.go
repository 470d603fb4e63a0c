package handlers_test

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"unicode"

	"github.com/sessionlab/sessionlab/internal/step"
)

// hostile are values that have broken something somewhere.
var hostile = []string{
	"", " ", ".", "..", "../../etc/passwd", "%00", "\x7f", "é", "'", "\"", `\`, "' OR 1=1 --", "<script>alert(1)</script>", "a;b", "a,b", "a=b=c",
	"\u202e", strings.Repeat("A", 32), strings.Repeat("A", 32) + ".", strings.Repeat("A", 32) + "." + strings.Repeat("A", 43),
	strings.Repeat("A", 31) + "a." + strings.Repeat("A", 43), strings.Repeat("=", 64), strings.Repeat("A", 16<<10), "%s%n%d", "${jndi:ldap://x}",
	"eyJhIjoxfQ.ZVPxAA.AAAA", ".eJw.ZVPxAA.AAAA", "-1", "NaN", "null", "{}", "[object Object]", "\xff\xfe", "\xc0\xaf",
}

func TestBadCookiesAreAnEmptySession(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	good := sessionCookie(c, l.app)
	headers := []string{"session", ";;;", "=", "session=" + good[:len(good)-1], "session=" + good + "A", "session=" + strings.ToLower(good), "SESSION=" + good,
		"session=bad; session=" + good, strings.Repeat("n", 16<<10) + "=v", strings.Repeat("a=b; ", 3001) + "session=" + good, "session=\"" + good[:10]}
	for i := range good {
		headers = append(headers, "session="+good[:i]+string(good[i]^1)+good[i+1:])
	}
	for _, v := range hostile {
		headers = append(headers, "session="+v)
	}
	for _, h := range headers {
		raw := s.Raw(t, "GET "+l.app+"me HTTP/1.1\r\nHost: "+s.Addr+"\r\nCookie: "+h+"\r\n\r\n")
		switch {
		case raw.Err != nil || raw.Status != 401 && raw.Status != 400:
			t.Errorf("Cookie: %.80q = %d, %v; want 401 or 400", h, raw.Status, raw.Err)
		case raw.Header("Set-Cookie") != "":
			t.Errorf("Cookie: %.80q is answered %q", h, raw.Header("Set-Cookie"))
		}
	}
	s.carrying("a=b; session=" + good + "; session=bad").Get(l.app + "me").Want(200) // the first counts
	mustBeWell(t, s, l)
}

func TestAHeaderOf40KiBIsRefused(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for n, want := range map[int]int{40 << 10: 431, 30 << 10: 401} {
		raw := s.Raw(t, "GET "+l.app+"me HTTP/1.1\r\nHost: "+s.Addr+"\r\nCookie: session="+strings.Repeat("x", n)+"\r\n\r\n")
		if raw.Status != want {
			t.Errorf("a Cookie of %d bytes = %d, %v; want %d", n, raw.Status, raw.Err, want)
		}
	}
}

func TestRandomRequestsNeverFail(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	rng := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[rng.IntN(len(list))] }
	noise := func(n int) string {
		b := make([]byte, rng.IntN(n))
		for i := range b {
			b[i] = byte(rng.IntN(256))
		}
		return string(b)
	}
	methods := []string{"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND", "X"}
	paths := []string{l.app, l.app + "login", l.app + "set", l.app + "get", l.app + "pop", l.app + "permanent", l.app + "me", l.app + "getSession/",
		"/", "/en/", "/en/lab", "/zh/lab/steps/1", "/en/lab/settings", "/en/theme", "/zh/nowhere", "/xx/", "/static/", "/static/dist/app.css", "/app", "/app/",
		"//", "/..", "/./en", "/en//lab", "/%2e%2e/", "/app/%00/", "/en/lab/steps/99999999999999999999", "/en/lab/steps/-1", "/favicon.ico", "*"}
	fields := []string{"key", "value", "uname", "pwd", "on", "lifetime", "secret_key", "theme", "back", "store", "step"}
	kinds := []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "", "text/html"}
	value := func() string {
		if rng.IntN(2) == 0 {
			return noise(40)
		}
		v := pick(hostile)
		return v[:min(len(v), 2000)]
	}
	for i := range 2000 {
		form := url.Values{}
		for range rng.IntN(4) {
			form.Add(pick(fields), value())
		}
		path, body := pick(paths), form.Encode()
		if rng.IntN(3) == 0 {
			path += "?" + body
		}
		if rng.IntN(6) == 0 {
			body = noise(300)
		}
		clean := strings.NewReplacer("\r", "", "\n", "", "\x00", "")
		raw := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: %s\r\nCookie: session=%s; seat=%s; theme=%s\r\nAccept: %s\r\nAccept-Language: %s\r\nReferer: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
			pick(methods), path, s.Addr, clean.Replace(value()), clean.Replace(value()), clean.Replace(value()), pick([]string{"text/html", "*/*", clean.Replace(noise(20))}),
			clean.Replace(value()), clean.Replace(value()), pick(kinds), len(body), body)
		a := s.Raw(t, raw)
		if a.Status >= 500 || a.Status < 200 { // it may hang up on what is no request
			t.Errorf("request %d = %d, %v\n%.300q", i, a.Status, a.Err, raw)
		}
	}
	mustBeWell(t, s, l)
}

func TestAnyByteInAHeadIsSurvived(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for b := range 256 {
		for _, form := range []string{
			"GET " + l.app + "me HTTP/1.1\r\nHost: h\r\nCookie: session=a%cb\r\n\r\n", "GET " + l.app + "m%ce HTTP/1.1\r\nHost: h\r\n\r\n",
			"GET /en/lab HTTP/1.1\r\nHost: h\r\nX%cY: z\r\n\r\n", "G%cT / HTTP/1.1\r\nHost: h\r\n\r\n",
		} {
			raw := strings.Replace(form, "%c", string([]byte{byte(b)}), 1)
			if a := s.Raw(t, raw); a.Status >= 500 && a.Status != 505 || a.Status == 0 {
				t.Errorf("%q = %d, %v", raw, a.Status, a.Err)
			}
		}
	}
	mustBeWell(t, s, l)
}

// What is no UTF-8 is shown octet by octet, and not as what JSON makes of it.
func TestOctetsOfARequestAreRecordedAsTheyWere(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	s.Raw(t, "POST "+l.app+"set HTTP/1.1\r\nHost: h\r\nCookie: session=\xff\xfe\xc3(é\r\nX-Octets: \x80z\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\nvalue=\xff\xfe\x00")
	recorded := l.step(1)
	if got := recorded.Before.Cookie.Raw; got != `\xff\xfe\xc3(é` {
		t.Errorf("the cookie is %q", got)
	}
	if got := recorded.Request.Body; got != `value=\xff\xfe`+"\x00" {
		t.Errorf("the body is %q", got)
	}
	all := l.Get("/en/lab/steps/1").Body
	for want, n := range map[string]int{`session=\\xff\\xfe\\xc3(é`: 4, `\\x80z`: 1, `\ufffd`: 0, "\ufffd": 0} { // the header, request.sent, cookie.read, cookie.kept
		if got := strings.Count(all, want); got != n {
			t.Errorf("the step has %d of %q; want %d: %s", got, want, n, all)
		}
	}
	if page := l.With("Accept", "text/html").Get("/en/lab/steps/1/raw").Want(200).Body; !strings.Contains(page, `\x80z`) {
		t.Error(`the page of the raw step has no \x80z`)
	}
}

// What cannot be seen is escaped in everything that is given out.
func TestNothingUnseenIsExported(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	const unseen = "a\u202eb\u200bc\u2028\x00\x1b\x7f\U000e0041" // bidirectional, zero width, a line, controls, a tag
	l.Post(l.app+"set", "key", "k"+unseen, "value", "v"+unseen).Want(200)
	for _, path := range []string{"/en/lab", "/en/lab/steps/1", "/en/lab/export.json", "/en/lab/export.har", l.app + "get?key=k" + url.QueryEscape(unseen)} {
		body := l.Get(path).Want(200).Body
		for _, r := range body {
			if r != '\n' && !unicode.IsGraphic(r) {
				t.Errorf("GET %s has %U", path, r)
				break
			}
		}
		if path != "/en/lab" && !strings.Contains(body, `\u202eb\u200bc\u2028\u0000\u001b\u007f\udb40\udc41`) {
			t.Errorf("GET %s has not all of it: %s", path, body)
		}
	}
	if got := op(t, l.Get(l.app+"get?key=k"+url.QueryEscape(unseen)), 200).Result; got != "v"+unseen {
		t.Errorf("get = %q; want what was set", got)
	}
}

// mustBeWell fails the test if something broke.
func mustBeWell(t *testing.T, s *site, l *learner) {
	t.Helper()
	s.log.MustLack(t, "panic", "level=ERROR", "level=WARN")
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	c.Get(l.app + "me").Want(200)
	l.With("Accept", "text/html").Get("/zh/lab").Want(200)
}

func TestTheLogHasNoSecret(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("secret_key", "canary-secret", "fallback_keys", "canary-fallback")
	l.Post("/en/lab/settings", "lifetime", "canary-bad").Want(422)
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "canary-password").Want(401)
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	id, signature, _ := strings.Cut(sessionCookie(c, l.app), ".")
	c.Post(l.app+"set", "key", "canary-key", "value", "canary-value").Want(200)
	c.Get(l.app + "get?key=canary-key").Want(200)
	c.Post(l.app+"set", "key", strings.Repeat("canary-long", 100), "value", "v").Want(400)
	c.With("Cookie", "session=canary-cookie").With("Referer", "http://canary-referer/").Get(l.app + "canary-path?canary-query").Want(404)
	s.carrying("session=canary-cookie").Get(l.app + "me").Want(401)
	s.Raw(t, "CANARY-METHOD "+l.app+"me HTTP/1.1\r\nHost: canary-host\r\nCANARY-NAME: canary-header\r\n\r\n")
	s.Raw(t, "GET / HTTP/1.1\r\ncanary line\r\n\r\n")
	if _, err := s.open().Exec(`UPDATE sessions SET data = '{"canary-record'`); err != nil {
		t.Fatal(err)
	}
	c.Get(l.app + "me")
	for _, path := range []string{"/en/lab", "/en/lab/steps/2", "/en/lab?step=canary-step", "/canary-lang/"} {
		l.Get(path)
		l.With("Accept", "text/html").Get(path)
	}
	if !strings.Contains(s.log.Text(), "level=INFO") {
		t.Fatal("nothing was logged at all")
	}
	s.log.MustLack(t, "canary", "CANARY", id, signature, l.bench, l.Cookie("seat", "/"), "momo", "123 ")
	if got := l.step(2).Op; got != step.OpLogin {
		t.Errorf("step 2 is %s", got)
	}
}
