package views

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/i18n"
)

// examplePages returns every page in every state, in both languages.
func examplePages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for lang, text := range texts(t) {
		add := func(name, html string) { pages[string(lang)+" "+name] = html }
		p := examplePage(text)
		add("home", render(t, Home(HomePage{Page: p})))
		add("home again", render(t, Home(HomePage{Page: p, App: "/app/x/", InJar: true})))
		for _, s := range append(exampleSteps(), hostileLab(text).Step) {
			add(fmt.Sprintf("home after step %d %s", s.N, s.Op), render(t, Home(HomePage{Page: p, App: "/app/x/", Step: s})))
		}
		add("error", render(t, Error(ErrorPage{Page: p, Status: 503, Title: "The store is away", Sentence: hostile, Next: hostile})))
		add("empty", render(t, Bench(exampleLab(text, nil))))
		add("hostile", render(t, Bench(hostileLab(text))))
		for _, s := range exampleSteps() {
			add(fmt.Sprintf("step %d", s.N), render(t, Bench(exampleLab(text, s))))
		}
		for name, html := range aroundPages(t, text) {
			add(name, html)
		}
		site := AppPage{Text: text, Asset: asset, App: "/app/x/", Status: 200}
		add("site", render(t, AppAnswer(site)))
		site.Op, site.Result, site.Values = "set", hostile, []Row{{Name: hostile, New: strings.Repeat(hostile, 1000)}}
		site.Input = Input{Key: hostile, Value: hostile}
		add("site hostile", render(t, AppAnswer(site)))
		site.Step = "/en/lab?step=1"
		add("site from elsewhere", render(t, AppAnswer(site)))
		add("elsewhere", render(t, Elsewhere(ElsewherePage{Text: text, Asset: asset, Here: "localhost:8080", There: "127.0.0.1:8080", App: "http://127.0.0.1:8080/app/x/", Bench: "/en/lab"})))
		site.Error = hostile
		add("site error", render(t, AppAnswer(site)))
	}
	return pages
}

var (
	tag      = regexp.MustCompile(`<[a-zA-Z][^<>]*>`)
	forbids  = regexp.MustCompile(`(?i)\s(style|on[a-z]+|hx-[a-z-]+|data-hx-on[a-z-]*)\s*=`)
	quoted   = regexp.MustCompile(`"[^"]*"|'[^']*'`)
	anID     = regexp.MustCompile(`\sid="([^"]*)"`)
	aRef     = regexp.MustCompile(`\s(?:for|form|aria-labelledby|data-copy|href)="(#?)([\w-]+)"`)
	inlineJS = regexp.MustCompile(`(?is)<script\b[^>]*>\s*[^\s<]`)
)

func TestPagesObeyTheContentSecurityPolicy(t *testing.T) {
	for name, html := range examplePages(t) {
		for _, element := range tag.FindAllString(html, -1) {
			if bare := quoted.ReplaceAllString(element, ""); forbids.MatchString(bare) {
				t.Errorf("%s: %s; want no inline style and no handler", name, element)
			}
		}
		if found := inlineJS.FindString(html); found != "" || strings.Contains(html, "<style") {
			t.Errorf("%s: inline script or style: %q", name, found)
		}
	}
}

func TestIDsAreUniqueAndReferencesLead(t *testing.T) {
	for name, html := range examplePages(t) {
		ids := map[string]bool{}
		for _, m := range anID.FindAllStringSubmatch(html, -1) {
			if ids[m[1]] {
				t.Errorf("%s: id %q occurs twice", name, m[1])
			}
			ids[m[1]] = true
		}
		for _, m := range aRef.FindAllStringSubmatch(html, -1) {
			if strings.HasPrefix(strings.TrimSpace(m[0]), "href") && m[1] == "" {
				continue // an address
			}
			if !ids[m[2]] {
				t.Errorf("%s:%s; want an element with that id", name, m[0])
			}
		}
	}
}

func TestHostileTextIsTextAndVisible(t *testing.T) {
	for name, html := range examplePages(t) {
		for _, s := range []string{"<script>alert", "<img", "\u202e", "\u200b", "\u2028", "\x00", "\x1b", "\xff"} {
			if strings.Contains(html, s) {
				t.Errorf("%s contains %q", name, s)
			}
		}
		if strings.Contains(name, "hostile") && !strings.Contains(html, `&lt;script&gt;alert(1)&lt;/script&gt;&lt;/textarea&gt;\u202e\u200b\u2028\x00\x1b[31m`) {
			t.Errorf("%s does not show the text", name)
		}
	}
}

func TestHugeValuesKeepThePageSmall(t *testing.T) {
	for lang, text := range texts(t) {
		if n := len(render(t, Bench(hostileLab(text)))); n > 600<<10 {
			t.Errorf("%s: the page has %d bytes; want it bounded", lang, n)
		}
	}
}

func TestPagesSpeakTheirLanguage(t *testing.T) {
	words := map[i18n.Lang]string{i18n.En: `<html lang="en"`, i18n.Zh: `<html lang="zh-Hans"`}
	for name, html := range examplePages(t) {
		lang, _, _ := strings.Cut(name, " ")
		if want := words[i18n.Lang(lang)]; !strings.Contains(html, want) {
			t.Errorf("%s lacks %s", name, want)
		}
	}
}

func TestPagesLinkToTheSamePlaceInTheOtherLanguage(t *testing.T) {
	for lang, text := range texts(t) {
		html := render(t, Bench(exampleLab(text, setStep())))
		want := fmt.Sprintf(`href="/%s/lab?step=2" lang="%[2]s" hreflang="%[2]s"`, other(lang), other(lang).Tag())
		if !strings.Contains(html, want) {
			t.Errorf("%s: the bench lacks %s", lang, want)
		}
	}
}

// message matches the id of a message where a text is asked for it, or for the one
// for a mechanism.
var message = regexp.MustCompile(`\.(T|F|N|byMechanism)\("([\w.]+)"`)

func TestEveryMessageExistsInBothLanguages(t *testing.T) {
	files, err := filepath.Glob("*")
	if err != nil {
		t.Fatal(err)
	}
	used, all := 0, texts(t)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range message.FindAllStringSubmatch(string(source), -1) {
			used++
			for lang, text := range all {
				if !text.Has(m[2]) || m[1] == "byMechanism" && !text.Has(m[2]+"_carried") {
					t.Errorf("%s uses %q, which %s does not have", file, m[2], lang)
				}
			}
		}
	}
	if used < 100 {
		t.Errorf("found %d uses of messages; want the pattern to find them", used)
	}
}
