package handlers_test

import (
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

const opens = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" // what browsers send to open a page

func TestTheAddressOfTheWebsiteSaysWhatItIs(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	own := l.With("Accept", opens).With("User-Agent", "Mozilla/5.0")
	body := own.Get(l.app).Want(200).Body
	for _, want := range []string{"A practice website", "The bench is yours", `href="/en/lab"`, `href="` + l.app + `?run"`} {
		if !strings.Contains(body, want) {
			t.Errorf("to its owner the page does not say %q", want)
		}
	}
	stranger := s.Browser(t)
	if body := stranger.Get(l.app).Want(200).Body; strings.Contains(body, "is yours") || !strings.Contains(body, `href="`+s.URL+`/en/lab"`) {
		t.Errorf("to a stranger the page does not say where its owner finds the bench:\n%s", body)
	}
	first := l.step(1)
	if first.Op != "" || first.Before.Cookie != nil || first.After.Cookie != nil || first.After.Record != nil {
		t.Errorf("opening the page is recorded as %q, and left %+v; want no operation, and nothing", first.Op, first.After)
	}
	if body := own.Get("/en/lab?step=1").Want(200).Body; !strings.Contains(body, "opened the front page") {
		t.Error("the bench does not say what the step was")
	}
}

// curl sends the app's cookie to the address without its slash, too, for which it is not.
func TestTheAddressWithoutItsSlashIsNoStep(t *testing.T) {
	l := newSite(t).learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	for method, status := range map[string]int{"GET": 308, "HEAD": 308, "POST": 308, "PURGE": 405} {
		a := l.With("Cookie", "session="+sessionCookie(l.Client, l.app)).Do(method, strings.TrimSuffix(l.app, "/")+"?a=b", "").Want(status)
		if got := a.Header.Get("Location"); status == 308 && got != l.app+"?a=b" {
			t.Errorf("%s leads to %q; want %s?a=b", method, got, l.app)
		}
	}
	l.Get("/en/lab/steps/2").Want(404)
	if me := op(t, l.Get(l.app+"me"), 200); me.Result != "momo" {
		t.Errorf("afterwards it is %v; want momo still", me.Result)
	}
	if s := l.step(2); s.Before.Cookie == nil || s.Before.Cookie.Attributes == nil {
		t.Errorf("the next step begins with %+v; want the cookie that the log-in set", s.Before.Cookie)
	}
}

func TestTheNotesProgramRunsForProgramsAndOnRequestInABrowser(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	for name, ask := range map[string]func() string{
		"curl":                       func() string { return s.curl().With("Accept", "*/*").Get(l.app).Want(200).Body },
		"curl for HTML":              func() string { return s.curl().With("Accept", opens).Get(l.app).Want(200).Body },
		"a script of a page":         func() string { return s.Browser(t).With("Accept", "*/*").Get(l.app).Want(200).Body },
		"a browser, from the page":   func() string { return s.Browser(t).Get(l.app + "?run").Want(200).Body },
		"a program that asks for no": func() string { return s.curl().With("Accept", "").Get(l.app).Want(200).Body },
	} {
		if got := ask(); got != "Hello World!" {
			t.Errorf("%s gets %q; want Hello World!", name, got)
		}
		steps := l.steps()
		if last := steps[len(steps)-1]; last.Op != step.OpIndex || last.Cookie != step.Added {
			t.Errorf("%s: the step is %q, and the cookie %q", name, last.Op, last.Cookie)
		}
	}
	b := s.Browser(t)
	b.Get(l.app + "?run").Want(200)
	if got := b.Get(l.app + "getSession/").Want(200).Body; got != "momo" {
		t.Errorf("getSession says %q to a browser; want momo", got)
	}
	if got := b.Get(l.app + "deleteSession/").Want(200).Body; got != "删除成功" {
		t.Errorf("deleteSession says %q to a browser; want 删除成功", got)
	}
}
