package handlers_test

import (
	"fmt"
	"strings"
	"testing"
)

// tryLink is how a page leads to an experiment.
func tryLink(lang, slug string) string {
	return fmt.Sprintf(`<a class="try" href="/%s/experiments/%s"`, lang, slug)
}

// Every experiment is linked from where a reader wonders what it answers.
func TestEachExperimentIsLinkedFromWhereAReaderWonders(t *testing.T) {
	l := newSite(t, withCourse).learner()
	all, _ := experiments()
	for _, lang := range []string{"en", "zh"} {
		pages := map[string]string{}
		for _, page := range []string{"note", "lab/settings", "lab/config"} {
			pages[page] = l.page("/" + lang + "/" + page)
		}
		for _, e := range all {
			link, found := tryLink(lang, e.Slug), false
			for _, page := range pages {
				found = found || strings.Contains(page, link)
			}
			if !found {
				t.Errorf("%s: nothing leads to %s", lang, e.Slug)
			}
			for _, row := range e.Also.Notes {
				_, point, _ := strings.Cut(pages["note"], fmt.Sprintf(`id="p%d"`, row))
				if point, _, _ = strings.Cut(point, "</li>"); !strings.Contains(point, link) {
					t.Errorf("%s: row %d of the note does not lead to %s", lang, row, e.Slug)
				}
			}
			for _, name := range e.Also.Settings {
				if !strings.Contains(settingOf(pages["lab/config"], name), link) {
					t.Errorf("%s: the setting %s does not lead to %s", lang, name, e.Slug)
				}
			}
		}
	}
}

// settingOf is the part of the page of settings as code that is about one of them.
func settingOf(page, name string) string {
	_, row, _ := strings.Cut(page, `name="`+name+`"`)
	row, _, _ = strings.Cut(row, "<dl>")
	return row
}

func TestHintsWarningsAndHeadersLeadToWhatIsTriedWithThem(t *testing.T) {
	l := newSite(t, withCourse).learner()
	l.set("http_only", "false")
	browser := l.With("User-Agent", "Mozilla/5.0")
	browser.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	bench, raw := l.page("/en/lab"), l.page("/en/lab/steps/1/raw")
	_, warning, _ := strings.Cut(bench, `class="warning"`)
	if warning, _, _ = strings.Cut(warning, "</details>"); !strings.Contains(warning, tryLink("en", "theft")) {
		t.Error("the warning of cookies that scripts can read does not lead to the theft")
	}
	for _, piece := range []struct{ name, slug string }{{"HttpOnly", "theft"}, {"Secure", "sniffing"}, {"SameSite", "cross-site"}} {
		_, row, _ := strings.Cut(raw, "<dt><code>"+piece.name+"</code>")
		if row, _, _ = strings.Cut(row, "</dd>"); !strings.Contains(row, tryLink("en", piece.slug)) {
			t.Errorf("the attribute %s does not lead to %s: %q", piece.name, piece.slug, row)
		}
	}
	browser.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	browser.Get(l.app + "get?key=a").Want(200)
	browser.Post(l.app+"pop", "key", "a").Want(200)
	_, hint, _ := strings.Cut(l.page("/en/lab"), `id="next"`)
	if hint, _, _ = strings.Cut(hint, "</form>"); !strings.Contains(hint, tryLink("en", "browser-closed")) {
		t.Errorf("the hint of permanent sessions does not lead to closing the browser: %q", hint)
	}
}
