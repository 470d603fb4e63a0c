package handlers_test

import (
	"fmt"
	"html"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// notePoints is how many points the lecture note has.
const notePoints = 20

// goalsOf are the goals that have a learner do what a point of the note says, by the
// addresses of their parts.
func goalsOf(point int, lang string) map[string]string {
	found := make(map[string]string)
	all, _ := lessonsOfCourse()
	for _, l := range all {
		for _, g := range l.Goals {
			for _, n := range g.Notes {
				if n == point {
					text := l.Words[lang].Goals[g.ID].Text.Plain(nil)
					found[text] = fmt.Sprintf("/%s/course/%s?part=%s.%s", lang, l.Slug, g.Part, lesson.Predict)
				}
			}
		}
	}
	return found
}

func TestEveryPointOfTheNoteIsSomebodysGoal(t *testing.T) {
	for n := 1; n <= notePoints; n++ {
		if len(goalsOf(n, "en")) == 0 {
			t.Errorf("point %d of the note is no goal of any lesson", n)
		}
	}
	all, _ := lessonsOfCourse()
	for _, l := range all {
		for _, g := range l.Goals {
			for _, n := range g.Notes {
				if n < 1 || n > notePoints {
					t.Errorf("%s, %s: there is no point %d of the note", l.Slug, g.ID, n)
				}
			}
		}
	}
}

func TestEachPointOfTheNoteLeadsToTheLessonsThatHaveALearnerDoIt(t *testing.T) {
	s := withLessons(t)
	for _, lang := range []string{"en", "zh"} {
		page := s.Browser(t).Get("/" + lang + "/note").Want(200).Body
		points := strings.Split(page, `<li class="point" id="p`)
		if len(points) != notePoints+1 {
			t.Fatalf("%s: the page has %d points; want %d", lang, len(points)-1, notePoints)
		}
		for n := 1; n <= notePoints; n++ {
			for text, to := range goalsOf(n, lang) {
				contains(t, points[n], `href="`+to+`"`, html.EscapeString(text))
			}
		}
	}
}
