package browser_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/browser"
	"github.com/sessionlab/sessionlab/internal/jar"
)

// The tour is taken by real browsers too, in e2e, which records what they do. Here a
// virtual browser takes it, and does the same at each step. Where it does not, the step
// says which difference of [jar.Differences] that is.

// A tourStep is a step of the tour. A chapter begins with an empty jar.
type tourStep struct {
	Chapter, ID, Rule, Idea string

	At        string   // the page that sets the cookies
	Elsewhere bool     // another website asks for it: by a link, or by a form for POST
	Method    string   // "" is GET
	Set       []string // its Set-Cookie lines
	Script    []string // or what a script of it assigns to document.cookie
	Ended     string   // the name of a cookie to wait for the end of
	Ask       []string // what is asked for afterwards: At if it is empty

	// Differs names the differences by which a browser of that name does otherwise.
	Differs map[string][]string
}

// toured is what a browser did at a step.
type toured struct {
	ID      string     `json:"id"`
	Sent    []string   `json:"sent"`    // the Cookie header of each request
	Script  string     `json:"script"`  // document.cookie of the page then
	Cookies []tourKept `json:"cookies"` // all that it keeps
}

// tourKept is a cookie as a browser keeps it.
type tourKept struct {
	Name     string `json:"name"`
	Value    string `json:"value"`
	Host     string `json:"host"`
	Path     string `json:"path"`
	Lasts    int64  `json:"lasts,omitempty"` // seconds from when it was set; 0: until the browser closes
	HTTPOnly bool   `json:"http_only,omitempty"`
	Secure   bool   `json:"secure,omitempty"`
	SameSite string `json:"same_site,omitempty"`
}

func TestAVirtualBrowserDoesOnTheTourWhatRealOnesDo(t *testing.T) {
	var steps []tourStep
	readTour(t, "tour.json", &steps)
	recorded := map[string][]toured{"chromium": nil, "firefox": nil}
	for name := range recorded {
		var all []toured
		readTour(t, "tour_"+name+".json", &all)
		if len(all) != len(steps) || len(all) < 50 {
			t.Fatalf("%s took %d steps; the tour has %d", name, len(all), len(steps))
		}
		recorded[name] = all
	}
	listed, met := make(map[string]bool), make(map[string]bool)
	for _, d := range jar.Differences {
		if recorded[d.Browser] == nil {
			continue
		}
		listed[d.Browser+" "+d.Name] = true
	}
	guide := newTourGuide(t)
	for i, s := range steps {
		if i == 0 || s.Chapter != steps[i-1].Chapter {
			guide.begin()
		}
		got := asJSON(t, guide.visit(s))
		for name, all := range recorded {
			want, differs := asJSON(t, all[i]), s.Differs[name]
			if (got != want) != (len(differs) > 0) {
				t.Errorf("%s, %s (%s: %s): differences named: %q\n     got %s\n%8s %s", name, s.ID, s.Rule, s.Idea, differs, got, name, want)
			}
			for _, d := range differs {
				met[name+" "+d] = true
			}
		}
	}
	for d := range met {
		if !listed[d] {
			t.Errorf("no difference is called %q", d)
		}
	}
	for d := range listed {
		if !met[d] {
			t.Errorf("nobody meets the difference %q", d)
		}
	}
}

func readTour(t testing.TB, file string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// A tourGuide takes the tour with a virtual browser and a website.
type tourGuide struct {
	t      *testing.T
	client *browser.Client
	jar    jar.Jar
	now    time.Time
	sent   string // the Cookie header of the last request
	kept   map[string]time.Time
	lasts  map[string]int64
}

func newTourGuide(t *testing.T) *tourGuide {
	g := &tourGuide{t: t, now: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
	g.client = serve(t, func(_ http.ResponseWriter, r *http.Request) {
		g.sent = strings.Join(r.Header["Cookie"], "; ")
	})
	return g
}

// begin empties the jar.
func (g *tourGuide) begin() {
	g.jar, g.kept, g.lasts = jar.Jar{}, make(map[string]time.Time), make(map[string]int64)
}

// visit does at a step what e2e has real browsers do.
func (g *tourGuide) visit(s tourStep) toured {
	g.t.Helper()
	did := toured{ID: s.ID}
	g.now = g.now.Add(time.Second)
	did.Sent = append(did.Sent, g.request(s))
	for _, line := range s.Script {
		g.jar.SetDocumentCookie(address(g.t, s.At), g.written(line), g.now)
	}
	if s.Ended != "" {
		g.now = g.now.Add(time.Second)
	}
	did.Script = short(g.jar.DocumentCookie(address(g.t, s.At), g.now))
	for _, at := range append(s.Ask, s.At)[:max(1, len(s.Ask))] {
		did.Sent = append(did.Sent, g.request(tourStep{At: at}))
	}
	for i := range did.Sent {
		did.Sent[i] = short(did.Sent[i])
	}
	did.Cookies = g.cookies()
	return did
}

// request sends a request with the cookies of the jar, and returns the Cookie header that
// arrived. The jar is given the lines that the website sets, as a bench gives them: not
// from the response, in which Go's client takes no control bytes.
func (g *tourGuide) request(s tourStep) string {
	g.t.Helper()
	r := browser.Request{Method: s.Method, URL: address(g.t, s.At), Elsewhere: s.Elsewhere}
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	if _, err := g.client.Send(g.t.Context(), "alice", g.jar.HeaderFor(r.Context(), g.now), r); err != nil {
		g.t.Fatalf("%s: %v", s.ID, err)
	}
	for _, line := range s.Set {
		g.jar.SetCookieFor(r.Context(), g.written(line), g.now)
	}
	return g.sent
}

// cookies returns what the jar keeps.
func (g *tourGuide) cookies() []tourKept {
	all := []tourKept{}
	for _, c := range g.jar.All(g.now) {
		k := tourKept{Name: short(c.Name), Value: short(c.Value), Host: c.Domain, Path: short(c.Path), HTTPOnly: c.HTTPOnly, Secure: c.Secure}
		if !c.HostOnly {
			k.Host = "." + c.Domain
		}
		if c.SameSite != jar.SameSiteDefault {
			k.SameSite = string(c.SameSite)
		}
		key := c.Domain + c.Path + " " + c.Name
		if was, ok := g.kept[key]; !ok || !was.Equal(c.Expires) {
			g.kept[key] = c.Expires
			g.lasts[key] = int64(c.Expires.Sub(g.now).Seconds())
		}
		if c.Persistent {
			k.Lasts = g.lasts[key]
		}
		all = append(all, k)
	}
	slices.SortFunc(all, func(a, b tourKept) int { return strings.Compare(asJSON(g.t, a), asJSON(g.t, b)) })
	return all
}

var tourWord = regexp.MustCompile(`\{(.+?)\*(\d+)\}|\{\+(\d+)\}`)

// written writes a line out: {x*3} is xxx, {+60} the date in a minute.
func (g *tourGuide) written(line string) string {
	return tourWord.ReplaceAllStringFunc(line, func(word string) string {
		m := tourWord.FindStringSubmatch(word)
		if m[3] != "" {
			seconds, _ := strconv.Atoi(m[3]) // the expression has digits alone
			return g.now.Add(time.Duration(seconds) * time.Second).Format(http.TimeFormat)
		}
		times, _ := strconv.Atoi(m[2])
		return strings.Repeat(m[1], times)
	})
}

// short writes a long text by its beginning and its length.
func short(s string) string {
	var all []string
	for pair := range strings.SplitSeq(s, "; ") {
		if len(pair) > 100 {
			pair = fmt.Sprintf("%s… %d bytes", pair[:10], len(pair))
		}
		all = append(all, pair)
	}
	return strings.Join(all, "; ")
}
