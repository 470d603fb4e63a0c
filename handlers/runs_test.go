package handlers_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// withCourse gives a site the experiments of the course.
func withCourse(o *handlers.Options, _ *lab.Options) { withExperiments(o) }

// runJSON is what a run answers.
type runJSON struct {
	Run     int
	Steps   []int
	Verdict struct{ ID, Text string }
}

// try runs a variant of an experiment as its page does.
func (l *learner) try(slug, variant string) (r runJSON) {
	l.site.t.Helper()
	l.Post("/en/experiments/"+slug, "variant", variant, "skip", "true").Want(200).JSON(&r)
	return r
}

// wantAll reports which of the texts a page lacks, and which that it must not have it has.
func wantAll(t *testing.T, name, page string, all []string, none ...string) {
	t.Helper()
	for _, text := range all {
		if !strings.Contains(page, text) {
			t.Errorf("%s lacks %q", name, text)
		}
	}
	for _, text := range none {
		if strings.Contains(page, text) {
			t.Errorf("%s has %q", name, text)
		}
	}
}

// besideARun is a bench with a step of the learner's own before and after a run, which
// made the steps 2 and 3.
func besideARun(t *testing.T) (*learner, runJSON) {
	l := newSite(t, withCourse).learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	r := l.try("theft", "expired")
	l.Post(l.app+"set", "key", "colour", "value", "teal").Want(200)
	if !slices.Equal(r.Steps, []int{2, 3}) {
		t.Fatalf("the run made the steps %v; want 2 and 3", r.Steps)
	}
	return l, r
}

func TestARunIsOneChipOnTheStripUnlessItsStepIsShown(t *testing.T) {
	l, _ := besideARun(t)
	const folded = `<li class="run"><a class="chip" href="?step=2" title="Experiment: Theft · she is out (too late) · 2 steps">`
	for _, at := range []string{"", "?step=1"} {
		page := l.page("/en/lab" + at)
		if strip, _ := stripOf(page); strip != "1 2 4" {
			t.Errorf("%q shows the steps %q; want 2 for the whole run", at, strip)
		}
		wantAll(t, at, page, []string{folded}, "+32 days", "An experiment began", "data-run")
	}
	page := l.page("/en/lab?step=3")
	if strip, _ := stripOf(page); strip != "1 2 3 4" {
		t.Errorf("with a step of the run shown, the strip has %q; want all", strip)
	}
	wantAll(t, "the open run", page, []string{
		`<li class="run"><details open><summary class="chip" title="Experiment: Theft · she is out (too late) · 2 steps">`, "+32 days",
		`<li data-run=""><a class="chip" href="?step=2" data-client="virtual" data-b="1"`,
		`<li data-run=""><a class="chip" href="?step=3" data-client="virtual" data-b="2"`,
	}, folded, "as before")
}

// What is around a folded run is in sight however many steps the run has.
func TestAFoldedRunTakesOnePlaceOfTheStrip(t *testing.T) {
	l := newSite(t, withCourse).learner()
	for range 8 {
		l.Get(l.app + "me")
	}
	l.try("two-workers", "own-keys")
	l.try("two-workers", "shared")
	l.Get(l.app + "me")
	page := l.page("/en/lab")
	if n := strings.Count(page, `class="run"><a class="chip"`); n != 2 {
		t.Errorf("the strip shows %d folded runs; want 2", n)
	}
	wantAll(t, "the rail", page, []string{`<path class="run" d="m80 0h10v22h-10z`}, "An experiment began")
	if strip, _ := stripOf(page); !strings.HasPrefix(strip, "1 2 3 4 5 6 7 8 9 ") || len(strings.Fields(strip)) != 11 {
		t.Errorf("the strip has the steps %q; want all, and one for each run", strip)
	}
}

func TestTheListOfStepsFoldsARun(t *testing.T) {
	l, r := besideARun(t)
	group := regexp.MustCompile(`(?s)<li class="run"><details( open)?>.*?</details>`)
	for step, open := range map[int]bool{1: false, 3: true} {
		page := l.page(fmt.Sprintf("/en/lab/steps?step=%d", step))
		all := group.FindAllStringSubmatch(page, -1)
		if len(all) != 1 || (all[0][1] != "") != open {
			t.Fatalf("around step %d the list has the groups %q; want one, open %v", step, all, open)
		}
		wantAll(t, "the group", all[0][0], []string{
			"Experiment: Theft", "too late", "2 steps", fmt.Sprintf(`href="/en/experiments/theft?run=%d"`, r.Run),
			`?step=2"`, `?step=3"`, "32 days", `data-b="1"`, `data-b="2"`,
		}, `?step=1"`, `?step=4"`)
		wantAll(t, "the list", page, nil, "An experiment began", "as before")
	}
}

// What an experiment did is shown where it was done, but is no news of the learner's app.
func TestAStepOfARunLeadsFromActToAct(t *testing.T) {
	l, r := besideARun(t)
	wantAll(t, "the first act", l.page("/en/lab?step=2"), []string{
		"Experiment: Theft", "Act 1 of 5: Alice logs in.", "Without HttpOnly, and Mallory waits 32 days",
		`rel="next" href="/en/lab?step=2&amp;act=2"`, fmt.Sprintf(`href="/en/experiments/theft?run=%d"`, r.Run),
	}, `rel="prev"`)
	wantAll(t, "the last act", l.page("/en/lab?step=3"), []string{
		"Act 5 of 5: Mallory asks: who am I?", `rel="prev" href="/en/lab?step=2&amp;act=4"`,
	}, `rel="next"`)
	wantAll(t, "a step of the learner's own", l.page("/en/lab?step=4"), []string{"Try next"}, "next-run")
}

func TestAStepOfARunClaimsNothingOfTheLearnersOwnWebsite(t *testing.T) {
	l := newSite(t, withCourse).learner()
	l.Get(l.app + "me")
	l.set("http_only", "false")
	r := l.try("replay-after-logout", "flask")
	page := l.page("/en/lab")
	wantAll(t, "the page", page, []string{"next-run", fmt.Sprintf("Step %d of ", r.Steps[len(r.Steps)-1])},
		"Try next", `class="warning"`, "next-news", "Sessions here now")
	own := l.page("/en/lab?step=1")
	wantAll(t, "the learner's step", own, []string{`data-press="login"`, `class="warning"`}, "next-news")
}

func TestARunIsPrintedAsOne(t *testing.T) {
	l, r := besideARun(t)
	for form, sheets := range map[string]int{"": 2, "&form=two": 2, "&form=lines": 0} {
		page := l.page(fmt.Sprintf("/en/lab/print?run=%d%s", r.Run, form))
		wantAll(t, form, page, []string{
			"<h1>Experiment: Theft</h1>", "Is Mallory in?", r.Verdict.Text, fmt.Sprintf("/en/lab/print?run=%d\"", r.Run), "2 steps",
		}, "Step 1:", "Step 4:")
		if n := strings.Count(page, `class="sheet"`); n != sheets {
			t.Errorf("%q has %d sheets; want %d", form, n, sheets)
		}
	}
	for _, run := range []string{"0", "99", "x", ""} {
		l.With("Accept", "text/html").Get("/en/lab/print?run=" + run).Want(404)
	}
}

func TestARunIsExportedAsOne(t *testing.T) {
	l, r := besideARun(t)
	run := fmt.Sprintf("?run=%d", r.Run)
	var all struct {
		Experiment, Variant string
		Run                 int
		Steps               []step.Step
		Entries             []step.Entry
		Settings            map[string]any
	}
	l.Get("/en/lab/export.json" + run).Want(200).JSON(&all)
	if all.Experiment != "theft" || all.Variant != "expired" || all.Run != r.Run || len(all.Steps) != 2 || all.Settings != nil {
		t.Errorf("the export is of %q, %q, run %d, with %d steps and the settings %v", all.Experiment, all.Variant, all.Run, len(all.Steps), all.Settings)
	}
	if n := len(all.Entries); n < 4 || all.Entries[0].Kind != step.EntryRunBegan || all.Entries[n-1].Kind != step.EntryRunEnded {
		t.Errorf("it has the entries %+v; want those of the run", all.Entries)
	}
	for query, want := range map[string][]string{run: {"run-1", "run-1"}, "": {"bench", "run-1", "run-1", "bench"}} {
		var archive struct {
			Log struct {
				Pages   []struct{ ID, Title string }
				Entries []struct{ Pageref string }
			}
		}
		l.Get("/en/lab/export.har" + query).Want(200).JSON(&archive)
		var pages []string
		for _, e := range archive.Log.Entries {
			pages = append(pages, e.Pageref)
		}
		if !slices.Equal(pages, want) {
			t.Errorf("the entries of %q are of the pages %v; want %v", query, pages, want)
		}
		if n := len(archive.Log.Pages); archive.Log.Pages[n-1].Title != "Session Lab · Experiment: Theft" {
			t.Errorf("its pages are %v", archive.Log.Pages)
		}
	}
	l.Get("/en/lab/export.har?run=99").Want(404)
}
