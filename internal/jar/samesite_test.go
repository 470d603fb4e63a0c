package jar

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

var sameSiteLines = []string{"strict=1; SameSite=Strict", "lax=1; SameSite=Lax", "none=1; SameSite=None; Secure", "default=1"}

// sent returns the names in the header, in alphabetical order.
func sent(header string) []string {
	var names []string
	for pair := range strings.SplitSeq(header, "; ") {
		if name, _, ok := strings.Cut(pair, "="); ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func sorted(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

func TestSameSiteMatrixMatchesChromium(t *testing.T) {
	var golden struct {
		Matrix []struct {
			From     string   `json:"from"`
			Action   string   `json:"action"`
			Method   string   `json:"method"`
			Allowed  []string `json:"chromium_3pc_allowed"`
			Blocked  []string `json:"chromium_3pc_blocked"`
			Firefox  []string `json:"firefox_default"`
			SiteWord string   `json:"sec_fetch_site"`
		} `json:"samesite_matrix"`
	}
	loadGolden(t, "browser_jar.json", &golden)
	if len(golden.Matrix) == 0 {
		t.Fatal("no rows in the matrix")
	}
	victim := parse(t, "https://lab.example.org:8443/")
	pages := map[string]*url.URL{
		"typed or bookmarked (no initiator)": nil,
		"same-site subdomain page":           parse(t, "https://sib.example.org:8443/"),
		"same host, http page (schemeful)":   parse(t, "http://lab.example.org:8888/"),
		"cross-site page":                    parse(t, "https://other.org:8443/"),
		"same-origin page":                   victim,
	}
	navigations := []string{"link click GET", "form GET", "form POST", "window.open", "meta refresh"}
	for _, row := range golden.Matrix {
		page, known := pages[row.From]
		if !known {
			t.Fatalf("unknown page %q", row.From)
		}
		var j Jar
		for _, line := range sameSiteLines {
			j.SetCookie(victim, line, recorded)
		}
		navigation := slices.Contains(navigations, row.Action)
		r := Request{URL: victim, Method: row.Method, SiteForCookies: page, TopLevelNavigation: navigation}
		got := sent(j.HeaderFor(r, recorded.Add(time.Minute)))
		if want := sorted(row.Allowed); !slices.Equal(got, want) {
			t.Errorf("%s, %s: sent %q; want %q", row.From, row.Action, got, want)
		}
		// Browsers that leave the draft, each by a rule of its own.
		wantBlocked, wantFirefox := got, got
		if !r.sameSite() && !navigation {
			wantBlocked = nil // Debian's Chromium blocks third-party cookies
			wantFirefox = nil // Firefox keeps them in a partition of their own
		}
		if row.From == "same host, http page (schemeful)" {
			wantFirefox = []string{"default", "lax", "none", "strict"} // Firefox ignores the scheme
		}
		if got := sorted(row.Blocked); !slices.Equal(got, wantBlocked) {
			t.Errorf("%s, %s: chromium without third-party cookies sent %q; documented %q", row.From, row.Action, got, wantBlocked)
		}
		if got := sorted(row.Firefox); !slices.Equal(got, wantFirefox) {
			t.Errorf("%s, %s: firefox sent %q; documented %q", row.From, row.Action, got, wantFirefox)
		}
	}
}

func TestSameSiteOnLocalHostsMatchesBothBrowsers(t *testing.T) {
	var golden struct {
		Rows []struct {
			Browser  string   `json:"browser"`
			Victim   string   `json:"victim"`
			Attacker string   `json:"attacker_page"`
			Method   string   `json:"method"`
			Sent     []string `json:"sent"`
		} `json:"rows"`
	}
	loadGolden(t, "samesite_local.json", &golden)
	if len(golden.Rows) == 0 {
		t.Fatal("no rows")
	}
	for _, row := range golden.Rows {
		var j Jar
		victim := parse(t, row.Victim)
		for _, line := range sameSiteLines {
			j.SetCookie(victim, strings.TrimSuffix(line, "; Secure"), recorded)
		}
		r := Request{URL: victim, Method: row.Method, SiteForCookies: parse(t, row.Attacker), TopLevelNavigation: true}
		if got, want := sent(j.HeaderFor(r, recorded)), sorted(row.Sent); !slices.Equal(got, want) {
			t.Errorf("%s: %s from %s to %s sent %q; want %q", row.Browser, row.Method, row.Attacker, row.Victim, got, want)
		}
	}
}

func TestDefaultCookiesCrossSitesByPostForTwoMinutes(t *testing.T) {
	u := parse(t, "https://lab.example.org/")
	post := Request{URL: u, Method: http.MethodPost, SiteForCookies: parse(t, "https://other.org/"), TopLevelNavigation: true}
	for _, test := range []struct {
		line string
		age  time.Duration
		want string
	}{
		{"a=1", 2 * time.Minute, "a=1"},
		{"a=1", 2*time.Minute + time.Nanosecond, ""},
		{"a=1; SameSite=Lax", 0, ""},
		{"a=1; SameSite=None; Secure", time.Hour, "a=1"},
	} {
		var j Jar
		j.SetCookie(u, test.line, recorded)
		if got := j.HeaderFor(post, recorded.Add(test.age)); got != test.want {
			t.Errorf("HeaderFor(POST) of %q after %v = %q; want %q", test.line, test.age, got, test.want)
		}
	}
	var j Jar
	j.SetCookie(u, "a=1", recorded)
	j.SetCookie(u, "a=2", recorded.Add(3*time.Minute))
	if got := j.HeaderFor(post, recorded.Add(3*time.Minute)); got != "" {
		t.Errorf("HeaderFor(POST) of a rewritten cookie = %q; want none, it keeps its first creation", got)
	}
}

func TestCrossSiteResponsesSetOnlySameSiteNone(t *testing.T) {
	u, other := parse(t, "https://lab.example.org/"), parse(t, "https://other.org/")
	for _, test := range []struct {
		line       string
		navigation bool
		want       Reason
	}{
		{"a=1", false, ReasonCrossSite},
		{"a=1; SameSite=Lax", false, ReasonCrossSite},
		{"a=1; SameSite=None; Secure", false, ""},
		{"a=1; SameSite=Strict", true, ""},
	} {
		var j Jar
		r := Request{URL: u, SiteForCookies: other, TopLevelNavigation: test.navigation}
		if got := j.SetCookieFor(r, test.line, recorded); got.Reason != test.want {
			t.Errorf("SetCookieFor(navigation %v, %q) = %q; want %q", test.navigation, test.line, got.Reason, test.want)
		}
	}
}

func TestSchemefulSameSite(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"https://a.example.org/", "https://b.example.org:8443/", true},
		{"http://a.example.org/", "https://a.example.org/", false},
		{"https://a.co.uk/", "https://b.co.uk/", false},
		{"http://localhost:1/", "http://localhost:2/", true},
		{"http://localhost/", "http://127.0.0.1/", false},
		{"http://10.0.0.1/", "http://20.0.0.1/", false},
		{"http://[::1]/", "http://[::1]:8080/", true},
	} {
		if got := SchemefulSameSite(parse(t, test.a), parse(t, test.b)); got != test.want {
			t.Errorf("SchemefulSameSite(%q, %q) = %v; want %v", test.a, test.b, got, test.want)
		}
	}
}
