package handlers_test

import (
	"strings"
	"testing"
)

// The store's pane counts the sessions of the position that it shows.
func TestTheStoreCountsTheSessionsOfThePositionShown(t *testing.T) {
	l := newSite(t).learner()
	c := l.loggedIn()
	const before, now, later = "Sessions here at this point: 0", "Sessions here now: 1", "Sessions here after the latest step: 1"
	at := func(page string) string {
		i := strings.Index(page, before)
		if i < 0 {
			t.Fatal("the page does not count the sessions before the step")
		}
		tag := page[strings.LastIndex(page[:i], "<p "):i]
		if strings.Contains(tag, "not-yet") {
			return before
		}
		return now
	}
	for query, want := range map[string]string{"": now, "?step=1&event=0": before, "?step=1&event=2": before} {
		if got := at(l.page("/en/lab" + query)); got != want {
			t.Errorf("at %q the pane shows %q; want %q", query, got, want)
		}
	}
	c.Get(l.app + "me").Want(200)
	for query, want := range map[string]string{"": now, "?step=1": later} {
		if page := l.page("/en/lab" + query); !strings.Contains(page, want) || strings.Contains(page, before) {
			t.Errorf("of two steps, %q lacks %q", query, want)
		}
	}
}
