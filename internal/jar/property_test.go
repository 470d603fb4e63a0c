package jar

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// checkInvariants fails when j, just asked for the cookies of u at now, is in
// a state that no jar may be in.
func checkInvariants(t interface{ Fatalf(string, ...any) }, j *Jar, u *url.URL, now time.Time) {
	seen := make(map[identity]bool)
	perDomain := make(map[string]int)
	for _, c := range j.All(now) {
		if seen[c.identity()] {
			t.Fatalf("two cookies of identity %+v", c.identity())
		}
		seen[c.identity()] = true
		if perDomain[c.Domain]++; perDomain[c.Domain] > MaxPerDomain {
			t.Fatalf("more than %d cookies for %q", MaxPerDomain, c.Domain)
		}
		if err := c.check(); err != nil {
			t.Fatalf("stored %+v: %v", c, err)
		}
		if c.Persistent && c.Expires.Sub(c.LastUsed) > MaxLifetime {
			t.Fatalf("stored %+v, which lives longer than 400 days", c)
		}
	}
	cookies := j.Cookies(u, now)
	if len(j.cookies) > MaxCookies || len(cookies) > len(j.All(now)) {
		t.Fatalf("%d cookies, %d sent", len(j.cookies), len(cookies))
	}
	for i, c := range cookies {
		if c.Expired(now) {
			t.Fatalf("sent %+v, expired at %v", c, now)
		}
		if i == 0 {
			continue
		}
		before := cookies[i-1]
		longer, same := len(before.Path) > len(c.Path), len(before.Path) == len(c.Path)
		if !longer && (!same || before.Created.After(c.Created)) {
			t.Fatalf("sent %+v before %+v", before, c)
		}
	}
	if header := j.Header(u, now); hasControl(header) {
		t.Fatalf("Header() = %q, with a control character", header)
	}
}

func FuzzSetCookie(f *testing.F) {
	for _, line := range []string{
		"a=1", "=", "=v", "a=1; Path=/dir; Domain=.example.org; Secure; HttpOnly; SameSite=None; Max-Age=60",
		"__Host-a=1; Secure; Path=/", "a=1; Expires=Fri, 01 Jan 2027 00:00:00 GMT", "a=\x00", "a=é; Domain=é", "a=1; Max-Age=-9",
		"a=1; Domain=..; Path=//", "a=1;;;=;Partitioned",
	} {
		f.Add("https://lab.example.org/dir/x", line, "a=2", uint32(0))
		f.Add("http://[::1]:80", line, line, uint32(60))
	}
	f.Fuzz(func(t *testing.T, address, first, second string, seconds uint32) {
		u, err := url.Parse(address)
		if err != nil {
			return
		}
		var j Jar
		now := recorded
		for _, line := range []string{first, second} {
			r := j.SetCookie(u, line, now)
			if (r.Outcome == Ignored) != (r.Reason != "") {
				t.Fatalf("SetCookie(%q) = %q, %q; want a reason exactly when ignored", line, r.Outcome, r.Reason)
			}
			if (r.Outcome == Replaced || r.Outcome == Deleted) != (r.Previous != nil) {
				t.Fatalf("SetCookie(%q) = %q, previous %+v", line, r.Outcome, r.Previous)
			}
			checkInvariants(t, &j, u, now)
			now = now.Add(time.Duration(seconds) * time.Second)
			checkInvariants(t, &j, u, now)
			j.SetDocumentCookie(u, line, now)
		}
		data, err := json.Marshal(j)
		if err != nil {
			t.Fatal(err)
		}
		var back Jar
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatalf("Unmarshal(%s) = %v", data, err)
		}
		if got, want := back.Header(u, now), j.Header(u, now); got != want {
			t.Fatalf("Header() after JSON = %q; want %q", got, want)
		}
	})
}

func TestJarKeepsItsInvariants(t *testing.T) {
	pick := func(t *rapid.T, label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	rapid.Check(t, func(t *rapid.T) {
		var j Jar
		now := recorded
		for range rapid.IntRange(1, 120).Draw(t, "steps") {
			u := &url.URL{
				Scheme: pick(t, "scheme", "https", "http"),
				Host:   pick(t, "host", "example.org", "lab.example.org", "deep.lab.example.org", "localhost"),
				Path:   pick(t, "path", "/", "/dir/", "/dir/x", "/dir/x/y"),
			}
			var line strings.Builder
			line.WriteString(rapid.StringMatching(`[a-p][a-d]?=[0-9]`).Draw(t, "pair"))
			for _, attribute := range []string{
				pick(t, "Domain", "", "; Domain=example.org", "; Domain=lab.example.org"),
				pick(t, "Path", "", "; Path=/", "; Path=/dir", "; Path=/dir/x"),
				pick(t, "life", "", "", "; Max-Age=0", "; Max-Age=5", "; Max-Age=999999999"),
				pick(t, "flags", "", "", "; Secure", "; HttpOnly", "; Secure; HttpOnly"),
			} {
				line.WriteString(attribute)
			}
			before := j.All(now)
			var r Result
			if rapid.Bool().Draw(t, "script") {
				r = j.SetDocumentCookie(u, line.String(), now)
			} else {
				r = j.SetCookie(u, line.String(), now)
			}
			if r.Outcome == Ignored && !slices.Equal(before, j.All(now)) {
				t.Fatalf("ignored line %q changed the jar", line.String())
			}
			checkInvariants(t, &j, u, now)
			now = now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "seconds")) * time.Second)
		}
	})
}
