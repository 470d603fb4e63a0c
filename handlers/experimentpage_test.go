package handlers_test

import (
	"cmp"
	"regexp"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
)

// runPage runs an experiment by its form, and returns the page of the run.
func (l *learner) runPage(slug string, pairs ...string) (address, body string) {
	l.site.t.Helper()
	page := l.With("Accept", "text/html")
	answer := page.Post("/en/experiments/"+slug, pairs...).Want(303)
	address, _, _ = strings.Cut(answer.Header.Get("Location"), "#")
	return address, page.Get(address).Want(200).Body
}

// experimenter is a learner whose site has the experiments of the course.
func experimenter(t *testing.T) *learner {
	t.Helper()
	all, _ := experiments()
	return newSite(t, func(o *handlers.Options, l *lab.Options) {
		o.Experiments = always(all)
		l.Limits.Entries, l.Limits.Steps = 1e4, 1e4
	}).learner()
}

var lit = regexp.MustCompile(`data-lit="(\w+)">([^<]*)<`)

// What decided the verdict is lit as the step has it: what is there, or that it is not.
func TestWhatDecidedTheVerdictIsLit(t *testing.T) {
	l := experimenter(t)
	for _, tt := range []struct{ slug, variant, how, what string }{
		{"theft", "open", "absent", "no HttpOnly"},
		{"theft", "http-only", "lit", "HttpOnly"},
		{"theft", "expired", "lit", "Cookie: session="},
		{"sniffing", "plain", "absent", "no Secure"},
		{"sniffing", "secure", "lit", "Secure"},
		{"cross-site", "none", "lit", "SameSite=None"},
		{"cross-site", "lax", "lit", "SameSite=Lax"},
		{"browser-closed", "session-cookie", "absent", "no Expires"},
		{"lifetime", "refresh", "lit", "Expires="},
		{"lifetime", "no-refresh", "absent", "no Cookie header"},
		{"too-large", "gorilla", "absent", "no Set-Cookie header"},
		{"restart", "new-key", "lit", "Cookie: session="},
		{"two-tabs", "flask", "lit", "Set-Cookie: session="},
	} {
		address, _ := l.runPage(tt.slug, "variant", tt.variant)
		body := l.With("Accept", "text/html").Get(address + "&one").Want(200).Body
		found := lit.FindStringSubmatch(body)
		if found == nil || found[1] != tt.how || !strings.HasPrefix(found[2], tt.what) {
			t.Errorf("%s, %s: lit is %q; want %s %q", tt.slug, tt.variant, found, tt.how, tt.what)
		}
	}
}

// Two runs differ first where the variant tells, and not in ids and hours.
func TestTwoRunsDifferFirstInWhatWasChanged(t *testing.T) {
	l := experimenter(t)
	first := regexp.MustCompile(`(?s)class="differs is-first">.*?<span>([^<]*)</span>`)
	for slug, tt := range map[string]struct{ one, other, act string }{
		"theft":    {"open", "http-only", "Alice logs in."},
		"lifetime": {"refresh", "no-refresh", "Alice asks: who am I?"},
		"restart":  {"memory", "same-key", "Alice asks: who am I?"},
	} {
		l.runPage(slug, "variant", tt.one)
		_, body := l.runPage(slug, "variant", tt.other)
		if got := first.FindStringSubmatch(body); got == nil || got[1] != tt.act {
			t.Errorf("%s: the first act that differs is %q; want %q", slug, got, tt.act)
		}
	}
}

func TestAfterARunWhatWasNotRunIsChosen(t *testing.T) {
	l := experimenter(t)
	chosen := regexp.MustCompile(`name="variant" value="([^"]*)" checked`)
	same := regexp.MustCompile(`(?s)id="same-again".*?name="variant" value="([^"]*)".*?name="prediction" value="([^"]*)"`)
	for _, tt := range []struct{ run, next string }{{"open", "http-only"}, {"expired", "http-only"}, {"http-only", "expired"}} {
		_, body := l.runPage("theft", "variant", tt.run, "prediction", "yes")
		if got := chosen.FindStringSubmatch(body); got == nil || got[1] != tt.next {
			t.Errorf("after %s, %q is chosen; want %s", tt.run, got, tt.next)
		}
		if got := same.FindStringSubmatch(body); got == nil || got[1] != tt.run || got[2] != "yes" {
			t.Errorf("after %s, the same again is %q", tt.run, got)
		}
	}
}

// The list has a drawing for each, and says what runs came to.
func TestTheListOfExperimentsIsDrawnAndTallied(t *testing.T) {
	l := experimenter(t)
	l.runPage("theft", "variant", "open", "prediction", "password")
	l.runPage("restart", "variant", "memory", "prediction", "lost")
	l.runPage("guessing", "variant", "random", "skip", "true")
	body := l.With("Accept", "text/html").Get("/en/experiments").Want(200).Body
	all, _ := experiments()
	states := map[string]string{"theft": "surprise", "restart": "right", "guessing": "skipped", all[0].Slug: "next"}
	for _, e := range all {
		_, row, _ := strings.Cut(body, `/experiments/`+e.Slug+`"`)
		row, _, _ = strings.Cut(row, "</a>")
		if !strings.Contains(row, `class="go-l`) && !strings.Contains(row, `class="boxy"`) {
			t.Errorf("%s has no drawing", e.Slug)
		}
		if want := `data-is="` + cmp.Or(states[e.Slug], "later") + `"`; !strings.Contains(row, want) {
			t.Errorf("%s is not shown with %s", e.Slug, want)
		}
	}
	for state, want := range map[string]int{"right": 1, "surprise": 1, "skipped": 1, "next": 1, "later": 12} {
		if got := strings.Count(body, `<li data-is="`+state+`">`); got != want {
			t.Errorf("%d of 16 squares are %s; want %d", got, state, want)
		}
	}
}
