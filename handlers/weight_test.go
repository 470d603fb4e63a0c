package handlers_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// The page of a step weighs the same however many there are, in both languages.
func TestThePageOfAStepIsLight(t *testing.T) {
	const most = 10_000 // bytes, gzipped
	l := newSite(t).learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(http.StatusOK)
	browser := l.With("Accept", "text/html").With("Accept-Encoding", "gzip")
	for n := 1; n <= 60; n++ {
		if n > 1 {
			l.Post(l.app+"set", "key", fmt.Sprint("key", n%7), "value", fmt.Sprint("value ", n)).Want(http.StatusOK)
		}
		if n != 1 && n != 12 && n != 60 {
			continue
		}
		for _, lang := range []string{"en", "zh"} {
			for _, at := range []int{1, (n + 1) / 2, n} {
				page := browser.Get(fmt.Sprintf("/%s/lab?step=%d", lang, at)).Want(http.StatusOK)
				if got := page.Header.Get("Content-Encoding"); got != "gzip" {
					t.Fatalf("the page is encoded with %q; want gzip", got)
				}
				t.Logf("%s, step %d of %d: %d bytes", lang, at, n, len(page.Body))
				if len(page.Body) > most {
					t.Errorf("%s, step %d of %d has %d bytes gzipped; want at most %d", lang, at, n, len(page.Body), most)
				}
			}
		}
	}
}

// What a bench unfolds is fetched from pages, which say the same to those without
// scripts.
func TestWhatUnfoldsIsOnPages(t *testing.T) {
	s := newSite(t)
	_, page := began(s)
	for path, parts := range map[string][]string{
		"/lab/keys":               {`id="key-list"`, "PgUp"},
		"/lab/terminal":           {`id="terminal-panel"`, `id="curl-lines"`, s.URL},
		"/lab/clock":              {`id="clock-panel"`, `name="move"`},
		"/lab/browsers":           {`id="opens-panel"`, `name="name"`},
		"/lab/steps/2/raw":        {`id="raw-in"`, "Set-Cookie:", `id="step-curl"`},
		"/lab/steps/2/transcript": {`id="told"`, `<li class="by-server`, "Set-Cookie:"},
	} {
		for _, lang := range []string{"/en", "/zh"} {
			body := page(lang+path, http.StatusOK)
			for _, part := range parts {
				if !strings.Contains(body, part) {
					t.Errorf("%s lacks %q", lang+path, part)
				}
			}
		}
	}
	page("/en/lab/steps/9/transcript", http.StatusNotFound)
}
