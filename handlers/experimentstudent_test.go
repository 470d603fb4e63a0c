package handlers_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// theRowsOf are the rows of two runs beside each other, and which is the first that
// differs, from 1.
func theRowsOf(body string) (rows []string, first int) {
	for i, row := range strings.Split(body, `<div role="row" class="`)[1:] {
		rows = append(rows, row)
		if strings.HasPrefix(row, "differs is-first") {
			first = i + 1
		}
	}
	return rows, first
}

// The bytes of two runs always differ in their IDs, so a new ID is found in the step.
func TestANewIDAtLoginIsWhereTwoRunsDiffer(t *testing.T) {
	l := experimenter(t)
	l.runPage("fixation", "variant", "same-id")
	_, body := l.runPage("fixation", "variant", "new-id")
	if rows, first := theRowsOf(body); first != 3 {
		t.Errorf("of %d rows the first that differs is %d; want 3, the login", len(rows), first)
	} else if !strings.Contains(rows[1], "Cookie: session=") {
		t.Errorf("the row in which the cookie is planted does not show it: %.400s", rows[1])
	}
}

// A run stands beside the one in which one thing was different, not beside the newest.
func TestARunIsComparedWithTheOneThatDiffersLeast(t *testing.T) {
	l := experimenter(t)
	for _, variant := range []string{"open", "http-only"} {
		l.runPage("theft", "variant", variant)
	}
	_, body := l.runPage("theft", "variant", "expired")
	rows, first := theRowsOf(body)
	if first != 4 || !strings.Contains(rows[3], "+32 days") {
		t.Errorf("the first row that differs is %d of %d; want 4, with the clock", first, len(rows))
	}
	if head := regexp.MustCompile(`(?s)columnheader" class="run-h">\s*<a[^>]*>([^<]*)`).FindStringSubmatch(body); head == nil || head[1] != "Without HttpOnly" {
		t.Errorf("beside it is %q; want the run without HttpOnly", head)
	}
}

func TestAForgedCookieIsShownOnceAndItsLackSaid(t *testing.T) {
	l := experimenter(t)
	_, weak := l.runPage("weak-key", "variant", "weak")
	wantAll(t, "the weak key", weak, []string{"Cookie: session=eyJ", `data-b="2"`}, "session=session=", `<article class="xp-jar" data-b="1"`)
	address, _ := l.runPage("weak-key", "variant", "random")
	random := l.With("Accept", "text/html").Get(address + "&one").Want(200).Body
	wantAll(t, "the random key", random, []string{"No key was found, so nothing was signed."}, "There was nothing to take.")
}

// The size of a cookie is its name and its value, as everywhere on the bench.
func TestACookieHasOneSizeOnThePageAndOnTheBench(t *testing.T) {
	l := experimenter(t)
	_, page := l.runPage("weak-key", "variant", "weak")
	size := regexp.MustCompile(`<span class="lbl-r">(\d+) B</span>`).FindStringSubmatch(page)
	raw := l.step(2).Request.Headers
	sent := 0
	for _, h := range raw {
		if value, ok := strings.CutPrefix(h[1], step.CookieName+"="); ok && h[0] == "Cookie" {
			sent = len(step.CookieName) + len(value)
		}
	}
	if size == nil || size[1] != strconv.Itoa(sent) {
		t.Errorf("the page says %q; the cookie has %d bytes", size, sent)
	}
}

// On the bench a run is walked through act by act, also those that sent no request, with
// the numbers that they have on the page.
func TestTheWalkThroughARunSkipsNoAct(t *testing.T) {
	l := experimenter(t)
	l.runPage("theft", "variant", "open")
	next := regexp.MustCompile(`rel="next" href="(/en/lab[^"]*)"`)
	address := "/en/lab?step=1&event=0"
	for _, want := range []string{"Act 1 of 4: Alice logs in.", "Act 2 of 4: A script", "Act 3 of 4: The script sends", "Act 4 of 4: Mallory asks"} {
		page := l.page(address)
		wantAll(t, address, page, []string{want})
		address = ""
		if to := next.FindStringSubmatch(page); to != nil {
			address = strings.ReplaceAll(to[1], "&amp;", "&")
		}
	}
	if address != "" {
		t.Errorf("after the last act there is %q", address)
	}
	wantAll(t, "the script's reading", l.page("/en/lab?step=1&act=2"), []string{"document.cookie → &#34;session="})
	wantAll(t, "the step that decided", l.page("/en/lab?step=1"), []string{"This decides it:", "<b>no HttpOnly</b>"})
}

// Of a request from another website it decides whether the cookie goes along.
func TestTheRequestFromElsewhereDecides(t *testing.T) {
	l := experimenter(t)
	for variant, lit := range map[string]string{"none": `data-lit="lit">Cookie: session=`, "lax": `data-lit="absent">no Cookie header`} {
		address, _ := l.runPage("cross-site", "variant", variant)
		body := l.With("Accept", "text/html").Get(address + "&one").Want(200).Body
		_, deciding, _ := strings.Cut(body, `class="is-deciding"`)
		deciding, _, _ = strings.Cut(deciding, "</li>")
		wantAll(t, variant, deciding, []string{"another website", lit})
	}
}

// After a run its page is shown from the top, and while the next is predicted the last
// one is in sight.
func TestThePageOfARunStaysStillAndInSight(t *testing.T) {
	l := experimenter(t)
	page := l.With("Accept", "text/html")
	to := page.Post("/en/experiments/theft", "variant", "open").Want(303).Header.Get("Location")
	if strings.Contains(to, "#") {
		t.Errorf("a run leads to %q, below the question", to)
	}
	run := regexp.MustCompile(`name="after" value="(\d+)"`).FindStringSubmatch(page.Get(to).Want(200).Body)
	if run == nil {
		t.Fatal("to predict again leads to a page that does not know the run")
	}
	next := page.Get("/en/experiments/theft?variant=http-only&after=" + run[1]).Want(200).Body
	wantAll(t, "the next prediction", next, []string{
		`name="prediction"`, "Last run: Without HttpOnly", "Mallory is in, as Alice.", "document.cookie → ", `id="h-acts"`,
	}, `class="wrong"`, "What will be done")
	wantAll(t, "a first prediction", page.Get("/en/experiments/theft").Want(200).Body, []string{"What will be done"}, "Last run")

	// What the learner's own browser does leads back to the run.
	answer := page.Post(l.app+"set", "key", "basket", "value", "books", "back", to).Want(303)
	if got := answer.Header.Get("Location"); !strings.HasPrefix(got, to+"&step=") {
		t.Errorf("filling the basket leads to %q; want %s again", got, to)
	}
	for _, back := range []string{"?run=1&x=2", "?run=x", "?one", "?run=1&run=2"} {
		answer := page.Post(l.app+"set", "key", "a", "value", "b", "back", "/en/experiments/theft"+back).Want(303)
		if got := answer.Header.Get("Location"); strings.Contains(got, "/experiments/") {
			t.Errorf("a field back with %s leads to %q", back, got)
		}
	}
}

func TestTheTallyCountsThePredictionsOfAllVariants(t *testing.T) {
	l := experimenter(t)
	for _, each := range [][2]string{{"open", "password"}, {"http-only", "no"}, {"http-only", "no"}, {"expired", "no"}} {
		l.runPage("theft", "variant", each[0], "prediction", each[1])
	}
	l.runPage("guessing", "variant", "random", "skip", "true")
	list := strings.Join(strings.Fields(l.page("/en/experiments")), " ")
	wantAll(t, "the list", list, []string{"2 of 16 asked", "2 of 3 predictions right"})
}

// A store that the learner's website has now is not that of a run.
func TestAStepOfARunOffersNoOtherStore(t *testing.T) {
	l := experimenter(t)
	l.runPage("weak-key", "variant", "weak")
	wantAll(t, "the step of a run", l.page("/en/lab?step=1"), nil, `id="kept"`)
	l.Get(l.app + "me")
	wantAll(t, "the learner's own", l.page("/en/lab?step=3"), []string{`id="kept"`})
}

// A comparison says what the server found where the answers are alike, and which letter
// was altered; how fast IDs were tried is no difference.
func TestAComparisonSaysWhatTheServerFound(t *testing.T) {
	l := experimenter(t)
	for slug, tt := range map[string]struct {
		one, other string
		first      int
		says       []string
	}{
		"tampering":           {"unsigned-id", "signed-id", 3, []string{"No such record", "The signature is wrong", "this decided it"}},
		"restart":             {"memory", "same-key", 3, []string{"No such record", "The record is found", "done"}},
		"two-workers":         {"own-keys", "own-memory", 2, []string{"The signature is wrong", "Not in this worker", "Worker 2"}},
		"guessing":            {"counter", "clock", 0, nil},
		"replay-after-logout": {"server", "flask", 3, []string{"The record is gone"}},
	} {
		l.runPage(slug, "variant", tt.one)
		_, body := l.runPage(slug, "variant", tt.other)
		rows, first := theRowsOf(body)
		if first != tt.first {
			t.Errorf("%s: of %d rows the first that differs is %d; want %d", slug, len(rows), first, tt.first)
		}
		for _, want := range tt.says {
			if !strings.Contains(strings.ToLower(body), strings.ToLower(want)) {
				t.Errorf("%s: the comparison does not say %q", slug, want)
			}
		}
	}
	l.runPage("tampering", "variant", "flask")
	_, body := l.runPage("tampering", "variant", "unsigned-id")
	if altered := regexp.MustCompile(`…\w+<b>(\w)</b>\w+… → …\w+<b>[AB]</b>`); !altered.MatchString(body) {
		t.Error("the letter that was altered is not marked")
	}
}

func TestARunShowsWhatCookiesAndRecordsSay(t *testing.T) {
	l := experimenter(t)
	alone := func(slug, variant string) string { // beside no other run
		t.Helper()
		address, _ := l.runPage(slug, "variant", variant)
		return l.page(address + "&one")
	}
	const signed = "the signature that the server checks"
	for _, tt := range []struct {
		slug, variant string
		has, hasNot   []string
	}{
		{"theft", "open", []string{`<code>{&#34;uname&#34;:&#34;alice&#34;}</code>`, "<small>until 20", signed}, []string{"<small>says</small>"}},
		{"tampering", "unsigned-id", nil, []string{signed}},
		{"tampering", "flask", []string{"<small>says</small><code>{&#34;uname"}, []string{signed, "<code>{&#34;uname&#34;:&#34;mallory&#34;}</code>"}}, // one letter is another
		{"cross-site", "lax", []string{"<dt>SameSite</dt><dd>Lax</dd>"}, nil},
	} {
		page := alone(tt.slug, tt.variant)
		_, panes, _ := strings.Cut(page, `class="xp-run"`)
		wantAll(t, tt.slug+", "+tt.variant, panes, tt.has)
		for _, wrong := range tt.hasNot {
			if strings.Contains(panes, wrong) {
				t.Errorf("%s, %s: the page has %q", tt.slug, tt.variant, wrong)
			}
		}
	}
}

// Two runs that came to the same both say why; what one did in place of an act of the
// other stands beside it; and each leads to what browsers and store held.
func TestAComparisonLeadsToBothRuns(t *testing.T) {
	l := experimenter(t)
	one, _ := l.runPage("tampering", "variant", "signed-id")
	other, body := l.runPage("tampering", "variant", "flask")
	if n := strings.Count(body, "The signature is wrong"); n != 2 {
		t.Errorf("of two runs in which the signature was wrong %d say so", n)
	}
	for _, address := range []string{one, other} {
		if n := strings.Count(body, `href="`+address+`&amp;one"`); n != 2 {
			t.Errorf("%d links lead to %s; want one at the top and one at the end", n, address)
		}
	}
	l.runPage("restart", "variant", "same-key")
	_, body = l.runPage("restart", "variant", "new-key")
	if !regexp.MustCompile(`(?s)Here the two differ</span>.*?<b>The server restarts\.</b>.*?<b>The server restarts, and makes`).MatchString(body) {
		t.Error("what one run did in place of an act of the other is not beside it")
	}
}
