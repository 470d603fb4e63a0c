package handlers_test

import (
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// mostPresses is how often a teacher presses a remote on the path of 45 minutes, at most:
// more leave no time to talk.
const mostPresses = 91

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

// On a path a lesson can leave out its last question. Without the path the class is asked
// it, too, and a lesson that was shown to its end is done both ways.
func TestAPathCanLeaveOutTheLastQuestionOfALesson(t *testing.T) {
	for _, slug := range []string{"login", "where"} {
		for path, want := range map[string]int{"": 15, "&path=90": 15, "&path=45": 11} {
			s := newCourse(t)
			r := &remote{pupil: &pupil{visitor: s.visitor(t), site: s, l: bySlug(t, slug), lang: "en"}}
			r.open(r.address("?present" + path))
			for kind := ""; kind != "take"; kind, _ = r.on() {
				if !r.goOn() {
					t.Fatalf("%s: the lesson does not come to its end", r.path)
				}
			}
			if _, n := r.on(); n != want {
				t.Errorf("%s%s has %d screens; want %d", slug, path, n, want)
			}
			if kept := must(lesson.ReadCourse(r.entered().Course()))(t); !kept[slug].Done {
				t.Errorf("%s%s is not done at its end", slug, path)
			}
		}
	}
}

// A screen says what anybody can read in a cookie, and what changed where the bytes did not.
func TestAnswersSayWhatTheBytesDoNotShow(t *testing.T) {
	s := newCourse(t)
	r := s.project(t, bySlug(t, "where"), "en")
	r.goTo(`it says{"pin":"4711","uname":"momo"}`)
	r = s.project(t, bySlug(t, "login"), "en")
	r.goTo("The same values, under a new ID.")
}
