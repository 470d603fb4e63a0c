package views

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// aroundPages are the pages around the bench, in every state.
func aroundPages(t *testing.T, text *i18n.Text) map[string]string {
	p := examplePage(text)
	pages := map[string]string{
		"raw":           render(t, Raw(exampleRaw(p, "session"))),
		"raw hostile":   render(t, Raw(exampleRaw(p, hostile))),
		"raw bare":      render(t, Raw(RawPage{Page: p, N: 1, Op: "login"})),
		"compare":       render(t, Compare(exampleCompare(p, "colour"))),
		"compare other": render(t, Compare(exampleCompare(p, hostile))),
		"compare none":  render(t, Compare(ComparePage{Page: p})),
		"config":        render(t, Config(exampleConfig(p))),
		"note":          render(t, Note(NotePage{Page: p, Points: []NotePoint{{N: 1, Point: "One", See: "Log in.", Right: "Not quite."}, {N: 2, Point: "Two", See: "Look.", Config: true}}})),
		"note lessons": render(t, Note(NotePage{Page: p, Points: []NotePoint{{N: 1, Point: "One", See: "Log in.", Lessons: []LessonLink{
			{N: 2, Slug: "login", Title: "Log in", Part: "q1.predict", Goal: "Log in"},
		}}}})),
		"course":        render(t, Course(exampleCourse(p))),
		"sheet":         render(t, FinalSheet(exampleSheet(p, `{"uname":"momo"}`))),
		"sheet hostile": render(t, FinalSheet(exampleSheet(p, hostile))),
		"sheet none":    render(t, FinalSheet(&FinalSheetPage{Page: p, Questions: []SheetQuestion{{ID: "set", Lesson: LessonLink{N: 4, Slug: "x", Title: "x"}}}})),
		"print none":    render(t, Print(PrintPage{Page: p, Bench: exampleBench})),
	}
	sheets := PrintPage{Page: p, Bench: exampleBench, Total: 90, Prev: 1, Next: 60}
	for _, s := range exampleSteps() {
		sheets.Steps = append(sheets.Steps, *s)
	}
	pages["print"] = render(t, Print(sheets))
	sheets.Form = PrintTwo
	pages["print two a page"] = render(t, Print(sheets))
	pages["print lines"] = render(t, Print(PrintPage{Page: p, Form: PrintLines, Bench: exampleBench, Total: 1, Lines: []PrintLine{
		{TimelineItem: TimelineItem{Tick: Tick{N: 1, Cookie: Added, Record: Removed}, Op: hostile, Client: "curl", Status: 401}, Time: "19:43:10"}}}))
	sheets.Form = PrintFull
	sheets.Steps = append(sheets.Steps[:0:0], *hostileLab(text).Step)
	pages["print hostile"] = render(t, Print(sheets))
	v := exampleLab(text, setStep())
	v.Next = Hint{ID: "get", Press: "get", Text: "Press “Get”.", Done: 2, All: 6}
	v.Warnings = []Warning{{Lane: "browser", Line: "A risk", Why: "Because."}, {Lane: "store", Line: "The session holds " + hostile, Why: "Because."}}
	pages["guided"] = render(t, Bench(v))
	return pages
}

func exampleRaw(p Page, name string) RawPage {
	return RawPage{
		Page: p, N: 2, Op: name, Title: name, Request: exampleRequest, Response: exampleResponse, Masked: true,
		Sent: []CookieHeader{{Name: "Cookie", Value: name + "=1", Pieces: []CookiePiece{{Name: name, Value: name, Does: "It names."}}}},
		Set: []CookieHeader{{Name: "Set-Cookie", Value: name, Refuse: "it is too long", Pieces: []CookiePiece{
			{Name: "HttpOnly", Does: "Hides.", Changes: []CookieChange{{To: "without HttpOnly", Would: "Shows."}}},
			{Name: "Secure", Absent: true, Does: "Everywhere."},
			{Name: name, Value: name, Ignored: "unknown"},
		}}},
	}
}

func exampleCompare(p Page, key string) ComparePage {
	a, b := StepRef{1, key, "your browser", "19:43:02"}, StepRef{2, "set", "curl", "19:43:10"}
	return ComparePage{
		Page: p, A: a, B: b, Steps: []StepRef{a, b}, Prev: [2]int{1, 2}, Next: [2]int{2, 3}, Jars: "Two jars.",
		Cookie: Comparison{Said: "The cookie is the same.", Rows: []CompareRow{{Name: "Value", PartsA: exampleKey(exampleID), PartsB: exampleKey(exampleID)}}},
		Record: Comparison{Said: "Values: 1 added.", Mark: Changed, Rows: []CompareRow{
			{Name: key, Code: true, B: strings.Repeat(key, 60), Mark: Added}, {Name: "Expires", A: "23 Dec", B: "24 Dec", Mark: Changed},
		}},
	}
}

func exampleConfig(p Page) ConfigPage {
	return ConfigPage{
		Page: p, Flask: []CodeLine{{HTML: "A = 1"}, {HTML: "B = 2", Changed: true}}, Go: []CodeLine{{HTML: "var a = 1"}},
		Rows: []ConfigRow{
			{Setting: Setting{Field: "secret_key", Name: "Secret key", Note: "It signs."}, Flask: "SECRET_KEY", Go: "Keys[0]", After: "All end."},
			{Setting: Setting{Field: "fallback_keys", Name: "Old keys", Note: "They verify."}, Go: "Keys[1:]", After: "Some end.", Secret: "2"},
			{Setting: Setting{Field: "lifetime", Name: "Lifetime", Note: "How long.", Value: hostile}, Go: "Lifetime", After: "Old ones end.", Default: "31d"},
			{Setting: Setting{Field: "http_only", Name: "HttpOnly", Note: "Hides.", Choices: []Choice{{Value: "true", Label: "on", On: true}}}, Go: "HttpOnly", After: "None ends."},
		},
	}
}

func TestPrintedStepsFollowEachOther(t *testing.T) {
	for lang, text := range texts(t) {
		html := aroundPages(t, text)["print"]
		if got := strings.Count(html, `<article class="sheet"`); got != len(exampleSteps()) {
			t.Errorf("%s: %d sheets; want %d", lang, got, len(exampleSteps()))
		}
		if strings.Contains(html, `id="dia-`) {
			t.Errorf("%s: a diagram of the handout has an id; want none, there are several", lang)
		}
		if !strings.Contains(html, "/lab?step=1&amp;event=1") || strings.Contains(html, "/lab/print?step=") {
			t.Errorf("%s: the events of a handout do not lead to the bench", lang)
		}
	}
}

func TestWarningsStandInTheirPane(t *testing.T) {
	for lang, text := range texts(t) {
		html := aroundPages(t, text)["guided"]
		browser, store := strings.Index(html, `id="pane-browser"`), strings.Index(html, `id="pane-store"`)
		if at := strings.Index(html, "A risk"); at < browser || at > store {
			t.Errorf("%s: the browser's warning is at %d; want it in that pane, %d to %d", lang, at, browser, store)
		}
		if at := strings.Index(html, "The session holds"); at < store {
			t.Errorf("%s: the store's warning is at %d; want it after %d", lang, at, store)
		}
		if !strings.Contains(html, `data-press="get"`) || !strings.Contains(html, `id="next"`) {
			t.Errorf("%s: the bench does not say what to try next", lang)
		}
	}
}

func TestNothingIsSuggestedWhenAllHasBeenTried(t *testing.T) {
	for lang, text := range texts(t) {
		if html := render(t, Bench(exampleLab(text, setStep()))); strings.Contains(html, `class="next"`) {
			t.Errorf("%s: the bench suggests something; want nothing without a deed", lang)
		}
	}
}
