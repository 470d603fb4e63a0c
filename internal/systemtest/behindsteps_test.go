package systemtest

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

func TestStepsBehindAProxyAreThoseOfTheClient(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		p := start(t, "--data", t.TempDir())
		v := visit(t, f.before(t, p).URL)
		v.want(200, v.app+"login", "uname", "momo", "pwd", "123")
		v.want(200, v.app+"set", "key", "colour", "value", "蓝绿色 & teal")
		var s struct {
			Op      string
			Request struct {
				Method  string
				Headers [][2]string
			}
			Response struct{ Status int }
			After    struct {
				Record struct{ Values map[string]string }
			}
		}
		getJSON(t, v.Client, v.base+"/en/lab/steps/2", &s)
		if s.Op != "set" || s.Request.Method != "POST" || s.Response.Status != 200 {
			t.Errorf("the step is %+v; want a set by POST with 200", s)
		}
		want := map[string]string{"uname": "momo", "colour": "蓝绿色 & teal"}
		for key, value := range want {
			if got := s.After.Record.Values[key]; got != value {
				t.Errorf("the record has %s = %q; want %q", key, got, value)
			}
		}
		cookies := 0
		for _, h := range s.Request.Headers {
			if strings.EqualFold(h[0], "Cookie") && strings.Contains(h[1], "session=") {
				cookies++
			}
		}
		if cookies != 1 {
			t.Errorf("the request has %d headers with the session's cookie: %q; want 1", cookies, s.Request.Headers)
		}
	})
}

// Proxies have limits of their own for headers. What they let pass is served, and
// what is too much for either is the client's fault.
func TestLargeHeadersBehindAProxy(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		p := start(t, "--data", t.TempDir())
		v := visit(t, f.before(t, p).URL)
		for size, want := range map[int][]int{7 << 10: {200}, 40 << 10: {400, 431}} {
			req, err := http.NewRequest("GET", v.base+"/en/lab", nil)
			check(t, err)
			req.Header.Set("Cookie", "large="+strings.Repeat("x", size))
			res, err := v.Do(req)
			check(t, err)
			res.Body.Close()
			if res.StatusCode != want[0] && res.StatusCode != want[len(want)-1] {
				t.Errorf("a cookie of %d bytes: %s; want one of %d", size, res.Status, want)
			}
		}
	})
}

// A cookie may be as large as all headers of a response that nginx takes, unless it is
// told otherwise.
func TestALargeCookieOfTheAppPassesAProxy(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		f.plain = strings.Replace(f.plain, "proxy_pass", "proxy_buffer_size 8k; proxy_pass", 1)
		p := start(t, "--data", t.TempDir())
		v := visit(t, f.before(t, p).URL)
		v.want(200, "/en/lab/settings", "mechanism", "flask")
		random := make([]byte, 2900) // which no cookie makes smaller
		rand.Read(random)
		v.want(200, v.app+"set", "key", "large", "value", base64.StdEncoding.EncodeToString(random))
	})
}
