package handlers_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// words are what the chips of a page say.
var chipWord = regexp.MustCompile(`<b>\d+</b> (?:<svg.*?</em> )?<span>([^<]*)</span>`)

func TestAStepIsCalledAsItsButton(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.Post(l.app+"set", "key", "a", "value", "1").Want(200)
	l.Get(l.app + "get?key=a").Want(200)
	l.Post(l.app+"pop", "key", "a").Want(200)
	l.Post(l.app+"permanent", "on", "true").Want(200)
	l.Get(l.app + "me").Want(200)
	l.Post(l.app + "clear").Want(200)
	l.Post(l.app + "logout").Want(200)
	for lang, want := range map[string]string{
		"en": "Log in, Set, Get, Pop, Permanent, Who am I?, Clear, Log out",
		"zh": "登录, 写入, 读取, 取出, 长期会话, 我是谁？, 清空, 退出登录",
	} {
		body := l.With("Accept", "text/html").Get("/" + lang + "/lab").Want(200).Body
		var words []string
		for _, m := range chipWord.FindAllStringSubmatch(body, -1) {
			words = append(words, m[1])
		}
		if got := strings.Join(words, ", "); got != want {
			t.Errorf("%s: the chips say %q; want %q", lang, got, want)
		}
	}
}

func TestTheListTellsEveryStepOnItsPages(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	const all = 95
	for i := range all {
		l.Post(l.app+"set", "key", "a", "value", fmt.Sprint(i)).Want(200)
	}
	page := l.With("Accept", "text/html")
	row := regexp.MustCompile(`href="/en/lab\?step=(\d+)"`)
	for query, want := range map[string][2]string{"": {"56", "95"}, "?from=1": {"1", "40"}, "?from=16": {"16", "55"}, "?step=50": {"30", "69"}, "?step=95": {"56", "95"}} {
		body := page.Get("/en/lab/steps" + query).Want(200).Body
		rows := row.FindAllStringSubmatch(body, -1)
		if len(rows) != 40 || rows[0][1] != want[0] || rows[39][1] != want[1] {
			t.Errorf("%q lists %d steps, %v; want 40, from %s to %s", query, len(rows), rows, want[0], want[1])
		}
		if n := strings.Count(body, "The record changed"); n < 39 {
			t.Errorf("%q says what came of %d of its 40 steps", query, n)
		}
	}
	for _, query := range []string{"?from=0", "?from=x", "?step=-1"} {
		page.Get("/en/lab/steps" + query).Want(404)
	}
	var list struct{ Steps []step.Summary }
	l.Get("/en/lab/steps").Want(200).JSON(&list)
	if len(list.Steps) != all {
		t.Errorf("a program gets %d steps; want all %d", len(list.Steps), all)
	}
}

// A bench page must not grow with what happened before.
func TestTheBenchPageHardlyGrowsWithItsSteps(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	page := l.With("Accept", "text/html")
	size := func() int { return len(page.Get("/en/lab").Want(200).Body) }
	set := func(n int) {
		for i := range n {
			l.Post(l.app+"set", "key", "a", "value", fmt.Sprint(i%10)).Want(200)
		}
	}
	set(40)
	few := size()
	set(160)
	if many := size(); many > few+6000 {
		t.Errorf("the page has %d bytes with 40 steps, and %d with 200", few, many)
	}
}

func TestLeavingABenchIsAskedFirst(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.Post(l.app+"set", "key", "a", "value", "1").Want(200)
	l.set("lifetime", "2h", "http_only", "false")
	page := l.With("Accept", "text/html")
	for _, way := range []string{"new", "end"} {
		body := page.Get("/en/lab/" + way).Want(200).Body
		for _, want := range []string{"2 steps", "1 session in", "2 settings that you changed: Lifetime, HttpOnly", s.URL + l.app, `method="post" action="/en/lab/` + way + `"`} {
			if !strings.Contains(body, want) {
				t.Errorf("/lab/%s does not say %q", way, want)
			}
		}
		l.Get("/en/lab/" + way).Want(http.StatusMethodNotAllowed)
	}
	if n := len(l.steps()); n != 2 {
		t.Errorf("after the questions there are %d steps; want both", n)
	}
	body := page.Get("/en/lab/settings").Want(200).Body
	if strings.Contains(body, `action="/en/lab/new"`) || strings.Contains(body, `action="/en/lab/end"`) {
		t.Error("the settings have a button that deletes the bench at once")
	}
	page.Post("/en/lab/end").Want(303)
	page.Get("/en/lab?step=1").Want(404)
}

func TestSubpagesOfTheBenchSayWhereTheyBelong(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"set", "key", "a", "value", "1").Want(200)
	l.Post(l.app+"set", "key", "a", "value", "2").Want(200)
	page := l.With("Accept", "text/html")
	for _, path := range []string{"settings", "config", "steps", "steps/1/raw", "steps/1/code", "compare", "side-by-side", "print", "new", "end"} {
		body := page.Get("/en/lab/" + path).Want(200).Body
		if !strings.Contains(body, `href="/en/lab" aria-current="true"`) {
			t.Errorf("/lab/%s does not mark the bench as where it belongs", path)
		}
		if n := strings.Count(body, `class="back"`); n != 1 {
			t.Errorf("/lab/%s has %d ways back; want one", path, n)
		}
		if n := strings.Count(body, "<h1"); n != 1 {
			t.Errorf("/lab/%s has %d headings of the first rank; want one", path, n)
		}
	}
	if body := page.Get("/en/lab").Want(200).Body; !strings.Contains(body, `href="/en/lab" aria-current="page"`) {
		t.Error("the bench does not mark itself")
	}
}
