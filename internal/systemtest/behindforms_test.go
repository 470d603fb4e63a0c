package systemtest

import (
	"context"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// submit posts a form as a browser does that was shown it at an origin, and returns
// the response, without following it.
func submit(t *testing.T, c *http.Client, address, origin string, headers ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequest("POST", address, strings.NewReader("lifetime=77s"))
	check(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Accept", "text/html")
	req.Header.Set("Origin", origin)
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := c.Do(req)
	check(t, err)
	res.Body.Close()
	return res
}

// stay follows no redirects, so that a test sees them.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Over plain http browsers send no Sec-Fetch-Site. What they send is Origin, which
// names another host than the one that nginx puts into Host.
func TestFormsWorkBehindAProxyThatRewritesHost(t *testing.T) {
	const public = "http://lab.example.org"
	behind(t, func(t *testing.T, f front) {
		p := start(t, "--data", t.TempDir(), "--base-url", public)
		f.plain = strings.Replace(f.plain, "reverse_proxy {backend}", "reverse_proxy {backend} {\n\theader_up Host {backend}\n}", 1)
		s := f.before(t, p)
		transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", s.Addr)
		}}
		t.Cleanup(transport.CloseIdleConnections)
		jar, err := cookiejar.New(nil)
		check(t, err)
		c := &http.Client{Jar: jar, Transport: transport, CheckRedirect: stay, Timeout: patience}
		var bench struct{ Settings struct{ Lifetime string } }
		getJSON(t, c, public+"/en/lab", &bench)
		if res := submit(t, c, public+"/en/lab/settings", "http://evil.example"); res.StatusCode != 403 {
			t.Errorf("a form of another site: %s; want 403", res.Status)
		}
		if res := submit(t, c, public+"/en/lab/settings", public); res.StatusCode != 303 {
			t.Errorf("a form of ours: %s; want 303", res.Status)
		}
		getJSON(t, c, public+"/en/lab", &bench)
		if bench.Settings.Lifetime != "1m17s" {
			t.Errorf("after the form the lifetime is %q; want 1m17s", bench.Settings.Lifetime)
		}
	})
}

func TestBehindAProxyWithTLSCookiesAreSecure(t *testing.T) {
	behind(t, func(t *testing.T, f front) {
		p := start(t, "--data", t.TempDir(), "--trust-proxy")
		base, transport := f.securely(t, p)
		jar, err := cookiejar.New(nil)
		check(t, err)
		c := &http.Client{Jar: jar, Transport: transport, CheckRedirect: stay, Timeout: patience}
		res, err := c.Get(base + "/en/lab")
		check(t, err)
		res.Body.Close()
		if got := res.Header.Get("Strict-Transport-Security"); got == "" {
			t.Error("there is no Strict-Transport-Security")
		}
		seat := ""
		for _, k := range res.Cookies() {
			if k.Name == "__Host-seat" && k.Secure {
				seat = k.Value
			}
		}
		if seat == "" {
			t.Errorf("the cookies are %q; want a secure __Host-seat", res.Header["Set-Cookie"])
		}
		if res := submit(t, c, base+"/en/lab/settings", base); res.StatusCode != 303 {
			t.Errorf("a form: %s; want 303", res.Status)
		}
		var bench struct{ App string }
		getJSON(t, c, base+"/en/lab", &bench)
		res, err = c.PostForm(base+bench.App+"login", url.Values{"uname": {"momo"}, "pwd": {"123"}})
		check(t, err)
		res.Body.Close()
		for _, k := range res.Cookies() {
			if !k.Secure {
				t.Errorf("the app's cookie %s is not secure", k.Name)
			}
		}
		if len(res.Cookies()) == 0 {
			t.Error("the app sets no cookie")
		}
	})
}
