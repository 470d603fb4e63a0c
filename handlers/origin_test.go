package handlers_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"os/exec"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
)

func withBaseURL(base string) change {
	return func(h *handlers.Options, _ *lab.Options) { h.BaseURL = base }
}

// wantHosts sends a page and the app requests with each Host.
func wantHosts(t *testing.T, s *site, app string, hosts map[string]int) {
	t.Helper()
	for host, want := range hosts {
		for path, ok := range map[string]int{"/en/": 200, app + "me": 401} {
			if want == 400 {
				ok = 400
			}
			a := s.Raw(t, "GET "+path+" HTTP/1.1\r\nHost: "+host+"\r\nAccept: application/json\r\n\r\n")
			if a.Err != nil || a.Status != ok {
				t.Errorf("GET %s with Host %q = %d, %v; want %d", path, host, a.Status, a.Err, ok)
			}
		}
	}
}

func TestAHostThatIsNoHostNameIsRefused(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	wantHosts(t, s, l.app, map[string]int{
		"a;id;b.evil.example": 400, "a$(id)b": 400, "a'b": 400, "a&b": 400, "a|b.example": 400, "user@lab.example": 400, "a%41": 400, "*": 400,
		"lab.example:80x": 400, "[::1": 400, "[g::1]": 400, "[127.0.0.1]": 400, "[fe80::1%25eth0]": 400, "::1": 400, ":80": 400, "a,b": 400, "a(b)": 400, "!": 400,
	})
	if n := len(l.steps()); n != 0 {
		t.Errorf("refused requests left %d steps", n)
	}
	wantHosts(t, s, l.app, map[string]int{
		"h": 200, "LAB.example:8080": 200, "lab.example.": 200, "127.0.0.1": 200, "[::1]:8080": 200, "[2001:db8::1]": 200, "xn--fiq228c.example": 200, "under_score:": 200,
	})
	old := s.Raw(t, "GET /healthz HTTP/1.0\r\n\r\n") // as some load balancers ask
	if old.Status != 200 {
		t.Errorf("without a Host = %d; want 200", old.Status)
	}
}

func TestTheRefusalOfAHostSaysWhatItIsAbout(t *testing.T) {
	s := newSite(t)
	for accept, want := range map[string]string{"application/json": `"wrong_host"`, "text/html": "<h1"} {
		a := s.Raw(t, "GET /en/ HTTP/1.1\r\nHost: a;b\r\nAccept: "+accept+"\r\n\r\n")
		if a.Status != 400 || !strings.Contains(a.Body, want) || !strings.Contains(a.Body, "host name") || strings.Contains(a.Body, "a;b") {
			t.Errorf("as %s: %d %.500s", accept, a.Status, a.Body)
		}
	}
}

// A proxy may rewrite the Host to the address or the short name by which it reaches
// the server.
func TestOfNamesOnlyThatOfTheBaseURLIsServed(t *testing.T) {
	s := newSite(t, withBaseURL("http://Lab.example.org:8443/"))
	wantHosts(t, s, s.learner().app, map[string]int{
		"lab.example.org:8443": 200, "LAB.EXAMPLE.ORG": 200, "lab.example.org.": 200, s.Addr: 200, "localhost": 200, "[::1]:80": 200, "backend:8080": 200,
		"evil.example": 400, "lab.example.org.evil.example": 400, "example.org": 400, "127.0.0.1.evil.example:8443": 400,
	})
}

func TestARequestInAbsoluteFormIsForThisOriginOrRefused(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for _, target := range []string{
		"gopher://" + s.Addr + l.app + "%0d%0aX", "http://evil.example" + l.app + "me", "https://" + s.Addr + l.app + "me",
		"http:" + l.app + "me", "http://" + s.Addr + ".evil.example" + l.app + "me", "http://localhost" + l.app + "me",
	} {
		a := s.Raw(t, "GET "+target+" HTTP/1.1\r\nHost: "+s.Addr+"\r\nAccept: application/json\r\n\r\n")
		if a.Status != 400 {
			t.Errorf("GET %s = %d, %v; want 400", target, a.Status, a.Err)
		}
	}
	if n := len(l.steps()); n != 0 {
		t.Errorf("refused requests left %d steps", n)
	}
	for i, target := range []string{"http://" + s.Addr + l.app + "get?key=%0d%0aX", "HTTP://user:pw@" + s.Addr + l.app + "get?key=%0d%0aX"} {
		a := s.Raw(t, "GET "+target+" HTTP/1.1\r\nHost: "+s.Addr+"\r\nAccept: application/json\r\n\r\n")
		if a.Status != 200 {
			t.Fatalf("GET %s = %d, %v; want 200", target, a.Status, a.Err)
		}
		page := html.UnescapeString(l.With("Accept", "text/html").Get(fmt.Sprintf("/en/lab/steps/%d/raw", i+1)).Want(200).Body)
		if want := "'" + s.URL + l.app + "get?key=%0d%0aX'"; !strings.Contains(page, want) {
			t.Errorf("%s: the page has no command with %s", target, want)
		}
	}
	var har struct {
		Log struct {
			Entries []struct{ Request struct{ URL string } }
		}
	}
	if err := json.Unmarshal([]byte(l.Get("/en/lab/export.har").Want(200).Body), &har); err != nil {
		t.Fatal(err)
	}
	for _, e := range har.Log.Entries {
		if want := s.URL + l.app + "get?key=%0d%0aX"; e.Request.URL != want {
			t.Errorf("HAR has %s; want %s", e.Request.URL, want)
		}
	}
}

// A shell gets each address of the commands on the page as one word, whatever is in
// it.
func TestAddressesOnThePageAreQuotedForAShell(t *testing.T) {
	for _, base := range []string{"http://a;id;b.example", "http://[::1]:8080", "http://a$(id)'b"} {
		s := newSite(t, withBaseURL(base))
		l := s.learner()
		page := l.With("Accept", "text/html").Get("/en/lab/terminal").Want(200).Body
		_, page, _ = strings.Cut(page, `<pre id="curl-lines"`)
		_, page, _ = strings.Cut(page, ">")
		lines, _, _ := strings.Cut(page, "</pre>")
		script := html.UnescapeString(strings.ReplaceAll(lines, "<wbr>", ""))
		out, err := exec.Command("sh", "-c", `curl() { for word; do printf '<%s>' "$word"; done; echo; }`+"\n"+script).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s\n%s", err, script, out)
		}
		if n := strings.Count(string(out), "<"+base+l.app); n != 6 {
			t.Errorf("%s is one word in %d of 6 commands:\n%s\n%s", base, n, script, out)
		}
	}
}

func TestTheOriginOfTheBaseURLIsTrusted(t *testing.T) {
	for base, origin := range map[string]string{
		"http://lab.example.org/":     "http://lab.example.org",
		"https://Lab.Example.org:443": "https://lab.example.org",
		"http://lab.example.org:80":   "http://lab.example.org",
		"http://lab.example.org:8443": "http://lab.example.org:8443",
		"http://[2001:db8::1]:8080":   "http://[2001:db8::1]:8080",
	} {
		s := newSite(t, withBaseURL(base))
		c := s.Client(t) // its Host is another, as behind a proxy that rewrites it
		c.With("Origin", origin).Post("/en/theme", "theme", "dark").Want(http.StatusSeeOther)
		for _, other := range []string{"http://evil.example", origin + ".evil.example", strings.Replace(origin, "http", "ftp", 1), "null"} {
			c.With("Origin", other).Post("/en/theme", "theme", "dark").Want(http.StatusForbidden)
		}
	}
	newSite(t).Client(t).With("Origin", "http://lab.example.org").Post("/en/theme", "theme", "dark").Want(http.StatusForbidden)
}

func TestTheProxyNextToTheClientSaysWhetherItWasHTTPS(t *testing.T) {
	s := newSite(t, func(h *handlers.Options, _ *lab.Options) { h.TrustProxy = true })
	for proto, secure := range map[string]bool{
		"https": true, "HTTPS": true, "https,http": true, "https, http": true, " Https , http": true,
		"http": false, "http,https": false, "": false, "https2": false, ",https": false,
	} {
		a := s.Client(t).With("X-Forwarded-Proto", proto).Get("/en/lab").Want(200)
		if hsts := a.Header.Get("Strict-Transport-Security") != ""; hsts != secure || (a.SetCookie("__Host-seat") != "") != secure {
			t.Errorf("X-Forwarded-Proto: %q is https: %v; want %v", proto, hsts, secure)
		}
	}
}
