package handlers_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestTheCodeOfAStepIsThatOfItsOwnStore(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	page := l.With("Accept", "text/html")
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	l.set("store", "memory")
	l.Post(l.app+"set", "key", "a", "value", "b").Want(200)
	for path, want := range map[string]string{
		"/en/lab/steps/1/code": "session/sqlbackend/backend.go",
		"/en/lab/steps/2/code": "session/memory.go",
	} {
		if body := page.Get(path).Want(200).Body; !strings.Contains(body, want) {
			t.Errorf("%s does not show %s, which the step ran", path, want)
		}
	}
}

func TestFlaskComesFirstAndWhatRanIsMarked(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	body := l.With("Accept", "text/html").Get("/en/lab/steps/1/code").Want(200).Body
	sections := strings.Split(body, `<section class="code-event"`)[1:]
	both := 0
	for _, section := range sections {
		flask, ours := strings.Index(section, "Flask 3.1"), strings.Index(section, "Go, this program")
		if flask >= 0 && ours >= 0 {
			if both++; flask > ours {
				t.Errorf("this program's code stands before Flask's in %.80s…", section)
			}
			if got := strings.Count(section, "<mark>"); got < 2 {
				t.Errorf("%d lines are marked in %.80s…; want one in each", got, section)
			}
		}
	}
	if both < 4 {
		t.Errorf("%d events show both; want the cookie, the session, the password, the operation and Set-Cookie", both)
	}
	for _, want := range []string{"flask/sessions.py:323", "flask/sessions.py:337", "check_password_hash"} {
		if !strings.Contains(body, want) {
			t.Errorf("the code of a log-in lacks %q", want)
		}
	}
}

// A reader of s.loads(…) beside the signature of an ID must not take one for the other.
func TestFlasksOwnSessionsAreToldFromOtherMechanisms(t *testing.T) {
	for mechanism, want := range map[string]string{
		"server": "is a record in a store", "gorilla": "is encrypted too", "flask": "",
	} {
		l := newSite(t).learner()
		l.set("mechanism", mechanism)
		l.loggedIn().Get(l.app + "me").Want(200)
		body := l.With("Accept", "text/html").Get("/en/lab/steps/2/code").Want(200).Body
		for _, section := range strings.Split(body, `<figure class="excerpt">`)[1:] {
			others := strings.Contains(section, "flask/sessions.py") && want != ""
			if got := strings.Contains(section, "for Flask&#39;s own sessions"); got != others || got && !strings.Contains(section, want) {
				t.Errorf("%s: said that the code is of another mechanism: %v; want %v in %.200s", mechanism, got, others, section)
			}
		}
	}
}

// The link is in the text of a lesson, whose page updates itself: another page needs its
// own style sheet.
func TestALessonLeadsToTheLineThatRanAndBack(t *testing.T) {
	p := newCourse(t).take(t, lessonCalled(t, "a-note"), "en")
	p.skipFirst()
	p.do("colour", "read")
	p.open(p.address("?part=q1.explain"))
	link := p.first("a", func(n *html.Node) bool { return strings.Contains(attribute(n, "href"), "/code") })
	if attribute(link, "data-hx-boost") != "false" {
		t.Error("the code is to be shown within the lesson's page, which has no style for it")
	}
	address, section, _ := strings.Cut(attribute(link, "href"), "#")
	p.open(address)
	if code := p.first("section", identified(section)); !strings.Contains(said(code), "set_cookie") {
		t.Errorf("#%s is not the code of set_cookie: %s", section, said(code))
	}
	p.openLink(p.address("?part=q1.explain"))
}
