package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

// Somebody without scripts goes through each lesson in both languages, from its first
// page to its last, and presses what the text says.
func TestEachLessonCanBeWalkedToItsEnd(t *testing.T) {
	t.Parallel()
	s := newCourse(t)
	for _, l := range lessons(t) {
		right := make(map[string][]string) // the choices that are, by question
		for i, lang := range lesson.Languages {
			t.Run(l.Slug+"/"+lang, func(t *testing.T) {
				w := &walk{pupil: s.take(t, l, lang), right: right, round: i}
				for _, q := range l.Questions {
					w.question(q)
				}
				w.end()
			})
		}
	}
}

// A walk is a pupil's way through a lesson.
type walk struct {
	*pupil
	right map[string][]string // as an earlier walk found
	round int
	done  []string // what was answered, in order
}

// question answers a question and does what its parts say, one after the other.
func (w *walk) question(q lesson.Question) {
	w.t.Helper()
	w.at(q.ID + "." + lesson.Predict)
	answer := w.answer(q)
	w.press(w.first("button", func(n *html.Node) bool { return attribute(n, "form") == "predict" && !carries(n, "name") }), "answer", answer)
	w.at(q.ID + "." + lesson.Do)
	w.pressAll(q.ID+"."+lesson.Do, func() bool { return w.progress().Shown[q.ID] })
	w.open(w.address(""))
	w.at(q.ID + "." + lesson.Observe)
	w.verdict(q, answer)
	w.pressAll(q.ID+"."+lesson.Observe, nil)
	if q.ID != lesson.Change {
		w.on()
		w.at(q.ID + "." + lesson.Explain)
		w.pressAll(q.ID+"."+lesson.Explain, nil)
	}
	w.on()
}

// answer is what to say: in the first round the first choice; once it is known what is
// right, a right and a wrong one in turn.
func (w *walk) answer(q lesson.Question) string {
	i := slices.IndexFunc(w.l.Questions, func(each lesson.Question) bool { return each.ID == q.ID })
	for _, c := range q.Choices {
		if w.round == 0 || slices.Contains(w.right[q.ID], c.ID) == (i%2 == 0) {
			return c.ID
		}
	}
	return q.Choices[0].ID
}

// at wants the page to be that part, with nothing missing in it.
func (w *walk) at(part string) {
	w.t.Helper()
	p := w.words().Parts[part]
	progress := w.progress()
	want := p.Heading.Plain(filling(progress))
	if h := w.first("h2", func(n *html.Node) bool { return !within(n, "duo") }); h == nil || said(h) != want {
		w.t.Fatalf("%s: the page is not at %s: want the heading %q\n%.3000s", w.path, part, want, said(w.article()))
	}
	w.whole(part, p.Heading, progress)
	w.whole(part, p.Source, progress)
	w.whole(part, p.Ask, progress)
	for _, b := range p.Blocks {
		w.block(part, b, progress)
	}
	w.page()
}

// article is the text of the page.
func (w *walk) article() *html.Node {
	w.t.Helper()
	a := w.first("article", func(*html.Node) bool { return true })
	if a == nil {
		w.t.Fatalf("%s has no article: %.300s", w.path, w.body)
	}
	return a
}

// page wants what all pages have.
func (w *walk) page() {
	w.t.Helper()
	if got := w.language(); !strings.HasPrefix(got, w.lang) {
		w.t.Errorf("%s is in %q; want %q", w.path, got, w.lang)
	}
	text := said(w.article())
	for _, gap := range []string{"{{", "}}", "](", "<nil>", "map[", "::compare", "::line"} {
		if strings.Contains(text, gap) {
			w.t.Errorf("%s says %q: %s", w.path, gap, text)
		}
	}
	for n := range w.article().Descendants() {
		if n.Type == html.ElementNode && n.Data == "code" && said(n) == "" {
			w.t.Errorf("%s has code with nothing in it", w.path)
		}
	}
}

// pressAll presses the buttons in the text of a part, in order. If the part waits for
// something to happen that did not yet, the last one is pressed again: the text says
// how often.
func (w *walk) pressAll(part string, happened func() bool) {
	w.t.Helper()
	var last string
	for _, id := range w.buttons(part) {
		w.pressIn(part, id)
		last = id
	}
	for range 4 {
		if happened == nil || happened() {
			return
		}
		w.pressIn(part, last)
	}
	w.t.Fatalf("%s: what the text says does not show the result", part)
}

// buttons are the forms that the buttons in the text of a part send.
func (w *walk) buttons(part string) (ids []string) {
	w.t.Helper()
	w.open(w.address("?part=" + part))
	for n := range w.article().Descendants() {
		if n.Data == "button" && classed("press")(n) && !within(n, "help-of") && !strings.HasSuffix(attribute(w.formOf(n), "action"), "/start") {
			ids = append(ids, attribute(n, "form"))
		}
	}
	return ids
}

func (w *walk) pressIn(part, id string) {
	w.t.Helper()
	w.open(w.address("?part=" + part))
	w.press(w.first("button", func(n *html.Node) bool { return attribute(n, "form") == id && classed("press")(n) }))
	w.page()
}

// on goes on to the next part.
func (w *walk) on() {
	w.t.Helper()
	w.open(w.address(""))
	w.press(w.first("button", func(n *html.Node) bool { return strings.HasSuffix(attribute(w.formOf(n), "action"), "/part") }))
}

// verdict wants the page to say of an answer whether it was right, as the choices that
// are right by what happened have it, and of each other answer what it would have said.
func (w *walk) verdict(q lesson.Question, answer string) {
	w.t.Helper()
	progress := w.progress()
	var right []string
	for _, c := range q.Choices {
		if progress.Right[q.ID][c.ID] {
			right = append(right, c.ID)
		}
		if w.right[q.ID] = right; len(w.words().Choices[q.ID][c.ID].Answer) > 0 {
			w.whole(q.ID+", the answer to "+c.ID, w.words().Choices[q.ID][c.ID].Answer, progress)
		}
	}
	w.whole(q.ID+", skipped", w.words().Skipped[q.ID], progress)
	if len(right) != 1 {
		w.t.Errorf("of %s, the right choices are %v; want one", q.ID, right)
	}
	box := w.first("div", classed("verdict-of"))
	if box == nil {
		w.t.Fatalf("%s says nothing of the answer", w.path)
	}
	if says := attribute(box, "data-mark") == "add"; says != slices.Contains(right, answer) {
		w.t.Errorf("%s says that %s is right: %v; right is %v", w.path, answer, says, right)
	}
	w.done = append(w.done, answer)
}

// end wants the last page, with all goals reached.
func (w *walk) end() {
	w.t.Helper()
	progress := w.progress()
	if h := w.first("h2", classed("take")); h == nil || said(h) != w.words().Take.Plain(filling(progress)) {
		w.t.Fatalf("%s is not the end: %s", w.path, said(w.article()))
	}
	w.page()
	w.whole(lesson.Take, w.words().Take, progress)
	w.whole(lesson.Take, w.words().Also, progress)
	w.whole(lesson.Take, w.words().Next, progress)
	for q, all := range w.words().Wrong {
		for c, said := range all {
			w.whole("wrong "+q+"="+c, said, progress)
			if slices.Contains(w.right[q], c) {
				w.t.Errorf("there are words for %s=%s being wrong, which is right", q, c)
			}
		}
	}
	for _, g := range w.l.Goals {
		if _, reached := progress.Goals[g.ID]; !reached {
			w.t.Errorf("the text does not lead to the goal %s", g.ID)
		}
	}
	if kept := must(lesson.ReadCourse(w.bench.Course()))(w.t)[w.l.Slug]; !kept.Done || len(kept.Goals) != len(w.l.Goals) {
		w.t.Errorf("at the end %+v is kept; want all %d goals, and that the lesson is done", kept, len(w.l.Goals))
	}
}

// block wants a block to have something to show.
func (w *walk) block(part string, b lesson.Block, progress *lesson.Progress) {
	w.t.Helper()
	w.whole(part, b.Inline, progress)
	for _, item := range b.Items {
		w.whole(part, item, progress)
	}
	if b.Step == "" {
		return
	}
	seen := progress.Steps[b.Step]
	switch {
	case seen == nil:
		w.t.Errorf("%s: ::%s is of the step %s, which is not there", part, b.Kind, b.Step)
	case b.What == lesson.LineSet && seen.Set == "", b.What == lesson.LineCookie && seen.CookieLine == "":
		w.t.Errorf("%s: the step %s has no such line: %s", part, b.Step, b.What)
	}
}

// whole wants a text to have no gap: each placeholder comes to something, and each link
// leads somewhere.
func (w *walk) whole(part string, text lesson.Inline, progress *lesson.Progress) {
	w.t.Helper()
	for _, s := range text {
		w.whole(part, s.Inner, progress)
		switch s.Kind {
		case lesson.Placeholder:
			if value, ok := progress.Fill(s.Text); !ok || strings.TrimSpace(value) == "" || value == "0" {
				w.t.Errorf("%s, %s: {{%s}} comes to %q, %v", part, w.lang, s.Text, value, ok)
			}
		case lesson.LinkEvent:
			named, kind := s.Event()
			seen := progress.Steps[named]
			if seen == nil || !slices.Contains(kinds(must(w.bench.Step(w.t.Context(), seen.N))(w.t)), kind) {
				w.t.Errorf("%s, %s: the step %s has no event %s", part, w.lang, named, kind)
			}
		case lesson.LinkCode:
			if named, _ := s.Event(); progress.Steps[named] == nil {
				w.t.Errorf("%s, %s: there is no step %s with code", part, w.lang, s.To)
			}
		}
	}
}
