package views

import (
	"regexp"
	"strings"
	"testing"
)

// standing is the bench with the player of a step at an event.
func standing(t *testing.T, s *Step, event int) (Lab, string) {
	t.Helper()
	v := exampleLab(texts(t)["en"], s)
	v.Event = event
	return v, render(t, Bench(v))
}

// numbers returns the event numbers of the elements whose class has a word.
func numbers(html, word string) string {
	var list []string
	for _, m := range regexp.MustCompile(`class="ev [^"]*\b`+word+`" data-n="(\d+)"`).FindAllStringSubmatch(html, -1) {
		list = append(list, m[1])
	}
	return strings.Join(list, " ")
}

func TestAPageStandsAtTheEventThatIsAskedFor(t *testing.T) {
	s := loginStep() // 11 events: saved by the 8th, stored in the browser by the 11th
	for _, tt := range []struct {
		event                      int
		say, count, now, future    string
		browserIsOld, storeIsOld   bool
		position, before, nextAddr string
	}{
		{BeforeFirst, "Before the request", "0 / 11", "", "1 2 3 4 5 6 7 8 9 10 11", true, true, "0", "", "event=1"},
		{4, s.Events[3].Say, "4 / 11", "4", "5 6 7 8 9 10 11", true, true, "4", "event=3", "event=5"},
		{8, s.Events[7].Say, "8 / 11", "8", "9 10 11", true, false, "8", "event=7", "event=9"},
		{11, s.Events[10].Say, "11 / 11", "11", "", false, false, "11", "event=10", "step=1"},
		{0, s.Result, "= / 11", "", "", false, false, "12", "event=11", "event=0"},
	} {
		_, html := standing(t, s, tt.event)
		twice := func(s string) string { return strings.TrimSpace(s + " " + s) } // two densities
		if got := numbers(html, "is-now"); got != twice(tt.now) {
			t.Errorf("at %d the events now are %q; want %q in both diagrams", tt.event, got, tt.now)
		}
		if got := numbers(html, "is-future"); got != twice(tt.future) {
			t.Errorf("at %d the events to come are %q; want %q in both diagrams", tt.event, got, tt.future)
		}
		for _, want := range []string{
			`class="say-text">` + escaped(tt.say), `class="count">` + tt.count + `<`, `data-position="` + tt.position + `"`,
			`value="` + tt.position + `" data-act="seek"`,
		} {
			if !strings.Contains(html, want) {
				t.Errorf("at %d the page lacks %s", tt.event, want)
			}
		}
		browser := between(t, html, `id="pane-browser"`, `id="pane-store"`)
		store := between(t, html, `id="pane-store"`, `</main>`)
		for name, pane := range map[string]struct {
			html string
			old  bool
		}{"browser": {browser, tt.browserIsOld}, "store": {store, tt.storeIsOld}} {
			if got := strings.Contains(pane.html, "now not-yet"); got != pane.old {
				t.Errorf("at %d the %s is as it was before: %v; want %v", tt.event, name, got, pane.old)
			}
		}
		transport := between(t, html, `class="transport"`, `class="drawers"`)
		for _, link := range []struct{ act, to string }{{"prev", tt.before}, {"next", tt.nextAddr}} {
			element := regexp.MustCompile(`<a [^>]*data-act="` + link.act + `"[^>]*>`).FindString(transport)
			if link.to == "" {
				if strings.Contains(element, "href=") || !strings.Contains(element, `aria-disabled="true"`) {
					t.Errorf("at %d %s; want it to lead nowhere", tt.event, element)
				}
			} else if !strings.Contains(element, link.to+`"`) {
				t.Errorf("at %d %s; want it to lead to %s", tt.event, element, link.to)
			}
		}
	}
}

// between returns what stands between two marks of a page.
func between(t *testing.T, html, from, to string) string {
	t.Helper()
	_, rest, ok := strings.Cut(html, from)
	part, _, also := strings.Cut(rest, to)
	if !ok || !also {
		t.Fatalf("the page lacks %q or %q after it", from, to)
	}
	return part
}

func escaped(s string) string { return strings.ReplaceAll(s, "&", "&amp;") }

func TestAFactIsAsItWasUntilItsEvent(t *testing.T) {
	s := setStep()
	s.Store.ExpiresMark, s.Store.ExpiresWas, s.Store.VersionWas = Changed, "22 Dec 19:43", "2"
	for event, want := range map[int]bool{8: true, 9: false} {
		_, html := standing(t, s, event)
		facts := between(t, between(t, html, `id="pane-store"`, `</main>`), `<dl class="facts">`, `</dl>`)
		if got := strings.Count(facts, `class="fact not-yet"`) == 2; got != want {
			t.Errorf("at %d the facts are old: %v; want %v", event, got, want)
		}
		for _, was := range []string{`<span class="was">22 Dec 19:43</span>`, `<span class="was">2</span>`} {
			if !strings.Contains(facts, was) {
				t.Errorf("the facts lack %s", was)
			}
		}
	}
}

func TestAddressesKeepTheFilterAndTheForm(t *testing.T) {
	v := exampleLab(texts(t)["zh"], setStep())
	v.Timeline.Client, v.Present = "curl", true
	for got, want := range map[string]string{
		v.step(7):             "/zh/lab?step=7&client=curl&present",
		v.event(4):            "/zh/lab?step=2&event=4&client=curl&present",
		v.event(v.end()):      "/zh/lab?step=2&client=curl&present",
		v.plain():             "/zh/lab?step=2&client=curl",
		v.filtered(""):        "/zh/lab?step=2&present",
		v.filtered("program"): "/zh/lab?client=program&present",
	} {
		if got != want {
			t.Errorf("address = %q; want %q", got, want)
		}
	}
}

func TestAnEventConcernsWhatItIsAbout(t *testing.T) {
	for kind, want := range map[string]string{
		"request.sent": "cookie", "cookie.kept": "cookie", "set-cookie.built": "cookie", "signature.invalid": "signature",
		"id.renewed": "id", "load.asked": "record", "save.conflict": "record", "code.ran": "", "password.checked": "", "x": "",
	} {
		if got := concern(kind); got != want {
			t.Errorf("concern(%q) = %q; want %q", kind, got, want)
		}
	}
}

func TestTheStripSaysWhoSentAStep(t *testing.T) {
	for lang, words := range map[string][2]string{"en": {"other browser", "program"}, "zh": {"另一浏览器", "程序"}} {
		for l, text := range texts(t) {
			if string(l) != lang {
				continue
			}
			v := exampleLab(text, setStep())
			v.Timeline.Items = []TimelineItem{
				{Tick: Tick{N: 1}, Client: "browser"}, {Tick: Tick{N: 2}, Client: "other-browser", Label: "2"},
				{Tick: Tick{N: 3}, Client: "curl", Label: "3"}, {Tick: Tick{N: 4}, Client: "program", Label: "4"},
			}
			v.Timeline.Ticks = make([]Tick, 4)
			v.Timeline.Clients = []string{"browser", "curl"}
			html := render(t, Bench(v))
			strip := between(t, html, `<ol class="strip`, `</ol>`)
			for _, want := range []string{`#by-other-browser"></use></svg><em>` + words[0] + `<`, `#by-curl"></use></svg><em>curl<`, `#by-program"></use></svg><em>` + words[1] + `<`} {
				if !strings.Contains(strip, want) {
					t.Errorf("%s: the strip lacks %s", lang, want)
				}
			}
			if strings.Contains(strip, "#by-browser") {
				t.Errorf("%s: the strip says of the learner's own browser that it is one", lang)
			}
			if got := strings.Count(between(t, html, `class="filter"`, `</div>`), "<a"); got != 3 {
				t.Errorf("%s: the filter has %d links; want all, the browser and curl", lang, got)
			}
		}
	}
}

func TestAPresentedPageSaysSoAndLeadsBack(t *testing.T) {
	v := exampleLab(texts(t)["en"], setStep())
	if html := render(t, Bench(v)); strings.Contains(html, "data-present>") || !strings.Contains(html, `id="present" href="/en/lab?step=2&amp;present"`) {
		t.Error("the bench lacks the way to its form for a projector, or has that form")
	}
	v.Present = true
	if html := render(t, Bench(v)); !strings.Contains(html, "data-present>") || !strings.Contains(html, `id="leave" href="/en/lab?step=2"`) {
		t.Error("the presented bench does not say so, or lacks the way back")
	}
}
