package handlers_test

import (
	"testing"

	"golang.org/x/net/html"
)

// mostPresses is how often a teacher presses a remote on the path of 45 minutes, at most:
// more leave no time to talk.
const mostPresses = 110

// The path of 45 minutes is taught by few presses of a remote, from its first question to
// its end.
func TestThePathOf45MinutesTakesFewPresses(t *testing.T) {
	s := newCourse(t)
	path := onPath45(t)
	r := &remote{pupil: &pupil{visitor: s.visitor(t), site: s, l: path[0], lang: "en"}}
	r.open(r.address("?present&path=45"))
	presses, by := 0, make(map[string]int)
	for r.first("a", leadsToTheSheet) == nil {
		kind, _ := r.on()
		by[kind]++
		if presses++; presses > 400 || !r.goOn() {
			t.Fatalf("%s: the path does not come to its end", r.path)
		}
	}
	if presses > mostPresses {
		t.Errorf("the path takes %d presses, %v; want %d at most", presses, by, mostPresses)
	}
}

func leadsToTheSheet(n *html.Node) bool { return attribute(n, "href") == "/en/course/sheet" }
