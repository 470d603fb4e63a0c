package views

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// setLens is what a lesson about set draws.
var setLens = []string{
	"request.sent", "code.ran", "save.asked", "save.done", "delete.asked", "delete.done",
	"response.sent", "cookie.stored", "cookie.replaced", "cookie.deleted",
}

func exampleBenchInSmall(text *i18n.Text, s *Step) LessonBench {
	b := LessonBench{
		Page: examplePage(text), Step: s, Lens: setLens,
		Controls: []LessonControl{
			{ID: "key", Kind: ControlField, Label: "Key", Value: "theme"},
			{ID: "value", Kind: ControlField, Label: "Value", Value: "dark"},
			{ID: "set", Kind: ControlOp, Label: "Set", Method: "post", Action: "/app/x/set", Sends: []string{"key", "value"}, Form: []Field{{"back", "/en/course/x"}}},
			{ID: "get", Kind: ControlOp, Label: "Get", Method: "get", Action: "/app/x/get", Sends: []string{"key"}, Form: []Field{{"back", "/en/course/x"}}, Primary: true},
			{ID: "clear", Kind: ControlOp, Label: "Clear", Method: "post", Action: "/app/x/clear", Form: []Field{{"back", "/en/course/x"}}},
		},
		At: "/en/course/x?",
	}
	if s != nil {
		b.All = "/en/lab?step=" + itoa(s.N)
	}
	return b
}

func TestALessonDrawsOrCountsEveryEvent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kinds := []string{"request.sent", "cookie.read", "load.asked", "load.found", "code.ran", "response.sent"}
		var events []Event
		for n := range rapid.IntRange(0, 30).Draw(t, "count") {
			e := anyEvent(n+1).Draw(t, "event")
			e.Kind = rapid.SampledFrom(kinds).Draw(t, "kind")
			events = append(events, e)
		}
		lens := rapid.SliceOfDistinct(rapid.SampledFrom(kinds), rapid.ID[string]).Draw(t, "lens")
		n, folded := 0, false
		for _, r := range rungs(events, lens) {
			if r.folded && folded {
				t.Fatal("two folds follow each other; want one")
			}
			folded = r.folded
			if !r.folded && len(r.events) != 1 {
				t.Fatalf("%d events are drawn as one", len(r.events))
			}
			for i := range r.events {
				if n++; r.events[i].N != n {
					t.Fatalf("event %d is where event %d belongs", r.events[i].N, n)
				}
				if got := slices.Contains(lens, r.events[i].Kind); got == r.folded {
					t.Fatalf("event %d of kind %q is folded: %v; the lens is %q", n, r.events[i].Kind, r.folded, lens)
				}
			}
		}
		if n != len(events) {
			t.Fatalf("%d events are drawn or counted; want all %d", n, len(events))
		}
	})
}

func TestTheNumbersOfDrawnEventsStayTrue(t *testing.T) {
	for lang, text := range texts(t) {
		b := exampleBenchInSmall(text, setStep())
		for name, in := range map[string]density{"wide": lessonWide, "compact": lessonCompact} {
			html := render(t, lessonLadder(&b, in))
			var got []string
			for _, m := range regexp.MustCompile(`class="(?:num|fo)"[^>]*>([–\d]+)`).FindAllStringSubmatch(html, -1) {
				got = append(got, m[1])
			}
			if want := []string{"1", "2–6", "7", "8", "9", "10", "11"}; !slices.Equal(got, want) {
				t.Errorf("%s, %s: the rows are numbered %q; want %q", lang, name, got, want)
			}
		}
	}
}

// A question to the store goes without saying before its answer.
func TestAFoldNamesWhatItHides(t *testing.T) {
	s := setStep()
	fold := rung{events: s.Events[1:6], folded: true}
	for lang, want := range map[i18n.Lang]string{
		i18n.En: "2–6  cookie read, signature right, record found, session open",
		i18n.Zh: "2–6  读 Cookie，签名正确，查到记录，打开会话",
	} {
		text := texts(t)[lang]
		if got := fold.chip(text, 200); got != want {
			t.Errorf("%s: the fold says %q; want %q", lang, got, want)
		}
		for size := 8; size < 70; size++ {
			got := fold.chip(text, size)
			if width(got) > size || !strings.HasPrefix(got, "2–6 ") {
				t.Errorf("%s: in %d columns the fold says %q; want its numbers, and no more than there is room for", lang, size, got)
			}
		}
	}
}

func TestEveryKindOfEventHasAShortName(t *testing.T) {
	for lang, text := range texts(t) {
		for _, kind := range kindsTold(t, lang) {
			r := rung{events: []Event{{Kind: kind, N: 1}}, folded: true}
			if got := r.chip(text, 90); strings.Contains(got, "ladder.name") || width(got) < 6 {
				t.Errorf("%s: %s is called %q", lang, kind, got)
			}
		}
	}
}

// A browser without a cookie keeps none.
func TestAFoldDoesNotSayThatAMissingCookieWasKept(t *testing.T) {
	for brief, want := range map[string]map[i18n.Lang]string{
		"":                 {i18n.En: "7  cookie left as it is", i18n.Zh: "7  Cookie 保持原样"},
		"cookie.no-cookie": {i18n.En: "7  still no cookie", i18n.Zh: "7  仍然没有 Cookie"},
		"cookie.lost":      {i18n.En: "7  no cookie any more", i18n.Zh: "7  不再有 Cookie"},
	} {
		for lang, text := range texts(t) {
			fold := rung{events: []Event{{Kind: "cookie.kept", Brief: brief, N: 7}}, folded: true}
			if got := fold.chip(text, 90); got != want[lang] {
				t.Errorf("%s, %q: the fold says %q; want %q", lang, brief, got, want[lang])
			}
		}
	}
}

func TestNoWordsOfALessonsLadderLeaveTheirRow(t *testing.T) {
	for lang, text := range texts(t) {
		for name, in := range map[string]density{"wide": lessonWide, "compact": lessonCompact} {
			for _, s := range exampleSteps() {
				for _, lens := range [][]string{setLens, {"request.sent"}, nil} {
					all := rungs(s.Events, lens)
					g := in.lesson(text, all)
					for i := range g.rows {
						r, e := &g.rows[i], &all[i].events[0]
						if r.last == 0 {
							if why := r.leaves(g, e); why != "" {
								t.Errorf("%s, %s, step %d, event %d: %s", lang, name, s.N, e.N, why)
							}
							continue
						}
						size := width(r.title[0]) * in.titleCell / 10
						if left, right := r.textX-size/2, r.textX+size/2; left < r.x1+6 || right > r.x2-6 || r.x1 < 0 || r.x2 > in.width {
							t.Errorf("%s, %s, step %d: the words of fold %q span %d to %d; want them within %d and %d", lang, name, s.N, r.title[0], left, right, r.x1, r.x2)
						}
					}
				}
			}
		}
	}
}

// The player goes through the rows: from the first to the result, and back.
func TestThePlayerOfALessonStopsAtEachRow(t *testing.T) {
	b := exampleBenchInSmall(texts(t)[i18n.En], setStep())
	b.Event = 1
	var got []string
	for {
		got = append(got, b.ordinal())
		next := b.after()
		if next == 0 {
			break
		}
		was := b.at()
		if b.Event = next; b.before() != was {
			t.Errorf("before %d comes %d; want %d", next, b.before(), was)
		}
	}
	if want := []string{"1", "6", "7", "8", "9", "10", "11", "="}; !slices.Equal(got, want) {
		t.Errorf("the player stops at %q; want %q", got, want)
	}
}

// The panes follow the player: the record is as it was until it is saved.
func TestThePanesOfALessonFollowItsPlayer(t *testing.T) {
	b := exampleBenchInSmall(texts(t)[i18n.En], setStep())
	for _, test := range []struct {
		event      int
		has, hasNo []string // in the store's pane
	}{
		{7, []string{`&#34;amber&#34;`}, []string{`&#34;teal&#34;`, "changed</span>"}},
		{9, []string{`&#34;teal&#34;`, "changed</span>"}, []string{`&#34;amber&#34;`}},
		{0, []string{`&#34;teal&#34;`, "changed</span>"}, []string{`&#34;amber&#34;`}},
	} {
		b.Event = test.event
		html := render(t, lessonBench(b))
		if got, want := strings.Contains(html, "the same</span>"), test.event == 0; got != want {
			t.Errorf("at event %d the cookie is said to be the same: %v; want that at the result", test.event, got)
		}
		html = html[strings.Index(html, `id="duo-store"`):strings.Index(html, `class="between"`)]
		for _, s := range test.has {
			if !strings.Contains(html, s) {
				t.Errorf("at event %d: no %q", test.event, s)
			}
		}
		for _, s := range test.hasNo {
			if strings.Contains(html, s) {
				t.Errorf("at event %d: there is %q", test.event, s)
			}
		}
	}
}

func TestALockedBenchShowsNeitherEventsNorMarks(t *testing.T) {
	for lang, text := range texts(t) {
		b := exampleBenchInSmall(text, setStep())
		b.Locked, b.Asked = true, "browser"
		html := render(t, lessonBench(b))
		for _, no := range []string{`class="ev`, `class="badge"`, `class="ran"`} {
			if strings.Contains(html, no) {
				t.Errorf("%s: a locked bench has %s", lang, no)
			}
		}
		if got, want := strings.Count(html, " disabled"), strings.Count(html, "<button"); got != want {
			t.Errorf("%s: %d of %d buttons are disabled; want all", lang, got, want)
		}
		if why := text.T("ladder.locked"); !strings.Contains(html, why) {
			t.Errorf("%s: the bench does not say %q", lang, why)
		}
		if empty := text.T("ladder.empty"); !strings.Contains(html, empty) {
			t.Errorf("%s: the bench does not say %q", lang, empty)
		}
	}
}

func TestTheBrowserOfALessonSaysWhoseItIs(t *testing.T) {
	s := setStep()
	b := exampleBenchInSmall(texts(t)[i18n.En], s)
	if html := render(t, lessonBench(b)); !strings.Contains(html, "your browser") {
		t.Error("the learner's own browser is not said to be theirs")
	}
	s.Badge = Badge{Slot: 2, Letter: "M", Name: "Mallory"}
	if html := render(t, lessonBench(b)); !strings.Contains(html, `data-b="2"`) || !strings.Contains(html, "<b>Mallory</b>") || strings.Contains(html, "your browser") {
		t.Error("the pane does not show the badge and the name of Mallory's browser")
	}
}

// Get sends the key alone: by a script that leaves the value out, or without scripts
// by a form of its own.
func TestAnOperationOfALessonSendsItsOwnFields(t *testing.T) {
	html := render(t, lessonBench(exampleBenchInSmall(texts(t)[i18n.En], setStep())))
	get := regexp.MustCompile(`<button[^>]*id="b-get"[^>]*>`).FindString(html)
	for _, s := range []string{`data-without="value"`, `formaction="/app/x/get"`, `formmethod="get"`, "js"} {
		if !strings.Contains(get, s) {
			t.Errorf("Get is %s; want %s in it", get, s)
		}
	}
	form := regexp.MustCompile(`(?s)<form class="group no-js" method="get" action="/app/x/get">.*?</form>`).FindString(html)
	if !strings.Contains(form, `name="key"`) || strings.Contains(form, `name="value"`) {
		t.Errorf("without scripts Get is %s; want the key and no value", form)
	}
}

// kindsTold are the kinds of event that there are words for.
func kindsTold(t *testing.T, lang i18n.Lang) []string {
	t.Helper()
	file := readWords(t, string(lang), "flow")
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^\[event\.([a-z-]+\.[a-z]+)\]`).FindAllStringSubmatch(file, -1) {
		if !slices.Contains(all, m[1]) {
			all = append(all, m[1])
		}
	}
	if len(all) < 20 {
		t.Fatalf("%s has words for %s kinds of event; want all of them", lang, strconv.Itoa(len(all)))
	}
	return all
}
