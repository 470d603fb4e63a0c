package handlers_test

import (
	"testing"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// Each goal is reached by the acts that the page offers to do for somebody, and by
// nothing less. Some need what the goals before them did.
func TestEachGoalIsReachedByItsActsAndNotNearly(t *testing.T) {
	t.Parallel()
	s := newCourse(t)
	for _, l := range lessons(t) {
		t.Run(l.Slug, func(t *testing.T) {
			for i, g := range l.Goals {
				var before []string
				if !reaches(t, s, l, g, nil, g.Do) {
					for _, earlier := range l.Goals[:i] {
						before = append(before, earlier.Do...)
					}
					if !reaches(t, s, l, g, before, g.Do) {
						t.Errorf("%s is not reached by %v after %v", g.ID, g.Do, before)
					}
				}
				if len(g.Nearly) > 0 && reaches(t, s, l, g, before, g.Nearly) {
					t.Errorf("%s is reached by %v after %v, which are only nearly its acts", g.ID, g.Nearly, before)
				}
			}
		})
	}
}

// reaches reports whether acts reach a goal in a lesson that somebody has just begun,
// after other acts, which must not.
func reaches(t *testing.T, s *site, l *lesson.Lesson, g lesson.Goal, before, acts []string) bool {
	t.Helper()
	p := s.take(t, l, "en")
	p.skip()
	p.do(before...)
	if n, reached := p.progress().Goals[g.ID]; reached {
		t.Errorf("%s is reached at step %d by %v alone", g.ID, n, before)
	}
	p.do(acts...)
	n, reached := p.progress().Goals[g.ID]
	if reached && n == 0 {
		t.Errorf("%s is reached, and no step stands beside it", g.ID)
	}
	return reached
}
