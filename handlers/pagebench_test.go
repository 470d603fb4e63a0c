package handlers_test

import (
	"net/http"
	"strconv"
	"testing"
)

// BenchmarkLearningPage is the page of a lesson, with the result of a question, and that of
// an experiment with a run, beside the page of a step of the same bench.
func BenchmarkLearningPage(b *testing.B) {
	s := newCourse(b)
	p := s.take(b, lessonCalled(b, "set-get-pop-clear"), "en")
	p.skipFirst()
	p.do("set-dark", "get-theme")
	p.Post("/en/experiments/theft", "variant", named(b, "theft").Variants[0].ID).Want(http.StatusSeeOther)
	last := p.bench.Steps()[len(p.bench.Steps())-1].N
	for _, page := range []struct{ name, path string }{
		{"step", "/en/lab?step=" + strconv.Itoa(last)}, {"lesson", p.address("?part=q1.observe")}, {"experiment", "/en/experiments/theft"},
	} {
		b.Run(page.name, func(b *testing.B) { s.fetch(b, p.Cookie("seat", "/"), page.path, "gzip") })
	}
}
