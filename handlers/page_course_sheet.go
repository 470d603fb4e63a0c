package handlers

import (
	"context"
	"math"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// mostTakes is how many lessons the final sheet has room to repeat. If a prediction was
// wrong in more of them, it names the others.
const mostTakes = 4

// finalSheet shows what the learner takes home from the course on one page, or as JSON.
func (h *pages) finalSheet(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	s := &sheetView{pages: h, c: c, bench: b, t: h.text(c), seen: make(map[string]*lesson.Progress)}
	page, err := s.page(c.Request().Context())
	if err != nil {
		return err
	}
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		return c.JSON(http.StatusOK, s.json(page))
	}
	return h.render(c, http.StatusOK, views.FinalSheet(page))
}

// A sheetView makes the final sheet of a bench.
type sheetView struct {
	*pages
	c       echo.Context
	bench   *lab.Bench
	t       *i18n.Text
	kept    lesson.Course
	lessons *follower
	seen    map[string]*lesson.Progress // by the slugs of lessons
}

func (s *sheetView) page(ctx context.Context) (page *views.FinalSheetPage, err error) {
	s.kept = s.courseOf(s.bench)
	entries, err := s.bench.Entries(ctx)
	if err != nil {
		return nil, err
	}
	s.lessons = follow(s.bench, entries)
	page = &views.FinalSheetPage{
		Page: s.benchPage(s.c, s.bench), Bench: s.bench.ID(), Makes: s.lessonLink(s.c, lessonLogin),
		Of: len(s.Lessons()), Steps: len(s.bench.Steps()),
	}
	for _, way := range thiefsWays {
		page.Thief = append(page.Thief, views.SheetThief{ID: way.id, Lesson: s.lessonLink(s.c, way.lesson), Done: s.kept[way.lesson].Done})
	}
	page.Later = s.later()
	if err := s.questions(ctx, page); err != nil {
		return nil, err
	}
	if page.Sides, err = s.sides(ctx); err != nil {
		return nil, err
	}
	s.finished(page)
	return page, s.guesses(ctx, page)
}

// progress is how far the bench got in a lesson. If that is done, and was not begun again
// since, no step counts after those that its goals rest on.
func (s *sheetView) progress(ctx context.Context, l *lesson.Lesson) (*lesson.Progress, error) {
	if p := s.seen[l.Slug]; p != nil {
		return p, nil
	}
	k, last := s.kept[l.Slug], 0
	for _, n := range k.Goals {
		last = max(last, n)
	}
	if !k.Done || k.Again {
		last = math.MaxInt
	}
	p, err := s.lessons.progress(ctx, l, k, last)
	s.seen[l.Slug] = p
	return p, err
}

// sides are both sides as the newer of two lessons left them, nil if no step shows both.
func (s *sheetView) sides(ctx context.Context) (*views.SheetSides, error) {
	for _, at := range [...]struct{ lesson, step string }{{lessonSet, "set"}, {lessonLogin, "login"}} {
		l := s.lessonBy(at.lesson)
		if l == nil {
			continue
		}
		p, err := s.progress(ctx, l)
		if err != nil {
			return nil, err
		}
		named := p.Steps[at.step]
		if named == nil {
			continue
		}
		if sides, err := s.sidesOf(ctx, named.N); sides != nil || err != nil {
			return sides, err
		}
	}
	return nil, nil
}

func (s *sheetView) sidesOf(ctx context.Context, n int) (*views.SheetSides, error) {
	recorded, err := s.bench.Step(ctx, n)
	if err != nil {
		return nil, err
	}
	told := s.stepView(s.c, s.bench, recorded)
	if told.Browser.Cookie == nil || told.Store.Empty != "" {
		return nil, nil
	}
	return &views.SheetSides{
		Step: n, Cookie: told.Browser.Cookie.Parts, Key: told.Store.Key, Record: told.Store.Raw, Bytes: told.Store.Bytes,
	}, nil
}

// finished counts the lessons that are done, and says when the last one was.
func (s *sheetView) finished(page *views.FinalSheetPage) {
	var last lesson.Kept
	for _, l := range s.Lessons() {
		k := s.kept[l.Slug]
		if !k.Done {
			continue
		}
		page.Done++
		if k.At.After(last.At) {
			last = k
		}
	}
	if page.Done == page.Of && page.Of > 0 {
		page.Finished = last.At.In(s.Location).Format(s.t.T("sheet.date"))
	}
}

// guesses are how the predictions came out, and what to take away where one was wrong:
// from the lessons with most of these, where there is no room for all.
func (s *sheetView) guesses(ctx context.Context, page *views.FinalSheetPage) error {
	wrong := make(map[*lesson.Lesson]int)
	var missed []*lesson.Lesson
	for _, l := range s.Lessons() {
		told, n := guessesIn(l, s.kept[l.Slug])
		if len(told.Guesses) > 0 {
			page.Guesses = append(page.Guesses, told)
		}
		if n > 0 {
			wrong[l], missed = n, append(missed, l)
		}
	}
	slices.SortStableFunc(missed, func(a, b *lesson.Lesson) int { return wrong[b] - wrong[a] })
	most := min(len(missed), mostTakes)
	slices.SortFunc(missed[:most], byNumber)
	slices.SortFunc(missed[most:], byNumber)
	for _, l := range missed[most:] {
		page.AlsoWrong = append(page.AlsoWrong, s.lessonLink(s.c, l.Slug))
	}
	return s.takes(ctx, page, missed[:most])
}

func byNumber(a, b *lesson.Lesson) int { return a.N - b.N }

// takes are what to take away from lessons.
func (s *sheetView) takes(ctx context.Context, page *views.FinalSheetPage, of []*lesson.Lesson) error {
	for _, l := range of {
		p, err := s.progress(ctx, l)
		if err != nil {
			return err
		}
		if text, ok := filledTake(l.Words[string(s.t.Lang())].Take, p); ok {
			page.Takes = append(page.Takes, views.SheetTake{N: l.N, Text: text})
		}
	}
	return nil
}

// guessesIn are how the predictions of a lesson came out, as far as that is known, and how
// many were wrong.
func guessesIn(l *lesson.Lesson, k lesson.Kept) (told views.SheetLesson, wrong int) {
	told.N = l.N
	for _, q := range l.Questions {
		switch a := k.Answers[q.ID]; {
		case a.Skipped:
			told.Guesses = append(told.Guesses, views.GuessSkipped)
		case a.Right == nil:
		case *a.Right:
			told.Guesses = append(told.Guesses, views.GuessRight)
		default:
			told.Guesses = append(told.Guesses, views.GuessWrong)
			wrong++
		}
	}
	return told, wrong
}

// filledTake is what to take away from a lesson. It is not ok if it speaks of steps that
// are not there.
func filledTake(take lesson.Inline, p *lesson.Progress) (text string, ok bool) {
	ok = true
	text = take.Plain(func(expression string) string {
		filled, known := p.Fill(expression)
		ok = ok && known
		return filled
	})
	return text, ok
}
