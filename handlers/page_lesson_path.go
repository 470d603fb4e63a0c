package handlers

import (
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// pathField names, in the address of the map and of a lesson, the path through the course
// that the reader is on. Nothing else knows it: links and forms hand it on.
const pathField = "path"

// pathOf is the shorter path that a request is on, "" for all lessons.
func pathOf(c echo.Context) string {
	path := c.QueryParam(pathField)
	if !slices.Contains(lesson.Paths[:], path) {
		return ""
	}
	return path
}

// withPath is an address on the path that the request is on.
func withPath(c echo.Context, address string) string {
	path := pathOf(c)
	switch {
	case path == "":
		return address
	case strings.Contains(address, "?"):
		return address + "&" + pathField + "=" + path
	}
	return address + "?" + pathField + "=" + path
}

// A way is where a lesson stands on the path that its reader is on.
type way struct {
	path          string         // one of [lesson.Paths], or [pathAll]
	n, of         int            // it is the n-th of so many, from 1; 0 if the path steps over it
	before, after *lesson.Lesson // its neighbours on the path; nil at the ends
}

// way finds the lesson on the path that the request is on.
func (v *lessonView) way() way {
	w := way{path: pathOf(v.c)}
	if w.path == "" {
		w.path = pathAll
	}
	here := slices.Index(v.Lessons(), v.l)
	for i, l := range v.Lessons() {
		if !onPath(l, w.path) {
			continue
		}
		w.of++
		switch {
		case i < here:
			w.before = l
		case i == here:
			w.n = w.of
		case w.after == nil:
			w.after = l
		}
	}
	return w
}

// ends reports whether the path does.
func (w way) ends() bool { return w.after == nil }

// short reports whether the path is shorter than the course.
func (w way) short() bool { return w.path != pathAll }

// placeOnPath says where the lesson stands on a shorter path; "" on others.
func (v *lessonView) placeOnPath(w way) string {
	if !w.short() || w.n == 0 {
		return ""
	}
	return v.t.F("path.place", "N", strconv.Itoa(w.n), "Of", strconv.Itoa(w.of))
}

// endOfPath says that a shorter path ends here; "" where it does not.
func (v *lessonView) endOfPath(w way) string {
	if !w.short() || !w.ends() {
		return ""
	}
	return v.t.F("path.end", "Minutes", w.path)
}

// asksNext is the question with which the next lesson begins. Where a lesson is stepped
// over, what this lesson says of it is about another one.
func (v *lessonView) asksNext(w way) lesson.Inline {
	if w.ends() || w.after.N == v.l.N+1 {
		return v.w.Next
	}
	to := w.after.Words[v.c.Param("lang")]
	said := v.t.F("path.next", "N", strconv.Itoa(w.after.N), "Title", to.Title, "Question", to.Question)
	return lesson.Inline{{Text: said}}
}

// mapAddress and sheetAddress are where the way leads after its last lesson.
func (v *lessonView) mapAddress() string {
	return withPath(v.c, "/"+v.c.Param("lang")+"/course")
}

func (v *lessonView) sheetAddress() string { return "/" + v.c.Param("lang") + "/course/sheet" }

// lessonOnPath is the address of another lesson, on the same path.
func (v *lessonView) lessonOnPath(slug string) string {
	return withPath(v.c, addressOf(v.c, slug))
}

// nextLesson leads on at the end: to the lesson that follows on the path; from the last one
// of a shorter path to the map, and from the last one of all to the final sheet.
func (v *lessonView) nextLesson() views.LessonNext {
	w := v.way()
	switch {
	case w.ends() && w.short():
		return views.LessonNext{Word: v.t.T("lesson.to_course"), Href: v.mapAddress()}
	case w.ends():
		return views.LessonNext{Word: v.t.T("course.all_done"), Href: v.sheetAddress()}
	}
	return views.LessonNext{Word: v.t.F("lesson.to_lesson", "N", strconv.Itoa(w.after.N)), Href: v.lessonOnPath(w.after.Slug)}
}

// endOn is what a lesson ends with about what comes after it.
func (x *lessonText) endOn(e *views.LessonEnd) {
	w := x.way()
	e.Next, e.NextAsks = x.text(x.asksNext(w)), x.t.T("lesson.next_asks")
	if w.ends() {
		e.NextAsks = x.t.T("path.end_all")
	}
	if end := x.endOfPath(w); end != "" {
		e.NextAsks = end
		e.Next = views.LessonText{
			{Text: x.t.T("path.more") + " "},
			{Kind: views.SpanLink, To: x.sheetAddress(), Inner: views.LessonText{{Text: x.t.T("course.all_done")}}},
		}
	}
}
