package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

func TestKeepingSessionsElsewhereStandsOnTheTimeline(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.set("mechanism", "gorilla")
	if got := l.entries(); len(got) != 0 {
		t.Errorf("before the first step the entries are %v; want none", got)
	}
	l.loggedIn()
	l.set("mechanism", "server", "store", "memory")
	l.set("lifetime", "2h")
	l.loggedIn()
	l.set("mechanism", "flask")
	l.set("mechanism", "server")
	want := []step.Entry{
		{N: 1, After: 1, Kind: step.EntrySessionsMoved, Value: "memory"},
		{N: 2, After: 2, Kind: step.EntrySessionsMoved, Value: "flask"},
		{N: 3, After: 2, Kind: step.EntrySessionsMoved, Value: "memory"},
	}
	if got := l.entries(); !slices.Equal(got, want) {
		t.Errorf("the entries are %+v; want %+v", got, want)
	}
	page := l.With("Accept", "text/html").Get("/en/lab").Want(200).Body
	if !strings.Contains(page, `data-of="sessions" title="Sessions are kept elsewhere from here on: Memory.`) {
		t.Error("the strip does not say that sessions are kept elsewhere")
	}
	if !strings.Contains(page, "Your next request starts a new session.") {
		t.Error("a change that was changed back is not told: it ended the sessions too")
	}
}
