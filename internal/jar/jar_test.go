package jar

import (
	"fmt"
	"testing"
	"time"
)

// set gives a fresh jar the lines, all set at u, and returns it with the last result.
func set(t *testing.T, u string, lines ...string) (*Jar, Result) {
	t.Helper()
	j := new(Jar)
	var last Result
	for _, line := range lines {
		last = j.SetCookie(parse(t, u), line, recorded)
	}
	return j, last
}

func TestSetCookieRefuses(t *testing.T) {
	const page, plain = "https://lab.example.org/dir/page", "http://lab.example.org/"
	for _, test := range []struct {
		rule, url, line string
		want            Reason
	}{
		{"BK-01", page, "a=1; Path=/\x0b", ReasonControlCharacter},
		{"BK-04", page, "=", ReasonEmpty},
		{"BK-07", page, "a=1; Max-Age=0", ReasonAlreadyExpired},
		{"BK-07", page, "a=1; Max-Age=-1", ReasonAlreadyExpired},
		{"BK-07", page, "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", ReasonAlreadyExpired},
		{"BK-10", page, "a=1; Domain=org", ReasonPublicSuffix},
		{"BK-10", "https://lab.co.uk/", "a=1; Domain=co.uk", ReasonPublicSuffix},
		{"BK-10", "https://lab.example.org./", "a=1; Domain=org.", ReasonPublicSuffix},
		{"BK-10", "https://lab.test/", "a=1; Domain=test", ReasonPublicSuffix},
		{"BK-10", page, "a=1; Domain=sib.example.org", ReasonDomainMismatch},
		{"BK-10", page, "a=1; Domain=ab.example.org", ReasonDomainMismatch},
		{"BK-10", page, "a=1; Domain=deep.lab.example.org", ReasonDomainMismatch},
		{"BK-10", page, "a=1; Domain=..example.org", ReasonDomainMismatch},
		{"BK-10", page, "a=1; Domain=ex\u00e4mple.org", ReasonNonASCIIDomain},
		{"BK-10", "http://127.0.0.1/", "a=1; Domain=0.0.1", ReasonDomainMismatch},
		{"BK-10", page, "a=1; Domain=.example.org", ""},
		{"BK-10", "https://bücher.example/", "a=1; Domain=xn--bcher-kva.example", ""},
		{"BK-10", "file:///tmp", "a=1", ReasonNoHost},
		{"BK-10", "https://\xef/", "a=1", ReasonNoHost},
		{"BK-10", "//\xbd::", "a=1", ReasonNoHost},
		{"BK-12", plain, "a=1; Secure", ReasonSecureNeedsHTTPS},
		{"BK-12", "http://localhost:8080/", "a=1; Secure", ""},
		{"BK-12", "http://127.0.0.1/", "a=1; Secure", ""},
		{"BK-12", "http://[::1]:8080/", "a=1; Secure", ""},
		{"BK-12", "http://[0:0::1]/", "a=1; Secure", ""},
		{"BK-12", "http://192.168.0.1/", "a=1; Secure", ReasonSecureNeedsHTTPS},
		{"BK-15", page, "a=1; SameSite=None", ReasonSameSiteNoneNeedsSecure},
		{"BK-15", page, "a=1; SameSite=None; SameSite=x", ""},
		{"BK-16", page, "__SECURE-a=1", ReasonPrefixSecure},
		{"BK-16", page, "__Secure-a=1; Secure", ""},
		{"BK-16", page, "__Secure-a; Secure", ReasonPrefixSecure},
		{"BK-16", page, "=__secure-a=1; Secure", ReasonPrefixSecure},
		{"BK-16", page, "__Host-a=1; Path=/", ReasonPrefixHost},
		{"BK-16", "https://lab.example.org/", "__Host-a=1; Secure", ReasonPrefixHost},
		{"BK-16", page, "__Host-a=1; Secure; Path=/dir", ReasonPrefixHost},
		{"BK-16", page, "__host-a=1; Secure; Path=/; Domain=lab.example.org", ReasonPrefixHost},
		{"BK-16", page, "=__Host-a=1; Secure; Path=/", ReasonPrefixHost},
		{"BK-16", page, "__Host-a=1; Secure; Path=/", ""},
		{"beyond", page, "__Http-a=1; Secure", ReasonPrefixHTTP},
		{"beyond", page, "__Host-Http-a=1; Secure; Path=/", ReasonPrefixHTTP},
		{"beyond", page, "__Host-Http-a=1; Secure; HttpOnly", ReasonPrefixHost},
		{"beyond", page, "=__Http-a=1; Secure; HttpOnly", ReasonPrefixHTTP},
		{"beyond", page, "a=1; Partitioned", ReasonPartitionedNeedsSecure},
		{"beyond", page, "a=1; Partitioned; Secure", ""},
	} {
		j, got := set(t, test.url, test.line)
		if got.Reason != test.want {
			t.Errorf("%s: SetCookie(%q, %q) = %q; want %q", test.rule, test.url, test.line, got.Reason, test.want)
		}
		if stored := len(j.All(recorded)) == 1; stored != (test.want == "") || (got.Outcome == Stored) != stored {
			t.Errorf("%s: SetCookie(%q, %q): outcome %q, in the jar %v", test.rule, test.url, test.line, got.Outcome, stored)
		}
		if want := test.rule != "beyond"; got.Reason != "" && got.Reason != ReasonPrefixHost && got.Reason.InDraft() != want {
			t.Errorf("Reason(%q).InDraft() = %v; want %v", got.Reason, !want, want)
		}
	}
}

func TestScopeOfAStoredCookie(t *testing.T) {
	for _, test := range []struct {
		rule, url, line, domain string
		hostOnly                bool
		path                    string
	}{
		{"BK-10", "https://LAB.example.org/", "a=1", "lab.example.org", true, "/"},
		{"BK-10", "https://lab.example.org/", "a=1; Domain=.EXAMPLE.org", "example.org", false, "/"},
		{"BK-10", "https://lab.example.org/", "a=1; Domain=example.org; Domain=", "lab.example.org", true, "/"},
		{"BK-10", "https://lab.example.org/", "a=1; Domain=.", "lab.example.org", true, "/"},
		{"BK-10", "http://localhost/", "a=1; Domain=localhost", "localhost", true, "/"},
		{"BK-10", "https://github.io/", "a=1; Domain=github.io", "github.io", true, "/"},
		{"agreed", "http://127.0.0.1/", "a=1; Domain=127.0.0.1", "127.0.0.1", true, "/"},
		{"BK-11", "https://lab.example.org", "a=1", "lab.example.org", true, "/"},
		{"BK-11", "https://lab.example.org/dir/page", "a=1", "lab.example.org", true, "/dir"},
		{"BK-11", "https://lab.example.org/dir/", "a=1", "lab.example.org", true, "/dir"},
		{"BK-11", "https://lab.example.org/dir/page", "a=1; Path=x", "lab.example.org", true, "/dir"},
		{"BK-11", "https://lab.example.org/dir/page", "a=1; Path=/x; Path=", "lab.example.org", true, "/dir"},
		{"BK-22", "https://lab.example.org/%64ir/page", "a=1", "lab.example.org", true, "/%64ir"},
	} {
		_, r := set(t, test.url, test.line)
		if got := r.Cookie; got.Domain != test.domain || got.HostOnly != test.hostOnly || got.Path != test.path {
			t.Errorf("%s: SetCookie(%q, %q) stored %q, host-only %v, path %q; want %q, %v, %q", test.rule, test.url, test.line,
				got.Domain, got.HostOnly, got.Path, test.domain, test.hostOnly, test.path)
		}
	}
}

func TestLifetimes(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	for _, test := range []struct {
		rule, attributes string
		want             time.Duration // 0 for a session cookie
	}{
		{"BK-07", "Max-Age=60", time.Minute},
		{"BK-07", "Max-Age=", 0},
		{"BK-07", "Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", time.Minute},
		{"BK-06", "Max-Age=0; Max-Age=60", time.Minute},
		{"BK-06", "Max-Age=60; Max-Age=x", time.Minute},
		{"BK-08", "Expires=" + recorded.Add(time.Hour).Format("Mon, 02 Jan 2006 15:04:05 -0700"), time.Hour},
		{"BK-08", "Expires=Fri, 30 Feb 2029 00:00:00 GMT", 0},
		{"BK-09", "Max-Age=99999999", MaxLifetime},
		{"BK-09", "Expires=Fri, 01 Jan 2038 00:00:00 GMT", MaxLifetime},
	} {
		var j Jar
		r := j.SetCookie(u, "a=1; "+test.attributes, recorded)
		if !r.Cookie.Persistent {
			if test.want != 0 {
				t.Errorf("%s: %q is a session cookie; want %v", test.rule, test.attributes, test.want)
			}
			if got := j.Header(u, recorded.Add(2*MaxLifetime)); got != "a=1" {
				t.Errorf("%s: session cookie %q ended: %q", test.rule, test.attributes, got)
			}
			continue
		}
		if got := r.Cookie.Expires.Sub(recorded); got != test.want {
			t.Errorf("%s: %q lives %v; want %v", test.rule, test.attributes, got, test.want)
		}
		before, at := j.Header(u, recorded.Add(test.want-1)), j.Header(u, recorded.Add(test.want))
		if before != "a=1" || at != "" {
			t.Errorf("%s: %q: Header just before its end %q, at its end %q; want %q, none", test.rule, test.attributes, before, at, "a=1")
		}
	}
}

func TestPlainHTTPCannotOverlaySecureCookies(t *testing.T) {
	for _, test := range []struct {
		secure, plain string
		want          Reason
	}{
		{"a=1; Secure", "a=2", ReasonOverlaysSecure},
		{"a=1; Secure", "a=; Max-Age=0", ReasonOverlaysSecure},
		{"a=1; Secure; Path=/login", "a=2; Path=/login", ReasonOverlaysSecure},
		{"a=1; Secure; Path=/login", "a=2; Path=/login/en", ReasonOverlaysSecure},
		{"a=1; Secure; Path=/login", "a=2; Path=/", ""},
		{"a=1; Secure; Path=/login", "a=2; Path=/loginer", ""},
		{"a=1; Secure; Domain=example.org", "a=2", ReasonOverlaysSecure},
		{"a=1; Secure", "a=2; Domain=example.org", ReasonOverlaysSecure},
		{"a=1; Secure", "b=2", ""},
	} {
		j, _ := set(t, "https://lab.example.org/", test.secure)
		if got := j.SetCookie(parse(t, "http://lab.example.org/"), test.plain, recorded); got.Reason != test.want {
			t.Errorf("BK-13: %q over http after %q = %q; want %q", test.plain, test.secure, got.Reason, test.want)
		}
	}
}

func TestScriptsCannotSeeOrTouchHTTPOnly(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	j, _ := set(t, u.String(), "a=1; HttpOnly", "b=1")
	for _, line := range []string{"a=2", "a=; Max-Age=0", "c=1; HttpOnly"} {
		if got := j.SetDocumentCookie(u, line, recorded); got.Reason != ReasonHTTPOnlyFromScript {
			t.Errorf("SetDocumentCookie(%q) = %q; want %q", line, got.Reason, ReasonHTTPOnlyFromScript)
		}
	}
	if got := j.SetDocumentCookie(u, "b=2", recorded); got.Outcome != Replaced {
		t.Errorf("SetDocumentCookie(b=2) = %q; want %q", got.Outcome, Replaced)
	}
	if got, want := j.DocumentCookie(u, recorded), "b=2"; got != want {
		t.Errorf("DocumentCookie() = %q; want %q", got, want)
	}
	if got, want := j.Header(u, recorded), "a=1; b=2"; got != want {
		t.Errorf("Header() = %q; want %q", got, want)
	}
}

func TestReplacingKeepsIdentityAndCreation(t *testing.T) {
	u := parse(t, "https://lab.example.org/dir/page")
	later := recorded.Add(time.Hour)
	j, first := set(t, u.String(), "a=1", "b=1")
	if first.Outcome != Stored || first.Previous != nil {
		t.Errorf("first SetCookie = %+v; want stored", first)
	}
	got := j.SetCookie(u, "a=2; Path=/dir", later)
	if got.Outcome != Replaced || got.Previous == nil || got.Previous.Value != "1" {
		t.Fatalf("SetCookie(same identity) = %+v; want the old one replaced", got)
	}
	if !got.Cookie.Created.Equal(recorded) || !got.Cookie.LastUsed.Equal(later) {
		t.Errorf("replaced cookie created %v, used %v; want %v, %v", got.Cookie.Created, got.Cookie.LastUsed, recorded, later)
	}
	if got, want := j.Header(u, later), "a=2; b=1"; got != want {
		t.Errorf("Header() = %q; want %q", got, want)
	}
	for _, line := range []string{"a=3; Path=/", "A=3", "a=3; Domain=lab.example.org"} {
		if got := j.SetCookie(u, line, later); got.Outcome != Stored {
			t.Errorf("SetCookie(%q) = %q; want another cookie stored", line, got.Outcome)
		}
	}
	gone := j.SetCookie(u, "a=; Max-Age=0", later)
	if gone.Outcome != Deleted || gone.Previous == nil || gone.Previous.Value != "2" {
		t.Errorf("SetCookie(Max-Age=0) = %+v; want the cookie deleted", gone)
	}
}

func TestAnExpiredCookieLeavesNoCreationTime(t *testing.T) {
	u, later := parse(t, "https://lab.example.org/"), recorded.Add(time.Hour)
	j, _ := set(t, u.String(), "a=1; Max-Age=60")
	if got := j.SetCookie(u, "a=2", later); got.Outcome != Stored || !got.Cookie.Created.Equal(later) {
		t.Errorf("SetCookie after expiry = %q, created %v; want %q, %v", got.Outcome, got.Cookie.Created, Stored, later)
	}
}

func TestSendOrder(t *testing.T) {
	u := parse(t, "https://lab.example.org/dir/x")
	var j Jar
	for i, line := range []string{"a=1; Path=/", "b=1; Path=/dir", "bare; Path=/", "c=1; Path=/dir/x", "d=; Path=/dir"} {
		j.SetCookie(u, line, recorded.Add(time.Duration(i)))
	}
	if got, want := j.Header(u, recorded), "c=1; b=1; d=; a=1; bare"; got != want {
		t.Errorf("BK-18, BK-19: Header() = %q; want %q", got, want)
	}
}

func TestSendOrderGoesByCreationEvenWhenTheClockWentBack(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	var j Jar
	j.SetCookie(u, "a=1", recorded)
	j.SetCookie(u, "b=1", recorded.Add(-time.Hour))
	if got, want := j.Header(u, recorded), "b=1; a=1"; got != want {
		t.Errorf("BK-18: Header() = %q; want %q", got, want)
	}
}

func TestSecureAndHostOnlyLimitSending(t *testing.T) {
	j, _ := set(t, "https://example.org/", "host=1", "domain=1; Domain=example.org", "secure=1; Domain=example.org; Secure")
	for url, want := range map[string]string{
		"https://example.org/":        "host=1; domain=1; secure=1",
		"https://lab.example.org/":    "domain=1; secure=1",
		"http://lab.example.org:8080": "domain=1",
		"https://badexample.org/":     "",
		"https://org/":                "",
	} {
		if got := j.Header(parse(t, url), recorded); got != want {
			t.Errorf("Header(%q) = %q; want %q", url, got, want)
		}
	}
}

func TestCookiesLooksWithoutUsing(t *testing.T) {
	u, later := parse(t, "https://lab.example.org/"), recorded.Add(time.Hour)
	j, _ := set(t, u.String(), "a=1; HttpOnly")
	if got := j.Cookies(u, later); len(got) != 1 || !got[0].LastUsed.Equal(recorded) {
		t.Errorf("Cookies() = %+v; want one, unused since %v", got, recorded)
	}
	j.Header(u, later)
	if got := j.All(later)[0].LastUsed; !got.Equal(later) {
		t.Errorf("LastUsed after Header() = %v; want %v", got, later)
	}
}

func TestCloseBrowserDropsSessionCookies(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	j, _ := set(t, u.String(), "a=1", "b=1; Max-Age=60")
	j.CloseBrowser()
	if got, want := j.Header(u, recorded), "b=1"; got != want {
		t.Errorf("Header() after CloseBrowser() = %q; want %q", got, want)
	}
}

func TestLimitPerDomainEvictsTheLongestUnusedPlainCookie(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	var j Jar
	at := func(i int) time.Time { return recorded.Add(time.Duration(i) * time.Second) }
	j.SetCookie(u, "secure=1; Secure", at(0))
	for i := 1; i < MaxPerDomain; i++ {
		if r := j.SetCookie(u, fmt.Sprintf("c%d=1; Path=/%d", i, i), at(i)); r.Evicted != nil {
			t.Fatalf("cookie %d evicted %q; want room for %d", i, r.Evicted.Name, MaxPerDomain)
		}
	}
	j.Header(parse(t, "https://lab.example.org/1"), at(60)) // uses c1 and secure
	if r := j.SetCookie(u, "new=1", at(61)); r.Outcome != Stored || r.Evicted == nil || r.Evicted.Name != "c2" {
		t.Errorf("51st cookie: %q, evicted %+v; want stored, c2 evicted", r.Outcome, r.Evicted)
	}
	if got := len(j.All(at(61))); got != MaxPerDomain {
		t.Errorf("%d cookies; want %d", got, MaxPerDomain)
	}
}

func TestSecureCookiesOutlastAPlainOne(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	var j Jar
	for i := range MaxPerDomain {
		j.SetCookie(u, fmt.Sprintf("c%d=1; Secure", i), recorded)
	}
	if r := j.SetCookie(u, "plain=1", recorded); r.Outcome != Ignored || r.Reason != ReasonNoRoom {
		t.Errorf("plain cookie among %d secure ones = %q, %q; want no room", MaxPerDomain, r.Outcome, r.Reason)
	}
	if r := j.SetCookie(u, "more=1; Secure", recorded.Add(1)); r.Outcome != Stored || r.Evicted == nil || r.Evicted.Name != "c0" {
		t.Errorf("51st secure cookie = %+v; want c0 evicted", r)
	}
}

func TestLimitInAllEvictsTheLongestUnused(t *testing.T) {
	var j Jar
	for i := range MaxCookies {
		u := parse(t, fmt.Sprintf("https://h%d.example.org/", i/MaxPerDomain))
		if r := j.SetCookie(u, fmt.Sprintf("c%d=1; Secure", i), recorded.Add(time.Duration(i))); r.Evicted != nil {
			t.Fatalf("cookie %d evicted %q; want room for %d", i, r.Evicted.Name, MaxCookies)
		}
	}
	r := j.SetCookie(parse(t, "https://other.org/"), "new=1", recorded.Add(MaxCookies))
	if r.Evicted == nil || r.Evicted.Name != "c0" || len(j.cookies) != MaxCookies {
		t.Errorf("cookie 3001 evicted %+v, %d left; want c0, %d", r.Evicted, len(j.cookies), MaxCookies)
	}
}
