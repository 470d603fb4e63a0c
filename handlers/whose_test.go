package handlers_test

import (
	"strings"
	"testing"
)

// The tab of a browser leads to the last step that it sent. Where it sent none, or another
// step is asked for, the page says whose step it shows.
func TestTheTabOfABrowserShowsItsOwnLastStep(t *testing.T) {
	l := newSite(t).learner()
	alice, mallory := l.browser("Alice's laptop"), l.browser("Mallory")
	alice.send("login", "uname", "alice", "pwd", "rabbit").Want(200)
	mallory.send("me")
	alice.send("me").Want(200)
	const shows = `data-step="`
	for query, want := range map[string]struct{ step, whose string }{
		"browser=" + alice.id:               {"3", ""},
		"browser=" + mallory.id:             {"2", ""},
		"browser=" + mallory.id + "&step=1": {"1", "Shown is step 1, sent by Alice&#39;s laptop (simulated)."},
		"browser=you":                       {"3", "Your browser has sent nothing yet. Shown is step 3, sent by Alice&#39;s laptop (simulated)."},
		"step=2":                            {"2", ""},
	} {
		page := l.page("/en/lab?" + query)
		if !strings.Contains(page, shows+want.step+`"`) {
			t.Errorf("%q does not show step %s", query, want.step)
		}
		if got := strings.Count(page, `class="as-of">`+want.whose); want.whose != "" && got != 2 {
			t.Errorf("%q says whose step it shows %d times; want it of the flow and of the store", query, got)
		}
		if want.whose == "" && strings.Contains(page, "Shown is step") {
			t.Errorf("%q tells a browser's own step as another's", query)
		}
	}
}
