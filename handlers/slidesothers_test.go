package handlers_test

import (
	"strings"
	"testing"
)

// A screen shows what the other browser holds beside the one that acts: a log-out deletes
// momo's cookie and not Mallory's copy, and one whose cookie is deleted has none beside her.
func TestAScreenShowsTheOtherBrowserBeside(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "logout"), "en")
	for _, tt := range []struct{ after, shown, other string }{
		{"POST /logout", "momo", "Mallory"},
		{"No such record", "Mallory", "momo no cookie"},
		{"got a copy of the cookie session", "Mallory", "momo"},
		{"The cookie session was deleted in", "momo", "Mallory"},
		{"The record is found", "Mallory", "momo no cookie"},
	} {
		r.goTo(tt.after)
		pane := r.first("section", hasID("duo-browser"))
		others := said(r.first("ul", classed("others")))
		if !strings.Contains(said(pane), tt.shown+" simulated") || !strings.Contains(others, tt.other) {
			t.Fatalf("%s: the pane shows %s, and beside it %s; want %s, and %s", tt.after, said(pane), others, tt.shown, tt.other)
		}
		if strings.Contains(tt.other, "no cookie") {
			continue
		}
		cookie := said(r.first("code", classed("raw")))
		if head := strings.TrimPrefix(others[strings.LastIndex(others, " ")+1:], " "); len(head) < 20 || !strings.HasPrefix(cookie, head[:18]) {
			t.Errorf("%s: beside %q stands %q; want the same cookie", tt.after, cookie, others)
		}
	}
}

// Nothing is said of another browser before it acts, and later only of those that are the
// lesson's.
func TestOtherBrowsersAreThoseOfTheLesson(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "logout"), "en")
	r.Post("/en/lab/browsers", "name", "Eve").Want(303)
	if r.first("ul", classed("others")) != nil {
		t.Error("another browser is shown before the question is answered")
	}
	r.goTo("POST /logout")
	if got := said(r.first("ul", classed("others"))); !strings.Contains(got, "Mallory") || strings.Contains(got, "Eve") {
		t.Errorf("beside momo stands %q; want the lesson's browsers alone", got)
	}
}
