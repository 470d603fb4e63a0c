package handlers_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
)

// lessons are those of the course, without a mistake in them.
func lessons(t testing.TB) []*lesson.Lesson {
	t.Helper()
	all, problems := lessonsOfCourse()
	for _, p := range problems {
		t.Error(p)
	}
	if len(all) == 0 {
		t.Fatal("there is no lesson")
	}
	return all
}

// always returns a function that returns v.
func always[T any](v T) func() T { return func() T { return v } }

// newCourse is a site with the lessons, on which somebody can do all of them.
func newCourse(t testing.TB) *site {
	t.Helper()
	all := lessons(t)
	given, _ := experiments()
	return newSite(t, func(h *handlers.Options, o *lab.Options) {
		h.Lessons, h.Experiments = always(all), always(given)
		o.Limits.Entries, o.Limits.Steps = 1e4, 1e4
	})
}

// A pupil takes a lesson.
type pupil struct {
	*visitor
	site  *site
	l     *lesson.Lesson
	lang  string
	bench *lab.Bench
}

// take begins a lesson in a language.
func (s *site) take(t testing.TB, l *lesson.Lesson, lang string) *pupil {
	t.Helper()
	p := &pupil{visitor: s.visitor(t), site: s, l: l, lang: lang}
	var b benchJSON
	p.With("Accept", "application/json").Get("/en/lab").Want(200).JSON(&b)
	p.open(p.address(""))
	p.press(p.first("button", func(n *html.Node) bool { return strings.HasSuffix(attribute(p.formOf(n), "action"), "/start") }))
	p.bench = must(s.lab.Enter(t.Context(), b.Bench))(t)
	return p
}

// address is that of the lesson, with something after it.
func (p *pupil) address(rest string) string { return "/" + p.lang + "/course/" + p.l.Slug + rest }

// words are the lesson's, in the pupil's language.
func (p *pupil) words() *lesson.Words { return p.l.Words[p.lang] }

// steps are those that the pupil has made in the lesson.
func (p *pupil) steps(from int) (all []*step.Step) {
	p.t.Helper()
	for _, line := range p.bench.Steps() {
		if line.N > from && line.Run == 0 {
			all = append(all, must(p.bench.Step(p.t.Context(), line.N))(p.t))
		}
	}
	return all
}

// progress is how far the pupil has got.
func (p *pupil) progress() *lesson.Progress {
	p.t.Helper()
	kept := must(lesson.ReadCourse(p.bench.Course()))(p.t)[p.l.Slug]
	entries := must(p.bench.Entries(p.t.Context()))(p.t)
	return p.l.Follow(p.steps(kept.Began.Step), entries, kept.LessonBrowsers(), kept.Began)
}

// skip answers no question.
func (p *pupil) skip() {
	p.t.Helper()
	for _, q := range p.l.Questions {
		p.Post(p.address("/predict"), "question", q.ID, "skip", "true").Want(303)
	}
}

// do does acts, without looking at the page.
func (p *pupil) do(acts ...string) {
	p.t.Helper()
	for _, id := range acts {
		a, ok := p.l.Act(id)
		switch {
		case !ok:
			p.t.Fatalf("%s has no act %q", p.l.Slug, id)
		case a.Own():
			p.sendOwn(a)
		default:
			p.Post(p.address("/do"), "act", id).Want(303)
		}
	}
}

// sendOwn sends what the learner's own browser does, as the form of that act does.
func (p *pupil) sendOwn(a lesson.Act) {
	p.t.Helper()
	i := slices.IndexFunc(experiment.Operations[:], func(o experiment.Operation) bool { return o.Name == a.Send })
	fields := url.Values{"back": {p.address("")}}
	for name, value := range a.Form {
		fields.Set(name, value)
	}
	path := p.bench.Path() + a.Send
	if experiment.Operations[i].Method == "POST" {
		p.send("POST", path, fields.Encode()).Want(303)
		return
	}
	p.Get(path + "?" + fields.Encode()).Want(303)
}

// filling fills the places in a text as far as it is known with what.
func filling(progress *lesson.Progress) func(string) string {
	return func(expression string) string {
		text, _ := progress.Fill(expression)
		return text
	}
}
