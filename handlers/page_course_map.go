package handlers

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// pathAll is the path with all lessons.
const pathAll = "all"

// course shows the map of the course, or lists its lessons as JSON.
func (h *pages) course(c echo.Context) error {
	b, err := h.own(c)
	if err != nil {
		return err
	}
	kept := h.courseOf(b)
	c.Response().Header().Add("Vary", "Accept")
	if !wantsHTML(c.Request()) {
		lessons, err := h.courseJSON(c, b, kept)
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, map[string]any{"lessons": lessons})
	}
	path := pathOf(c)
	if path == "" {
		path = pathAll
	}
	page := h.courseMap(c, kept, path)
	page.Page = h.benchPage(c, b)
	return h.render(c, http.StatusOK, views.Course(page))
}

// courseMap is the map with a path chosen, without what all pages have.
func (h *pages) courseMap(c echo.Context, kept lesson.Course, path string) *views.CoursePage {
	page := &views.CoursePage{Path: path}
	for n := range lesson.Chapters {
		page.Chapters = append(page.Chapters, views.CourseChapter{N: n + 1})
	}
	for _, id := range append(lesson.Paths[:], pathAll) {
		page.Paths = append(page.Paths, views.CoursePath{ID: id, Lessons: h.lessonsOn(id)})
	}
	for _, l := range h.Lessons() {
		if l.Chapter > len(page.Chapters) {
			page.Chapters = append(page.Chapters, views.CourseChapter{N: l.Chapter})
		}
		card := courseCard(l, kept[l.Slug], c.Param("lang"))
		card.Off = !onPath(l, path)
		if !card.Off {
			page.Of++
			if card.State == views.LessonDone {
				page.Done++
			} else {
				page.Left += card.Minutes
			}
		}
		chapter := &page.Chapters[l.Chapter-1]
		chapter.Lessons = append(chapter.Lessons, card)
	}
	page.Go = h.goOn(kept, path)
	page.Teach, page.Notes = h.teach(c, path), withPath(c, "/course/teaching")
	return page
}

// courseCard is a lesson as the map shows it.
func courseCard(l *lesson.Lesson, k lesson.Kept, lang string) views.CourseCard {
	w := l.Words[lang]
	card := views.CourseCard{N: l.N, Slug: l.Slug, Title: w.Title, Question: w.Question, Minutes: l.Minutes, State: lessonState(k)}
	if card.State == views.LessonStarted {
		card.At, card.Of = questionAt(l, k.Part)
	}
	return card
}

// lessonState is how far a lesson is. One that was done and began again stays done.
func lessonState(k lesson.Kept) views.LessonState {
	switch {
	case k.Done:
		return views.LessonDone
	case k.Under():
		return views.LessonStarted
	}
	return views.LessonNew
}

// questionAt is the question that a part belongs to, counted as in the lesson, and how many
// there are. What comes after them belongs to the last one, and no part to the first.
func questionAt(l *lesson.Lesson, part string) (n, of int) {
	n, of = placeIn(l, part)
	switch question, _ := lesson.SplitPart(part); {
	case n > 0:
	case part == lesson.Take, question == lesson.Change:
		n = of
	default:
		n = min(1, of)
	}
	return n, of
}

// goOn is where the path goes on: at the lesson of it that is under way and was used
// last, or else at the first that is new.
func (h *pages) goOn(kept lesson.Course, path string) (next views.CourseGo) {
	if path != pathAll {
		next.Path = path
	}
	var under lesson.Kept
	for _, l := range h.Lessons() {
		k := kept[l.Slug]
		state := lessonState(k)
		if state != views.LessonNew {
			next.Begun = true
		}
		switch {
		case !onPath(l, path) || state == views.LessonDone:
		case state == views.LessonStarted && (!under.Under() || k.At.After(under.At)):
			next.N, next.Slug, under = l.N, l.Slug, k
		case next.Slug == "":
			next.N, next.Slug = l.N, l.Slug
		}
	}
	return next
}

// teach is the address of the first screen of a path, to teach it to a group of people,
// whatever was taught before; "" for a path without lessons.
func (h *pages) teach(c echo.Context, path string) string {
	i := slices.IndexFunc(h.Lessons(), func(l *lesson.Lesson) bool { return onPath(l, path) })
	if i < 0 {
		return ""
	}
	return h.projected(c, h.Lessons()[i])
}

// projected is the address of the first screen of a lesson, to teach it.
func (h *pages) projected(c echo.Context, l *lesson.Lesson) string {
	return withPath(c, addressOf(c, l.Slug)+slideQuery(0, "&"+anewField))
}

// onPath reports whether a path leads through a lesson.
func onPath(l *lesson.Lesson, path string) bool {
	return path == pathAll || slices.Contains(l.Paths, path)
}

// lessonsOn counts the lessons of a path.
func (h *pages) lessonsOn(path string) (n int) {
	for _, l := range h.Lessons() {
		if onPath(l, path) {
			n++
		}
	}
	return n
}
