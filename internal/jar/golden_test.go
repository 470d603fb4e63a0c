package jar

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// recorded is when the browsers ran; lifetimes of dates count from here.
var recorded = time.Date(2026, 11, 22, 19, 25, 20, 0, time.UTC)

type goldenCase struct {
	ID    string `json:"id"`
	Steps []struct {
		Set     string   `json:"set"`
		Cookies []string `json:"cookies"`
		JS      string   `json:"js"`
		Code    string   `json:"code"`
	} `json:"steps"`
	Get []struct {
		URL            string  `json:"url"`
		Cookie         *string `json:"cookie"`
		DocumentCookie *string `json:"document_cookie"`
		CookieLength   *int    `json:"cookie_length"`
		Chromium       *string `json:"chromium"`
		Firefox        *string `json:"firefox"`
		RFC            *string `json:"rfc6265bis"`
	} `json:"get"`
	Refused []string       `json:"chromium_refused_because"`
	Stored  []goldenCookie `json:"chromium_stored"`
}

type goldenCookie struct {
	Name     string `json:"name"`
	Value    string `json:"value"`
	Domain   string `json:"domain"`
	Path     string `json:"path"`
	Session  bool   `json:"session"`
	Lifetime int    `json:"lifetime_s"`
	HTTPOnly bool   `json:"httpOnly"`
	Secure   bool   `json:"secure"`
	SameSite string `json:"sameSite"`
}

// deviation is a recorded fact the jar does not share.
type deviation struct{ browser, fact, why string }

// deviations lists all of them by case. One that no longer occurs fails the
// test, as does one that is not listed.
var deviations = map[string][]deviation{
	"prefix-host-nameless-noeq": {
		{"firefox", "header https://lab.example.org:8443/", "takes a nameless cookie's value for its name, and __Host- without Path=/ for valid"},
		{"firefox", "header https://lab.example.org:8443/lab/x", "as above"},
	},
	"bytes-nameless": {
		{"firefox", "header https://lab.example.org:8443/", "drops =v; the draft keeps a nameless cookie"},
	},
	"life-maxage-plus": {
		{"chromium", "stored", "reads Max-Age=+60 as 60; the draft wants a digit or a minus first"},
	},
	"prefix-host-http": {
		{"chromium", "refused", "checks the prefix before the scheme; the draft's step 13 comes before step 21"},
	},
	"bytes-nul": {
		{"chromium", "refused", "reports no reason for dropping a header with NUL"},
	},
	"bytes-latin1-byte": {
		{"chromium", "stored", "was recorded with a mangled value: the octet E9 is no UTF-8 text"},
	},
	"partitioned-insecure": {
		{"chromium", "refused", "reports no reason for refusing Partitioned without Secure"},
	},
}

// refusals gives the reasons of ours that Chromium's word stands for.
var refusals = map[string][]Reason{
	"SecureOnly":           {ReasonSecureNeedsHTTPS},
	"OverwriteSecure":      {ReasonOverlaysSecure},
	"InvalidPrefix":        {ReasonPrefixHost, ReasonPrefixSecure, ReasonPrefixHTTP},
	"SameSiteNoneInsecure": {ReasonSameSiteNoneNeedsSecure},
	"InvalidDomain":        {ReasonDomainMismatch, ReasonPublicSuffix, ReasonNonASCIIDomain},
	"NoCookieContent":      {ReasonEmpty},
	"DisallowedCharacter":  {ReasonControlCharacter},
}

func loadGolden(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

func TestJarDoesWhatBrowsersWereSeenToDo(t *testing.T) {
	var golden struct{ Cases []goldenCase }
	loadGolden(t, "browser_jar.json", &golden)
	if len(golden.Cases) != 94 {
		t.Fatalf("%d golden cases; want 94", len(golden.Cases))
	}
	for _, c := range golden.Cases {
		t.Run(c.ID, func(t *testing.T) {
			want := deviations[c.ID]
			got := replay(t, c)
			for _, d := range want {
				i := slices.IndexFunc(got, func(g deviation) bool { return g.browser == d.browser && g.fact == d.fact })
				if i < 0 {
					t.Errorf("%s, %s: listed as a deviation (%s), but the jar agrees", d.browser, d.fact, d.why)
					continue
				}
				got = slices.Delete(got, i, i+1)
			}
			for _, g := range got {
				t.Errorf("%s, %s: %s", g.browser, g.fact, g.why)
			}
		})
	}
	for id := range deviations {
		if !slices.ContainsFunc(golden.Cases, func(c goldenCase) bool { return c.ID == id }) {
			t.Errorf("deviation of an unknown case %q", id)
		}
	}
}

// replay gives the jar what the browsers were given, and returns where it
// differs from them. Differences from the draft itself fail at once.
func replay(t *testing.T, c goldenCase) (found []deviation) {
	t.Helper()
	differ := func(browser, fact, format string, args ...any) {
		found = append(found, deviation{browser, fact, fmt.Sprintf(format, args...)})
	}
	var j Jar
	var refused []Reason
	for _, step := range c.Steps {
		for _, line := range step.Cookies {
			if strings.Contains(line, "(raw)") {
				line = strings.ReplaceAll(line, "é", "\xe9") // sent as one octet
			}
			refused = appendRefusal(refused, j.SetCookie(parse(t, step.Set), line, recorded))
		}
		if step.JS != "" {
			line := regexp.MustCompile(`^document\.cookie='(.*)'$`).FindStringSubmatch(step.Code)[1]
			j.SetDocumentCookie(parse(t, step.JS), line, recorded)
		}
	}
	if !sameRefusals(c.Refused, refused) {
		differ("chromium", "refused", "refused %q; chromium %q", refused, c.Refused)
	}
	for _, get := range c.Get {
		u := parse(t, get.URL)
		header := strings.ToValidUTF8(j.Header(u, recorded), "\ufffd")
		if get.CookieLength != nil && len(header) != *get.CookieLength {
			differ("both", "length "+get.URL, "Header(%q) has %d octets; want %d", get.URL, len(header), *get.CookieLength)
		}
		if get.RFC != nil && header != *get.RFC {
			t.Errorf("Header(%q) = %q; want %q as the draft says", get.URL, header, *get.RFC)
		}
		for browser, want := range map[string]*string{"both": get.Cookie, "chromium": get.Chromium, "firefox": get.Firefox} {
			if want != nil && header != *want {
				differ(browser, "header "+get.URL, "Header(%q) = %q; want %q", get.URL, header, *want)
			}
		}
		if document := j.DocumentCookie(u, recorded); get.DocumentCookie != nil && document != *get.DocumentCookie {
			differ("both", "document "+get.URL, "DocumentCookie(%q) = %q; want %q", get.URL, document, *get.DocumentCookie)
		}
	}
	if got, want := describe(j.All(recorded)), describeGolden(c.Stored); !slices.Equal(got, want) {
		differ("chromium", "stored", "stored %q; want %q", got, want)
	}
	return found
}

func appendRefusal(refused []Reason, r Result) []Reason {
	if r.Outcome == Ignored && r.Reason != ReasonAlreadyExpired {
		return append(refused, r.Reason)
	}
	return refused
}

func sameRefusals(words []string, reasons []Reason) bool {
	return slices.EqualFunc(words, reasons, func(word string, r Reason) bool { return slices.Contains(refusals[word], r) })
}

func describeGolden(cookies []goldenCookie) []string {
	var lines []string
	for _, c := range cookies {
		if c.SameSite == "" {
			c.SameSite = string(SameSiteDefault)
		}
		lines = append(lines, fmt.Sprint(c.Name, "=", c.Value, " ", c.Domain, c.Path, " ",
			c.Session, c.Lifetime/60, c.HTTPOnly, c.Secure, c.SameSite))
	}
	slices.Sort(lines)
	return lines
}

// shorten writes a long text as the recording does.
func shorten(s string) string {
	if len(s) > 1000 {
		return fmt.Sprintf("%d bytes", len(s))
	}
	return s
}

// describe writes cookies as describeGolden does; lifetimes in minutes, since
// the recorded seconds are rounded.
func describe(cookies []Cookie) []string {
	var golden []goldenCookie
	for _, c := range cookies {
		g := goldenCookie{Name: shorten(c.Name), Value: shorten(c.Value), Domain: c.Domain, Path: c.Path, Session: !c.Persistent,
			HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: string(c.SameSite)}
		if !c.HostOnly {
			g.Domain = "." + c.Domain
		}
		if c.Persistent {
			g.Lifetime = int(c.Expires.Sub(recorded).Seconds())
		}
		golden = append(golden, g)
	}
	return describeGolden(golden)
}

func parse(t testing.TB, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
