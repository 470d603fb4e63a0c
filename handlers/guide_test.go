package handlers_test

import (
	"fmt"
	"strings"
	"testing"
)

// began is a learner who logged in, set a value and read it back, and a client
// that asks for pages in his name.
func began(s *site) (*learner, func(path string, status int) string) {
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.Post(l.app+"set", "key", "colour", "value", "teal").Want(200)
	l.Get(l.app + "get?key=colour").Want(200)
	browser := l.With("Accept", "text/html")
	return l, func(path string, status int) string {
		s.t.Helper()
		return browser.Get(path).Want(status).Body
	}
}

func TestPagesAroundTheBenchAreWholeInBothLanguages(t *testing.T) {
	s := newSite(t)
	_, page := began(s)
	for _, path := range []string{
		"/note", "/lab/config", "/lab/config?secret=shown", "/lab/compare", "/lab/compare?a=1&b=3", "/lab/compare?a=3&b=1",
		"/lab/print", "/lab/print?from=2", "/lab/print?form=two", "/lab/print?form=lines", "/lab/steps/1/raw", "/lab/steps/2/raw",
	} {
		bodies := map[string]string{}
		for lang, tag := range map[string]string{"en": `<html lang="en"`, "zh": `<html lang="zh-Hans"`} {
			body := page("/"+lang+path, 200)
			if !strings.Contains(body, tag) || !strings.HasSuffix(strings.TrimSpace(body), "</html>") {
				t.Errorf("/%s%s is no whole page", lang, path)
			}
			if found := inline.FindString(body); found != "" {
				t.Errorf("/%s%s has %q", lang, path, found)
			}
			for _, id := range []string{">guide.", ">config.", ">explain.", ">compare.", ">note.", ">warn.", ">print."} {
				if strings.Contains(body, id) {
					t.Errorf("/%s%s shows the id of a message: %s", lang, path, id)
				}
			}
			bodies[lang] = body
		}
		if bodies["en"] == bodies["zh"] {
			t.Errorf("%s is the same in both languages", path)
		}
	}
}

func TestPagesAroundAnEmptyBench(t *testing.T) {
	s := newSite(t)
	b := s.Browser(t)
	for _, path := range []string{"/note", "/lab/config", "/lab/compare", "/lab/print"} {
		b.Get("/en" + path).Want(200)
	}
	if s.count("benches") != 0 {
		t.Errorf("%d benches are stored after looking around; want none", s.count("benches"))
	}
}

func TestStepsThatAreNotThereAreNotFound(t *testing.T) {
	s := newSite(t)
	_, page := began(s)
	for _, path := range []string{
		"/lab/compare?a=1&b=4", "/lab/compare?a=0&b=1", "/lab/compare?a=x", "/lab/steps/4/raw", "/lab/steps/x/raw", "/lab/print?from=4", "/lab/print?from=x",
	} {
		page("/en"+path, 404)
	}
}

// Another visitor sees his own bench, whatever he asks for.
func TestPagesAroundTheBenchArePrivate(t *testing.T) {
	s := newSite(t)
	l, _ := began(s)
	other := s.Browser(t)
	for _, path := range []string{"/lab/compare?a=1&b=2", "/lab/steps/1/raw", "/lab/print?from=1"} {
		other.Get("/en" + path).Want(404)
	}
	for _, path := range []string{"/lab/config?secret=shown", "/lab/print", "/lab/compare"} {
		if body := other.Get("/en" + path).Want(200).Body; strings.Contains(body, l.bench) {
			t.Errorf("%s shows another's bench", path)
		}
	}
}

func TestTheSecretKeyIsShownOnlyIfAskedFor(t *testing.T) {
	s := newSite(t)
	l, page := began(s)
	l.set("secret_key", "topmost-secret-of-all", "fallback_keys", "older-secret-of-all")
	for path, want := range map[string]bool{"/en/lab/config": false, "/zh/lab/config": false, "/en/lab/config?secret=shown": true} {
		if got := strings.Contains(page(path, 200), "-secret-of-all"); got != want {
			t.Errorf("%s shows the key: %v; want %v", path, got, want)
		}
	}
}

// The form without the hidden keys leaves them as they are.
func TestChangingASettingBesideTheCodeKeepsTheRest(t *testing.T) {
	s := newSite(t)
	l, _ := began(s)
	l.set("fallback_keys", "older", "secret_key", "newer")
	a := l.With("Accept", "text/html").Post("/en/lab/settings", "back", "/en/lab/config", "secret_key", "", "lifetime", "2h").Want(303)
	if got := a.Header.Get("Location"); got != "/en/lab/config" {
		t.Errorf("back to %q; want the code", got)
	}
	var b benchJSON
	l.Get("/en/lab").Want(200).JSON(&b)
	if got := fmt.Sprint(b.Settings["secret_key"], b.Settings["fallback_keys"], b.Settings["lifetime"]); got != "newer[older]2h" && got != "newer [older] 2h" {
		t.Errorf("settings = %s; want newer [older] 2h", got)
	}
	for _, back := range []string{"//evil.example/", "https://evil.example/", ""} {
		a := l.With("Accept", "text/html").Post("/en/lab/settings", "back", back, "lifetime", "2h").Want(303)
		if got := a.Header.Get("Location"); got != "/en/lab?did=settings-same" {
			t.Errorf("back=%q leads to %q; want the bench", back, got)
		}
	}
}

func TestTheCodeIsThatOfTheSettings(t *testing.T) {
	s := newSite(t)
	l, page := began(s)
	key := l.step(1).After.Record.Key
	prefix := key[:strings.LastIndexByte(key, ':')+1]
	body := page("/en/lab/config", 200)
	for _, want := range []string{`&#34;` + prefix + `&#34;`, `&#39;` + l.app + `&#39;`} {
		if !strings.Contains(body, want) {
			t.Errorf("the code lacks %s", want)
		}
	}
	if strings.Contains(body, `class="ln"`) {
		t.Error("a line of the defaults is marked as changed")
	}
	l.set("lifetime", "2h", "http_only", "false")
	if got := strings.Count(page("/en/lab/config", 200), `class="ln"`); got != 4 {
		t.Errorf("%d lines are marked after two changes; want 4, two in each language", got)
	}
}

func TestTheBenchWarns(t *testing.T) {
	s := newSite(t)
	l, page := began(s)
	if strings.Contains(page("/en/lab", 200), `class="warning"`) {
		t.Error("a bench with the default settings warns")
	}
	l.set("secret_key", "dev", "http_only", "false")
	l.Get(l.app).Want(200) // the note's program, which stores a password
	body := page("/en/lab", 200)
	for _, want := range []string{"“pwd”", "would try this secret key first", "HttpOnly is off"} {
		if !strings.Contains(body, want) {
			t.Errorf("the bench does not warn of %q", want)
		}
	}
}

func TestALongBenchIsPrintedInRuns(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for range 130 {
		l.Get(l.app + "me").Want(401)
	}
	page := l.With("Accept", "text/html")
	for _, tt := range []struct {
		query                    string
		sheets                   int
		first, before, following string
	}{
		{"", 60, "sheet-1", "", "from=61"}, {"?from=61", 60, "sheet-61", "from=1", "from=121"}, {"?from=121", 10, "sheet-121", "from=61", ""},
	} {
		body := page.Get("/en/lab/print" + tt.query).Want(200).Body
		if got := strings.Count(body, `<article class="sheet"`); got != tt.sheets || !strings.Contains(body, `id="`+tt.first+`"`) {
			t.Errorf("%s: %d sheets; want %d from %s", tt.query, got, tt.sheets, tt.first)
		}
		for _, link := range []string{tt.before, tt.following} {
			if link != "" && !strings.Contains(body, link+`"`) {
				t.Errorf("%s: no link to %s", tt.query, link)
			}
		}
	}
}

func TestAHandoutComesInThreeForms(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for range 70 {
		l.Get(l.app + "me").Want(401)
	}
	page := l.With("Accept", "text/html")
	for _, tt := range []struct {
		query                      string
		sheets, transcripts, lines int
		links                      []string
	}{
		{"", 60, 60, 0, []string{"print?form=two", "print?form=lines", "print?from=61"}},
		{"?form=two", 60, 0, 0, []string{"lab/print", "print?form=lines", "print?form=two&amp;from=61"}},
		{"?form=two&from=61", 10, 0, 0, []string{"print?form=two&amp;from=1"}},
		{"?form=lines", 0, 0, 70, []string{"lab/print", "print?form=two"}},
		{"?form=other", 60, 60, 0, nil},
	} {
		body := page.Get("/en/lab/print" + tt.query).Want(200).Body
		sheets, transcripts, lines := strings.Count(body, `<article class="sheet"`), strings.Count(body, `class="transcript"`), strings.Count(body, `<th scope="row"><a`)
		if sheets != tt.sheets || transcripts != tt.transcripts || lines != tt.lines {
			t.Errorf("%s: %d sheets, %d transcripts, %d lines; want %d, %d, %d", tt.query, sheets, transcripts, lines, tt.sheets, tt.transcripts, tt.lines)
		}
		for _, link := range tt.links {
			if !strings.Contains(body, link+`"`) {
				t.Errorf("%s: no link to %s", tt.query, link)
			}
		}
	}
}

func TestTheNoteIsCorrectedForThoseWhoComeFromIt(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	page := l.With("Accept", "text/html")
	if !strings.Contains(page.Get("/en/note").Want(200).Body, `href="/en/lab?from=note"`) {
		t.Error("the note's points do not lead to the bench as those of the note")
	}
	const salt, corrected = "“Salt makes the session ID.”", `class="often"`
	for _, tt := range []struct {
		mechanism, query string
		corrects, salt   bool // in sight; there at all
	}{
		{"server", "", false, true}, {"server", "?from=note", true, true},
		{"flask", "", false, false}, {"flask", "?from=note", false, false}, {"gorilla", "?from=note", false, false},
	} {
		l.set("mechanism", tt.mechanism)
		l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
		body := page.Get("/en/lab" + tt.query).Want(200).Body
		if strings.Contains(body, corrected) != tt.corrects || strings.Contains(body, salt) != tt.salt {
			t.Errorf("%s%s: the panes correct the note: %t, on the salt: %t; want %t, %t", tt.mechanism, tt.query,
				strings.Contains(body, corrected), strings.Contains(body, salt), tt.corrects, tt.salt)
		}
	}
}
