package handlers_test

import (
	"regexp"
	"slices"
	"testing"
)

// back goes back, as PgUp does.
func (r *remote) back() {
	r.t.Helper()
	link := r.first("a", hasID("event-prev"))
	if link == nil {
		r.t.Fatalf("%s leads nowhere back", r.path)
	}
	r.follow(link)
}

// theTime is what a clock that was moved shows: it goes on.
var theTime = regexp.MustCompile(`The clock of your website shows[^(]*\(simulated\)\.`)

// sides is what the screen of an act shows of it: all of the picture, and what came back.
func (r *remote) sides() string {
	r.t.Helper()
	all := said(r.first("div", classed("duo"))) + " | " + said(r.first("p", classed("grow")))
	return theTime.ReplaceAllString(all, "")
}

// Going back among the acts of a question shows what each came to when it was done, and
// undoes nothing. Going on shows all that were done by one press, and only then does the
// next.
func TestGoingBackAmongActsShowsWhatEachCameTo(t *testing.T) {
	t.Parallel()
	s := newCourse(t)
	for _, l := range lessons(t) {
		t.Run(l.Slug, func(t *testing.T) {
			r := s.project(t, l, "en")
			var shown []string // since the question
			screen := 0
			for kind := ""; kind != "take"; kind, _ = r.on() {
				if !r.goOn() {
					t.Fatalf("%s: a lesson does not come to its end", r.path)
				}
				kind, n := r.on()
				if kind != "act" {
					continue
				}
				if n != screen {
					screen, shown = n, nil
				}
				shown = append(shown, r.sides())
				r.backAndForth(shown)
			}
		})
	}
}

// backAndForth goes back from an act to the question, and on again to the act.
func (r *remote) backAndForth(shown []string) {
	r.t.Helper()
	steps := len(r.entered().Steps())
	for i := len(shown) - 2; i >= 0; i-- {
		r.back()
		if got := r.sides(); got != shown[i] && i > 0 {
			r.t.Errorf("back at %s the screen shows\n%s\nwant\n%s", r.path, got, shown[i])
		}
	}
	r.back()
	if kind, _ := r.on(); kind != "question" {
		r.t.Errorf("before all acts, at %s, is a %s; want the question", r.path, kind)
	}
	last := len(shown) - 1
	for range shown { // one that leaves no trace on the bench is pressed once more
		if r.goOn(); r.sides() == shown[last] {
			break
		}
	}
	if got := r.sides(); got != shown[last] && last > 0 {
		r.t.Errorf("again at %s the screen shows\n%s\nwant\n%s", r.path, got, shown[last])
	}
	if got := len(r.entered().Steps()); got != steps {
		r.t.Errorf("going back and forth to %s made %d steps; want none", r.path, got-steps)
	}
}

// Going on from a question whose acts were done shows them as done by one press.
func TestOnePressShowsAllActsThatWereDone(t *testing.T) {
	r := newCourse(t).project(t, bySlug(t, "amnesia"), "en")
	for kind := ""; kind != "flow"; kind, _ = r.on() {
		r.goOn()
	}
	for kind := "flow"; kind != "question"; kind, _ = r.on() {
		r.back()
	}
	steps := len(r.entered().Steps())
	var kinds []string
	for range 2 {
		r.goOn()
		kind, _ := r.on()
		kinds = append(kinds, kind)
	}
	if want := []string{"act", "flow"}; !slices.Equal(kinds, want) {
		t.Errorf("after the question come %q; want %q", kinds, want)
	}
	if got := len(r.entered().Steps()); got != steps {
		t.Errorf("there are %d steps; want %d as before", got, steps)
	}
}
