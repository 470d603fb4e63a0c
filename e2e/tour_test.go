package e2e

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// The tour is a list of lines that a website may set, each with the rule that it is
// about. What each browser makes of it is recorded beside it, in the folder of the
// virtual browsers, whose test takes the same tour and compares. This test says whether
// the recording is still true; with -update it records anew.

const tourFolder = "../internal/browser/testdata/"

var update = flag.Bool("update", false, "record what the browsers do on the tour, rather than compare it")

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
}

// toured is what a browser was seen to do at a step.
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

func TestBrowsersDoOnTheTourWhatIsRecordedOfThem(t *testing.T) {
	everywhere(t, func(t *testing.T, with *browser) {
		var steps []tourStep
		readTour(t, "tour.json", &steps)
		file := "tour_" + with.name + ".json"
		var recorded []toured
		if !*update {
			readTour(t, file, &recorded)
		}
		site := newTourSite(t)
		all := make([]toured, len(steps))
		for first := 0; first < len(steps); {
			next := first + chapterLen(steps[first:])
			t.Run(steps[first].Chapter, func(t *testing.T) { // which leaves its tab to the next one
				guide := &tourGuide{t: t, with: with, site: site}
				guide.begin()
				for i := first; i < next; i++ {
					s := steps[i]
					all[i] = guide.visit(s)
					if !*update && (i >= len(recorded) || asJSON(all[i]) != asJSON(recorded[i])) {
						t.Errorf("%s (%s: %s) is not what was recorded: %s", s.ID, s.Rule, s.Idea, asJSON(all[i]))
					}
				}
			})
			first = next
		}
		if *update && !t.Failed() {
			record(t, file, all)
		}
	})
}

// chapterLen is how many of the steps are in the chapter of the first one.
func chapterLen(steps []tourStep) int {
	n := slices.IndexFunc(steps, func(s tourStep) bool { return s.Chapter != steps[0].Chapter })
	if n < 0 {
		return len(steps)
	}
	return n
}

func readTour(t testing.TB, file string, into any) {
	t.Helper()
	data, err := os.ReadFile(tourFolder + file)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// record writes one step a line.
func record(t testing.TB, file string, all []toured) {
	t.Helper()
	lines := make([]string, len(all))
	for i, s := range all {
		lines[i] = asJSON(s)
	}
	text := "[\n" + strings.Join(lines, ",\n") + "\n]\n"
	if err := os.WriteFile(tourFolder+file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// A tourGuide takes the tour with a browser.
type tourGuide struct {
	t     *testing.T
	with  *browser
	site  *tourSite
	page  *Page
	kept  map[string]Cookie // as of the step before
	lasts map[string]int64  // what is known of their lifetimes
}

// begin opens the browser anew, with no cookies.
func (g *tourGuide) begin() {
	g.page = g.with.page(g.t, g.site.url, View{})
	g.page.Allow("external request: http://localhost")
	g.page.Allow(g.site.port + "/") // what browsers say of cookies in the console
	g.page.Allow("Cookie")
	g.kept, g.lasts = make(map[string]Cookie), make(map[string]int64)
}

func (g *tourGuide) visit(s tourStep) toured {
	g.t.Helper()
	did := toured{ID: s.ID}
	before := time.Now()
	did.Sent = append(did.Sent, g.request(s))
	for _, line := range s.Script {
		g.page.Eval("document.cookie = " + asJSON(expandTour(line, time.Now())))
	}
	if s.Ended != "" {
		g.page.Await(`!document.cookie.includes("` + s.Ended + `=")`)
	}
	did.Script = shortTour(eval[string](g.page, "document.cookie"))
	for _, address := range append(s.Ask, s.At)[:max(1, len(s.Ask))] {
		did.Sent = append(did.Sent, g.fetch(address))
	}
	for i := range did.Sent {
		did.Sent[i] = shortTour(did.Sent[i])
	}
	did.Cookies = g.cookies(s.Ended, before, time.Now())
	return did
}

// fetch has a script of the page ask for another of its site, or the browser for one of
// another site, and returns the Cookie header.
func (g *tourGuide) fetch(at string) string {
	g.t.Helper()
	address, n := g.site.expect(tourStep{At: at})
	if eval[bool](g.page, "new URL("+asJSON(address)+").origin === location.origin") {
		g.page.Eval("fetch(" + asJSON(address) + ").then(r => r.text())")
	} else {
		g.load(address)
	}
	return g.site.sent(g.t, n)
}

// request has the browser ask for the page of a step, and returns the Cookie header.
func (g *tourGuide) request(s tourStep) string {
	g.t.Helper()
	address, n := g.site.expect(s)
	if !s.Elsewhere {
		g.load(address)
	} else {
		g.load(g.site.elsewhere(s, address))
		g.page.Eval(`void setTimeout(() => document.forms[0] ? document.forms[0].submit() : document.querySelector("a").click())`)
		g.page.Await(`location.href === ` + asJSON(address) + ` && document.readyState === "complete"`)
	}
	return g.site.sent(g.t, n)
}

func (g *tourGuide) load(address string) {
	g.t.Helper()
	g.page.do(func(ctx context.Context) error {
		_, err := g.page.tab.load(ctx, address)
		return err
	})
}

// cookies returns all that the browser keeps, but for one that it has just said to have
// ended: it tells the end in whole seconds, and that second may not be over. The cookies
// that are new were set between two moments.
func (g *tourGuide) cookies(ended string, after, before time.Time) []tourKept {
	g.t.Helper()
	all := []tourKept{}
	now := make(map[string]Cookie)
	for _, c := range g.page.Held() {
		if c.Expires != 0 && (c.Expires <= time.Now().Unix() || c.Name == ended) {
			continue // it is over, and Firefox has not removed it yet
		}
		if strings.HasPrefix(c.Path, "/app/") {
			continue // the tour goes to no such place: it is from the page that had the tab before
		}
		key := c.Domain + c.Path + " " + c.Name
		now[key] = c
		if was, ok := g.kept[key]; !ok || was.Expires != c.Expires {
			g.lasts[key] = lifetime(c, after, before)
		}
		all = append(all, tourKept{
			Name: shortTour(c.Name), Value: shortTour(c.Value), Host: c.Domain, Path: shortTour(c.Path), Lasts: g.lasts[key],
			HTTPOnly: c.HTTPOnly, Secure: c.Secure, SameSite: c.SameSite,
		})
	}
	g.kept = now
	slices.SortFunc(all, func(a, b tourKept) int { return strings.Compare(asJSON(a), asJSON(b)) })
	return all
}

// lifetime returns the seconds that a cookie lasts. The browser tells when it ends, and
// not when it was set, which was between two moments. On the tour they are whole minutes.
func lifetime(c Cookie, after, before time.Time) int64 {
	if c.Expires == 0 {
		return 0
	}
	most := c.Expires - after.Unix()
	if minutes := most / 60 * 60; minutes >= c.Expires-before.Unix()-1 {
		return minutes
	}
	return most
}

// shortTour writes a long text by its beginning and its length.
func shortTour(s string) string {
	var all []string
	for pair := range strings.SplitSeq(s, "; ") {
		if len(pair) > 100 {
			pair = fmt.Sprintf("%s… %d bytes", pair[:10], len(pair))
		}
		all = append(all, pair)
	}
	return strings.Join(all, "; ")
}
