package handlers

import (
	"strconv"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// anewField is in the address of a lesson's first screen to which the screen before the
// lesson leads, or the map: going on begins the lesson, also if it was taught before.
const anewField = "anew"

// toScreen is the address of a form, with the screen to which it leads.
func (v *lessonView) toScreen(address, screen string) string {
	bare, _, _ := strings.Cut(address, "?")
	return withPath(v.c, bare+screen)
}

// slideAnew is the form on a lesson's first screen that begins the lesson; nil if it is
// under way, and going on leads through it.
func (v *lessonView) slideAnew(at int) *views.LessonForm {
	if v.kept.Under() && !(at == 0 && v.c.QueryParams().Has(anewField)) {
		return nil
	}
	return v.startAt(v.l, at)
}

// startAt is the form that begins a lesson, and leads to one of its screens.
func (v *lessonView) startAt(l *lesson.Lesson, at int) *views.LessonForm {
	start := v.startOf(l)
	start.Action = v.toScreen(start.Action, slideQuery(at, ""))
	for i := range start.Fields {
		if start.Fields[i].Name == "back" {
			start.Fields[i].Value = v.toScreen(start.Fields[i].Value, slideQuery(at, ""))
		}
	}
	return &start
}

// slideOn leads from a lesson's last screen to the next lesson, and begins it. One that
// was begun since this one did goes on where it was: somebody went back to show this one
// again. One that was begun earlier, for another class, is not lost by a press of the
// remote: its first screen asks.
func (v *lessonView) slideOn(p *views.SlidePage, next *lesson.Lesson) {
	kept := v.course[next.Slug]
	if !kept.Under() {
		p.Start = v.startAt(next, 0)
		return
	}
	query := ""
	if kept.Began.Before(v.kept.Began) {
		query = "&" + anewField
	}
	p.Next = withPath(v.c, addressOf(v.c, next.Slug)+slideQuery(0, query))
}

// slideWay leads from a lesson's first and last screen to its neighbours on the path,
// and says where on it the lesson stands.
func (v *lessonView) slideWay(p *views.SlidePage, all []screen, at int) {
	w := v.way()
	p.Place = v.placeOnPath(w)
	if at == 0 && w.before != nil {
		p.Prev = withPath(v.c, addressOf(v.c, w.before.Slug)+slideQuery(len(v.screens(w.before))-1, ""))
	}
	if at < len(all)-1 {
		return
	}
	if !w.ends() {
		v.slideOn(p, w.after)
		return
	}
	p.Ends = []views.SlideLink{
		{Name: v.t.T("lesson.to_course"), Href: v.mapAddress()},
		{Name: v.t.T("course.all_done"), Href: v.sheetAddress()},
	}
}

// leftAt says, on the page of a lesson whose projection was left, at which screen that
// was; "" if it was not.
func (v *lessonView) leftAt() string {
	n, err := strconv.Atoi(v.c.QueryParam("screen"))
	if err != nil || n < 1 || n > len(v.screens(v.l)) {
		return ""
	}
	return v.t.F("path.left", "N", strconv.Itoa(n))
}

// slideNext says at the end what comes after the lesson.
func (v *lessonView) slideNext() string {
	w := v.way()
	if end := v.endOfPath(w); end != "" {
		return end
	}
	next := v.plain(v.asksNext(w))
	switch {
	case next == "":
		return ""
	case w.short() && w.after != nil && w.after.N != v.l.N+1:
		return next // it names the lesson
	}
	return v.t.F("slides.next_lesson", "Question", next)
}
