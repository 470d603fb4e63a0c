package handlers

import (
	"context"
	"strconv"

	"github.com/sessionlab/sessionlab/internal/i18n"
	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/views"
)

// The lessons that pages outside of the course speak of.
const (
	lessonLogin  = "login"
	lessonSet    = "set-get-pop-clear"
	lessonLife   = "lifetime"
	lessonLogout = "logout"
	lessonWhere  = "where"
	lessonLimits = "limits"
)

// A sheetQuestion is a question that the course answers, with the lesson in which the
// learner sees that happen, and its named steps that show it. The first of them is where
// it happens. Told is what they show: bytes, and what is said of them.
type sheetQuestion struct {
	id, lesson string
	steps      []string
	told       func(t *i18n.Text, at []*lesson.Seen) (code, said string)
}

var sheetQuestions = [...]sheetQuestion{
	{"cookie", lessonLogin, []string{"login"}, func(_ *i18n.Text, at []*lesson.Seen) (string, string) {
		return at[0].Now.Cookie, ""
	}},
	{"server", lessonLogin, []string{"login"}, func(_ *i18n.Text, at []*lesson.Seen) (string, string) {
		return at[0].Now.Record, ""
	}},
	{"set", lessonSet, []string{"set"}, func(t *i18n.Text, at []*lesson.Seen) (string, string) {
		was, now := at[0].Was, at[0].Now
		return "", t.F("sheet.q_set.seen", "Was", strconv.Itoa(was.Bytes), "Now", strconv.Itoa(now.Bytes),
			"Before", strconv.Itoa(was.Length), "After", strconv.Itoa(now.Length))
	}},
	{"logout", lessonLogout, []string{"out", "asked"}, func(t *i18n.Text, at []*lesson.Seen) (string, string) {
		return at[0].Query, t.F("sheet.q_logout.seen", "Status", strconv.Itoa(at[1].Status))
	}},
	{"permanent", lessonLife, []string{"perm"}, func(_ *i18n.Text, at []*lesson.Seen) (string, string) {
		return "Expires=" + at[0].Now.Expires, ""
	}},
	{"thief", lessonLogout, []string{"inside"}, func(_ *i18n.Text, at []*lesson.Seen) (string, string) {
		return "GET /me", strconv.Itoa(at[0].Status) + " · " + at[0].UserAfter
	}},
}

// thiefsWays are how a thief gets in, each with the lesson that stops it.
var thiefsWays = [...]struct{ id, lesson string }{
	{"script", "flags"}, {"sniff", "flags"}, {"site", "flags"}, {"plant", "fixation"},
	{"guess", "guess-and-forge"}, {"key", "guess-and-forge"}, {"has", lessonLogout},
}

// rowLessons are the lessons that show what the rows of the table of mechanisms say.
var rowLessons = map[string]string{
	"data": lessonWhere, "read": lessonWhere, "change": lessonWhere, "set": lessonWhere,
	"logout": lessonLogout, "large": lessonLimits,
}

// later are the rows whose lessons are not done.
func (s *sheetView) later() map[string]views.LessonLink {
	rows := make(map[string]views.LessonLink)
	for row, slug := range rowLessons {
		if !s.kept[slug].Done {
			rows[row] = s.lessonLink(s.c, slug)
		}
	}
	return rows
}

// questions answers the six questions with what this learner saw.
func (s *sheetView) questions(ctx context.Context, page *views.FinalSheetPage) error {
	for _, q := range sheetQuestions {
		k := s.kept[q.lesson]
		told := views.SheetQuestion{ID: q.id, Lesson: s.lessonLink(s.c, q.lesson), Gone: k.Done && !k.Again}
		at, err := s.named(ctx, q)
		if err != nil {
			return err
		}
		if at != nil {
			told.Step, told.Gone = at[0].N, false
			told.Code, told.Said = q.told(s.t, at)
		}
		page.Questions = append(page.Questions, told)
	}
	return nil
}

// named are the steps that show the answer to a question, nil unless all are there. The
// answers are about records on the server.
func (s *sheetView) named(ctx context.Context, q sheetQuestion) (at []*lesson.Seen, err error) {
	l := s.lessonBy(q.lesson)
	if l == nil {
		return nil, nil
	}
	p, err := s.progress(ctx, l)
	if err != nil {
		return nil, err
	}
	for _, id := range q.steps {
		seen := p.Steps[id]
		if seen == nil || seen.Mechanism != step.MechanismServer {
			return nil, nil
		}
		at = append(at, seen)
	}
	return at, nil
}
