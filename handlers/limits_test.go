package handlers_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

func TestSizesAreTakenUpToTheLimitAndNotBeyond(t *testing.T) {
	of := func(n int) string { return strings.Repeat("x", n) }
	form := func(key, value string) string { return "key=" + key + "&value=" + value }
	pad := func(n int) string { return form("k", "v") + "&pad=" + of(n-len(form("k", "v")+"&pad=")) }
	tests := []struct {
		name   string
		body   string
		status int
		code   string
	}{
		{"key -1", form(of(255), "v"), 200, ""}, {"key", form(of(256), "v"), 200, ""}, {"key +1", form(of(257), "v"), 400, "too_long"},
		{"value -1", form("k", of(8191)), 200, ""}, {"value", form("k", of(8192)), 200, ""}, {"value +1", form("k", of(8193)), 400, "too_long"},
		{"body -1", pad(1<<16 - 1), 200, ""}, {"body", pad(1 << 16), 200, ""}, {"body +1", pad(1<<16 + 1), 413, "body_too_large"},
		{"body of 1 MiB", pad(1 << 20), 413, "body_too_large"},
	}
	s := newSite(t)
	l := s.learner()
	for _, tt := range tests {
		c := s.curl().With("Content-Type", "application/x-www-form-urlencoded")
		got := op(t, c.Do("POST", l.app+"set", tt.body), tt.status)
		if code := codeOf(got); code != tt.code {
			t.Errorf("%s = %q; want %q", tt.name, code, tt.code)
		}
		if stored := sessionCookie(c, l.app) != ""; stored != (tt.status == 200) {
			t.Errorf("%s: stored %v", tt.name, stored)
		}
	}
	for n, want := range map[int]int{1<<16 - 1: 200, 1 << 16: 200, 1<<16 + 1: 413} {
		body := "lifetime=31d&back=" + of(n-len("lifetime=31d&back="))
		l.With("Content-Type", "application/x-www-form-urlencoded").Do("POST", "/en/lab/settings", body).Want(want)
	}
}

func TestABodyThatIsTooLargeIsAStepAllTheSame(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl().With("Content-Type", "application/x-www-form-urlencoded")
	c.Do("POST", l.app+"set", "key=colour&value=teal").Want(200)
	big := "key=colour&value=" + strings.Repeat("x", 1<<16)
	got := op(t, c.Do("POST", l.app+"set", big), 413)
	if got.Step != 2 || got.Op != "set" || codeOf(got) != "body_too_large" || got.Session["colour"] != "teal" {
		t.Errorf("set = %+v; want step 2 and the session as it was", got)
	}
	recorded := l.step(2)
	if recorded.Op != step.OpSet || recorded.Error != "body_too_large" || recorded.Response.Status != 413 {
		t.Errorf("step 2: op %q, error %q, status %d", recorded.Op, recorded.Error, recorded.Response.Status)
	}
	if r := recorded.Request; r.Body != "" || r.Unread != int64(len(big)) {
		t.Errorf("its body has %d bytes, %d unread; want 0 and %d", len(r.Body), r.Unread, len(big))
	}
	if code := codeOf(op(t, c.Do("POST", l.app+"nowhere", big), 404)); code != "not_found" {
		t.Errorf("sent to no route: %q", code)
	}
	if n := len(l.steps()); n != 3 {
		t.Errorf("%d steps; want 3", n)
	}
}

func TestABodyThatBreaksOffIsAStepAllTheSame(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	answer := s.Raw(t, "POST "+l.app+"set HTTP/1.1\r\nHost: h\r\nAccept: application/json\r\nContent-Type: application/x-www-form-urlencoded\r\n"+
		"Transfer-Encoding: chunked\r\n\r\n5\r\nkey=k\r\nZZ\r\n")
	if answer.Status != 400 || !strings.Contains(answer.Body, `"op":"set","step":1`) {
		t.Errorf("the answer is %d %s; want 400, of step 1", answer.Status, answer.Body)
	}
	if recorded := l.step(1); recorded.Error != "bad_form" || recorded.Request.Body != "key=k" {
		t.Errorf("step 1: error %q, body %q; want bad_form, and what came of it", recorded.Error, recorded.Request.Body)
	}
}

func codeOf(a opJSON) string {
	if a.Error == nil {
		return ""
	}
	return a.Error.Code
}

func TestASessionHoldsSoManyKeysAndBytes(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	c := s.curl()
	for i := range 200 {
		c.Post(l.app+"set", "key", fmt.Sprint("k", i), "value", "").Want(200)
	}
	got := op(t, c.Post(l.app+"set", "key", "more", "value", ""), 409)
	if codeOf(got) != "too_many_keys" || len(got.Session) != 200 {
		t.Errorf("the 201st key = %q with %d keys; want 200 left", codeOf(got), len(got.Session))
	}
	if got := op(t, c.Get(l.app+"get?key=more"), 200); got.Result != nil || len(got.Session) != 200 {
		t.Errorf("the 201st key is %v of %d", got.Result, len(got.Session))
	}
	op(t, c.Post(l.app+"set", "key", "k0", "value", "changed"), 200)
	op(t, c.Post(l.app+"pop", "key", "k1"), 200)
	op(t, c.Post(l.app+"set", "key", "more", "value", ""), 200)

	// Seven values of 8192 bytes and one that makes the record just 64 KiB.
	c = s.curl()
	for i := range 7 {
		c.Post(l.app+"set", "key", fmt.Sprint("k", i), "value", strings.Repeat("v", 8192)).Want(200)
	}
	rest := 1<<16 - 7*(8192+len(`"k0":"",`)) - len(`{"k7":""}`)
	for n, status := range map[int]int{rest + 1: 413, rest: 200, rest - 1: 200} {
		got := op(t, c.Post(l.app+"set", "key", "k7", "value", strings.Repeat("v", n)), status)
		if status == 413 && (codeOf(got) != "record_too_large" || len(got.Session) == 8 && len(got.Session["k7"].(string)) == n) {
			t.Errorf("a record of 64 KiB + 1 = %q; the answer shows %d keys", codeOf(got), len(got.Session))
		}
	}
	if got := op(t, c.Get(l.app+"get?key=k7"), 200); len(got.Result.(string)) > rest {
		t.Errorf("too large a record was stored")
	}
}

func TestABenchAnswersSoManyRequestsASecond(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Rate, o.Limits.Burst = 2, 5 })
	l, other := s.learner(), s.learner()
	c := s.curl()
	for range 5 {
		c.Get(l.app + "me").Want(401)
	}
	for range 3 {
		a := c.Get(l.app + "me")
		got := op(t, a, 429)
		if codeOf(got) != "too_many_requests" || a.Header.Get("Retry-After") != "1" {
			t.Errorf("over the rate: %q, Retry-After %q", codeOf(got), a.Header.Get("Retry-After"))
		}
	}
	c.Get(other.app + "me").Want(401) // limits count benches
	s.clock.Advance(500 * time.Millisecond)
	c.Get(l.app + "me").Want(401)
	c.Get(l.app + "me").Want(429)
	s.clock.Advance(time.Hour)
	for range 5 {
		c.Get(l.app + "me").Want(401)
	}
	c.Get(l.app + "me").Want(429)
	if n := len(l.steps()); n != 11 {
		t.Errorf("%d steps; want the 11 requests that were answered", n)
	}
}

// A loop that comes again at once is to cost less than one that is served.
func TestARefusalIsHeldForAMoment(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Rate, o.Limits.Burst = 2, 1 })
	l := s.learner()
	l.Get(l.app + "me").Want(401)
	start := time.Now()
	l.Get(l.app + "me").Want(429)
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("it came after %v; want a tenth of a second, when there is half of one until the next is let in", took)
	}
}

// While another bench is at work a loop waits a little, and is answered all the same.
func TestALoopWaitsWhileOtherBenchesAreAtWork(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Rate, o.Limits.Burst = 2, 30 })
	l, other := s.learner(), s.learner()
	other.Get(other.app + "me").Want(401)
	for range 6 { // a fifth of the burst
		l.Get(l.app + "me").Want(401)
	}
	start := time.Now()
	l.Get(l.app + "me").Want(401)
	if took := time.Since(start); took < 100*time.Millisecond {
		t.Errorf("beside another bench, the next request of a loop is answered after %v; want a tenth of a second", took)
	}
}

func TestTheOwnersRequestsHaveAShareOfTheirOwn(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Rate, o.Limits.Burst = 2, 30 })
	l, stranger := s.learner(), s.curl()
	for range 40 { // a loop that does not wait
		stranger.Get(l.app + "me")
	}
	stranger.Get(l.app + "me").Want(429)
	for range 30 {
		l.Get(l.app + "me").Want(401)
	}
	l.Get(l.app + "me").Want(429)
	s.clock.Advance(500 * time.Millisecond)
	l.Get(l.app + "me").Want(401)
	stranger.Get(l.app + "me").Want(401)
}

func TestABenchHoldsSoManySteps(t *testing.T) {
	for name, change := range map[string]change{
		"steps": func(_ *handlers.Options, o *lab.Options) { o.Limits.Steps = 3 },
		"bytes": func(_ *handlers.Options, o *lab.Options) { o.Limits.StepBytes = 5000 },
	} {
		s := newSite(t, change)
		l := s.learner()
		c := s.curl()
		n := 0
		for ; n < 100; n++ {
			a := c.Post(l.app+"set", "key", "n", "value", strconv.Itoa(n))
			if a.Status == 200 {
				continue
			}
			if got := op(t, a, 409); codeOf(got) != "bench_full" {
				t.Errorf("%s: %q; want bench_full", name, codeOf(got))
			}
			break
		}
		if name == "steps" && n != 3 || n == 100 || n == 0 {
			t.Errorf("%s: %d steps were taken", name, n)
		}
		if got := len(l.steps()); got != n {
			t.Errorf("%s: %d steps are listed; want %d", name, got, n)
		}
		var data string
		if err := s.open().QueryRow(`SELECT data FROM sessions`).Scan(&data); err != nil || data != fmt.Sprintf(`{"n":"%d"}`, n-1) {
			t.Errorf("%s: the session is %s, %v; want what was answered last", name, data, err)
		}
		l.With("Accept", "text/html").Get("/en/lab").Want(200)
		l.Post("/en/lab/new").Want(303)
		var b benchJSON
		l.Get("/en/lab").JSON(&b)
		c.Post(b.App+"set", "key", "n", "value", "0").Want(200)
	}
}

func TestAnAppHoldsSoManySessions(t *testing.T) {
	s := newSite(t, func(_ *handlers.Options, o *lab.Options) { o.Limits.Sessions = 3 })
	l, other := s.learner(), s.learner()
	first := s.curl()
	first.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	for range 2 {
		s.curl().Post(l.app+"set", "key", "a", "value", "b").Want(200)
	}
	a := s.curl().Post(l.app+"set", "key", "a", "value", "b")
	if got := op(t, a, 409); codeOf(got) != "too_many_sessions" || len(got.Session) != 0 || a.Header["Set-Cookie"] != nil {
		t.Errorf("the fourth session = %q, %v, cookies %q", codeOf(got), got.Session, a.Header["Set-Cookie"])
	}
	first.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200) // which renews an id
	s.curl().Get(l.app + "me").Want(401)
	s.curl().Post(other.app+"set", "key", "a", "value", "b").Want(200)
	first.Post(l.app + "logout").Want(200)
	s.clock.Advance(lab.RenewGrace) // until when the old id's place is taken
	s.curl().Post(l.app+"set", "key", "a", "value", "b").Want(200)
	if n := s.count(`sessions WHERE data LIKE '{%'`); n != 4 {
		t.Errorf("%d sessions; want 3 and 1", n)
	}
}

// gorilla's limit is a cookie's, and far below the record's: it has a name of its
// own, and the step shows where the cookie went.
func TestASessionTooLargeForItsCookieSaysSo(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", "gorilla")
	c := s.curl()
	c.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	a := c.Post(l.app+"set", "key", "k", "value", strings.Repeat("v", 3700))
	got := op(t, a, 413)
	if codeOf(got) != "cookie_too_large" || !strings.Contains(got.Error.Message, "4096") || strings.Contains(got.Error.Message, "KiB") || a.Header["Set-Cookie"] != nil {
		t.Errorf("3700 bytes in a cookie = %+v, cookies %q; want cookie_too_large, by its own limit", got.Error, a.Header["Set-Cookie"])
	}
	if got.Session["a"] != "b" || got.Session["k"] != nil {
		t.Errorf("the session is %v; want the old values", got.Session)
	}
	recorded := l.step(2)
	i := slices.IndexFunc(recorded.Events, func(e step.Event) bool { return e.Kind == step.SetCookieBuilt })
	if i < 0 || recorded.Events[i].Why != "refused" || recorded.Events[i].Bytes <= 4096 || recorded.After.Cookie.Raw != recorded.Before.Cookie.Raw {
		t.Errorf("the step has %+v; want that no cookie was written, and how large it would have been", recorded.Events)
	}
	page := l.With("Accept", "text/html").Get("/en/lab?step=2").Want(200)
	if !strings.Contains(page.Body, "No Set-Cookie: too large") {
		t.Error("the bench does not say why there is no Set-Cookie")
	}
}
