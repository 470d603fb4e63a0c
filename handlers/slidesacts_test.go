package handlers_test

import (
	"strconv"
	"strings"
	"testing"
)

// goTo presses on until the screen says something.
func (r *remote) goTo(says string) {
	r.t.Helper()
	for range 200 {
		if strings.Contains(r.screen(), says) {
			return
		}
		if !r.goOn() {
			break
		}
	}
	r.t.Fatalf("no screen says %q; the last is %s: %s", says, r.path, r.screen())
}

// screen is all that the screen says.
func (r *remote) screen() string { r.t.Helper(); return said(r.first("main", hasID("lab"))) }

// pane is what a pane says.
func (r *remote) pane(id string) string {
	r.t.Helper()
	return said(r.first("section", hasID(id)))
}

// An act that sends no request shows what it came to, and says that nothing was sent.
func TestAScreenShowsWhatAnActWithoutARequestCameTo(t *testing.T) {
	s := newCourse(t)
	for _, tt := range []struct {
		slug, after string
		browser     []string
		not         []string
	}{
		{"where", "The cookie session was edited in", []string{"Mallory", "changed", "signature (wrong)"}, []string{"(valid)"}},
		{"lifetime", "was closed: its cookie had no date, so it was deleted", []string{"removed", "No cookie now."}, []string{"added"}},
		{"logout", "got a copy of the cookie session", []string{"Mallory"}, []string{"No cookie"}},
		{"logout", "The cookie session was deleted in", []string{"momo simulated", "No cookie now."}, []string{"Mallory simulated"}},
		{"where", "Sessions are kept elsewhere from here on: Cookie, signed (Flask)", []string{"No cookie"}, nil},
	} {
		r := s.project(t, bySlug(t, tt.slug), "en")
		r.goTo(tt.after)
		if !strings.Contains(r.screen(), "No request was sent.") {
			t.Errorf("%s: the screen does not say that no request was sent: %s", tt.after, r.screen())
		}
		for _, want := range tt.browser {
			if got := r.pane("duo-browser"); !strings.Contains(got, want) {
				t.Errorf("%s: the browser's pane lacks %q: %s", tt.after, want, got)
			}
		}
		for _, stale := range tt.not {
			if got := r.pane("duo-browser"); strings.Contains(got, stale) {
				t.Errorf("%s: the browser's pane still says %q: %s", tt.after, stale, got)
			}
		}
	}
}

// The result of a question's last act is on the screen that follows, before a flow that
// is about an earlier step, which says so.
func TestTheLastActsResultComesBeforeAnEarlierStepsFlow(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "login"), "zh")
	for kind := ""; kind != "act"; kind, _ = r.on() {
		r.goOn()
	}
	r.goOn() // logs in
	r.goOn() // asks who it is
	if kind, n := r.on(); kind != "act" || n != 2 {
		t.Fatalf("after the last act comes screen %d, a %s; want the act with its result", n, kind)
	}
	for _, want := range []string{"第 3 步", "返回： momo", "→ 'momo'"} {
		if !strings.Contains(r.screen(), want) {
			t.Errorf("the result lacks %q: %s", want, r.screen())
		}
	}
	r.goOn()
	if kind, _ := r.on(); kind != "flow" || !strings.Contains(r.screen(), "回到第 2 步") {
		t.Errorf("then comes a %s that does not go back to step 2: %s", kind, r.screen())
	}
}

// A flow about the last act comes at once, and says which step it is of.
func TestAFlowSaysWhichStepItIsOf(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "where"), "en")
	for kind := ""; kind != "flow"; kind, _ = r.on() {
		r.goOn()
	}
	said := r.screen()
	if strings.Contains(said, "Back to step") || !strings.Contains(said, "Step "+strconv.Itoa(len(r.entered().Steps()))+": ") {
		t.Errorf("the flow does not say its step: %s", said)
	}
}

// What the code got from the session is shown where it ran, None too.
func TestAScreenShowsWhatTheCodeReturned(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "lifetime"), "en")
	r.goTo("→ None")
	r.goTo("→ 'momo'")
}

// While a flow goes on, the store says nothing that only a later event tells: a screen
// shows the events together in which the server looks, a lesson's page one by one. A
// moved clock stands in the head of the screen.
func TestAStoreSaysExpiredWhenTheServerFindsIt(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "lifetime"), "en")
	r.goTo("The clock was moved ahead by")
	for kind := ""; kind != "flow"; kind, _ = r.on() {
		r.goOn()
	}
	if strip := r.first("p", classed("at-time")); strip == nil || !within(strip, "slide-h") {
		t.Error("the moved clock is not in the head of the screen")
	}
	if got := r.pane("duo-store"); !strings.Contains(got, "expired") {
		t.Errorf("where the server looks, the store says %q", got)
	}
	r.open(attribute(r.first("a", hasID("leave")), "href") + "&event=1")
	if got := r.pane("duo-store"); strings.Contains(got, "expired") || !strings.Contains(got, "has not looked here yet") {
		t.Errorf("before the server looks, the store says %q", got)
	}
}

// Mallory looks the same in every lesson, alone or beside momo.
func TestMallorysBadgeIsTheSameInEveryLesson(t *testing.T) {
	s := newCourse(t)
	for _, slug := range []string{"where", "logout"} {
		r := s.project(t, bySlug(t, slug), "en")
		for range 200 {
			r.goOn()
			if pane := r.first("section", hasID("duo-browser")); pane != nil && strings.Contains(said(pane), "Mallory simulated") {
				break
			}
		}
		b := r.first("i", classed("b"))
		if b == nil || said(b) != "M" || attribute(b, "data-b") != "2" {
			t.Errorf("%s: Mallory's badge is %v; want M in the second colour", slug, b)
		}
	}
}
