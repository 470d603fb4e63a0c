package handlers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/step"
)

// However fast one is: a time stamp tells seconds apart, and the clock of a site
// stands still.
func TestNoCopyComesBackWithItsMechanism(t *testing.T) {
	for _, mechanism := range step.Mechanisms {
		other := step.MechanismServer
		if mechanism == other {
			other = step.MechanismFlask
		}
		s := newSite(t)
		l := s.learner()
		c := s.curl()
		var copies []string
		for round := range 3 {
			l.set("mechanism", mechanism)
			c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
			c.Get(l.app + "me").Want(200)
			copies = append(copies, sessionCookie(c, l.app))
			l.set("lifetime", "2h", "mechanism", mechanism) // which changes neither
			c.Get(l.app + "me").Want(200)
			for _, copied := range copies[:round] {
				s.carrying("session=" + copied).Get(l.app + "me").Want(401)
				steps := l.steps()
				kinds := join(kinds(l.step(steps[len(steps)-1].N)))
				if carries := mechanism != step.MechanismServer; carries != strings.Contains(kinds, string(step.SessionExpired)) {
					t.Errorf("%s: a copy has events %s", mechanism, kinds)
				}
			}
			l.set("mechanism", other)
			s.clock.Advance(400 * time.Millisecond)
		}
	}
}

// A record that stayed in a dead store is not read when that store is chosen again.
func TestNoCopyComesBackWithItsStore(t *testing.T) {
	s, store, _ := frailSite(t)
	l := s.learner()
	c := s.curl()
	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	copied := s.carrying("session=" + sessionCookie(c, l.app))
	copied.Get(l.app + "me").Want(200)
	first := l.step(1).After.Record
	store.reads.set("fails")
	store.writes.set("fails")
	l.set("store", "memory")
	store.reads.set("")
	store.writes.set("")
	l.set("store", "sqlite")
	if n := s.count("sessions"); n != 1 {
		t.Fatalf("the store has %d records; want the one it could not delete", n)
	}
	copied.Get(l.app + "me").Want(401)

	c.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	steps := l.steps()
	now := l.step(steps[len(steps)-1].N).After.Record
	if want := "session:" + l.bench + ".3:" + now.ID; now.Key != want || first.Key != "session:"+l.bench+":"+first.ID {
		t.Errorf("the keys are %q and then %q; want another epoch, %q", first.Key, now.Key, want)
	}
	if page := l.page("/en/lab/side-by-side"); !strings.Contains(page, "holds 1 session") {
		t.Error("the page counts what is left of another epoch")
	}
	if page := l.Get("/en/lab/config").Want(200).Body; !strings.Contains(page, "session:"+l.bench+".3:") {
		t.Error("the settings as code have another prefix")
	}
	l.Post("/en/lab/new").Want(303)
	if n := s.count("sessions"); n != 0 {
		t.Errorf("a removed bench left %d records", n)
	}
}
