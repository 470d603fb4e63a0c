package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// A screen is one of a lesson that is projected.
type screen struct {
	question string // "" at the end
	kind     string // of views.SlideQuestion and so on
}

// slideKinds are the screens of each question, in order. The last question explains
// nothing.
var slideKinds = [...]string{
	views.SlideQuestion, views.SlideAct, views.SlideFlow, views.SlideVerdict, views.SlideWhy,
}

// screens are those of a lesson on the path that the request is on: some for each question
// that a class is asked there, and the end.
func (v *lessonView) screens(l *lesson.Lesson) (all []screen) {
	path := pathOf(v.c)
	for _, q := range l.Questions {
		if !l.Asks(q.ID, path) {
			continue
		}
		for _, kind := range slideKinds {
			if q.ID != lesson.Change || kind != views.SlideWhy {
				all = append(all, screen{q.ID, kind})
			}
		}
	}
	return append(all, screen{kind: views.SlideTake})
}

// part is that of the lesson that a screen stands for.
func (s screen) part() string {
	switch s.kind {
	case views.SlideQuestion:
		return s.question + "." + lesson.Predict
	case views.SlideAct:
		return s.question + "." + lesson.Do
	case views.SlideFlow, views.SlideVerdict:
		return s.question + "." + lesson.Observe
	case views.SlideWhy:
		return s.question + "." + lesson.Explain
	}
	return lesson.Take
}

// screenOf is the first screen that stands for a part, or the last one for a part of the
// question that is left out.
func screenOf(all []screen, part string) int {
	at := slices.IndexFunc(all, func(s screen) bool { return s.part() == part })
	if q, _ := lesson.SplitPart(part); at < 0 && q == lesson.Change {
		return len(all) - 1
	}
	return max(0, at)
}

// chosenScreen is the one that the address names, or else that of the part where the
// class is. What is not to be seen yet leads to what comes before it.
func (v *lessonView) chosenScreen(all []screen) (int, error) {
	at := 0
	if named := v.c.QueryParam("screen"); named != "" {
		n, err := strconv.Atoi(named)
		if err != nil || n < 1 || n > len(all) {
			return 0, errNotFound
		}
		at = n - 1
	} else {
		part, _ := v.chosenPart()
		at = screenOf(all, part)
	}
	for at > 0 && (!v.visible(all[at]) || v.resultFirst(all[at])) {
		at--
	}
	return at, nil
}

// visible reports whether a screen may be seen: acts after the vote, and what came of
// them once it is there.
func (v *lessonView) visible(s screen) bool {
	switch {
	case !v.kept.Under():
		return false
	case s.kind == views.SlideAct:
		return v.answered(s.question) || v.progress.Shown[s.question]
	case s.kind == views.SlideFlow, s.kind == views.SlideVerdict, s.kind == views.SlideWhy:
		return v.progress.Shown[s.question]
	}
	return true
}

// slideAddress is that of a screen, counted from 0, with more fields.
func (v *lessonView) slideAddress(at int, more string) string {
	return withPath(v.c, lessonAddress(v.c)+slideQuery(at, "")) + more
}

func slideQuery(at int, more string) string {
	return "?present&screen=" + strconv.Itoa(at+1) + more
}

// firstEvent is added to the address of the flow to begin at its first event.
const firstEvent = "&event=1"

// entered is the address of a screen that is come to from the one before it.
func (v *lessonView) entered(all []screen, at int) string {
	switch {
	case at < 0 || at >= len(all):
		return ""
	case all[at].kind == views.SlideFlow:
		return v.slideAddress(at, firstEvent)
	}
	return v.slideAddress(at, "")
}

// projected are the fields of an address of a screen, none if it is of no screen, and the
// path that the request is on.
func projected(c echo.Context) url.Values {
	kept := make(url.Values)
	if path := pathOf(c); path != "" {
		kept.Set(pathField, path)
	}
	if !c.QueryParams().Has("present") {
		return kept
	}
	for _, name := range slideFields {
		if c.QueryParams().Has(name) {
			kept.Set(name, c.QueryParam(name))
		}
	}
	return kept
}

// slideFields are those of the address of a screen: which it is, how many acts were done
// on it, and where its player stands.
var slideFields = [...]string{"present", "screen", "act", "event"}

// isSlide reports whether a query is that of a screen, or of a path, and nothing else.
func isSlide(query string) bool {
	fields, err := url.ParseQuery(query)
	if err != nil {
		return false
	}
	if path, is := fields[pathField]; is {
		if len(path) != 1 || !slices.Contains(lesson.Paths[:], path[0]) {
			return false
		}
		delete(fields, pathField)
		if len(fields) == 0 {
			return true
		}
	}
	if !fields.Has("present") {
		return false
	}
	for name, values := range fields {
		n, err := strconv.Atoi(values[0])
		number := name == "present" && values[0] == "" || err == nil && n >= 0
		if len(values) != 1 || !number || !slices.Contains(slideFields[:], name) {
			return false
		}
	}
	return true
}

// project shows a screen of the lesson.
func (v *lessonView) project() error {
	page, err := v.slide()
	if err != nil {
		return err
	}
	return v.render(v.c, http.StatusOK, views.Slide(page))
}

// slide is one screen of the lesson.
func (v *lessonView) slide() (*views.SlidePage, error) {
	all := v.screens(v.l)
	at, err := v.chosenScreen(all)
	if err != nil {
		return nil, err
	}
	s := all[at]
	p := &views.SlidePage{
		Page: v.benchPage(v.c, v.bench), N: v.l.N, Title: v.w.Title, Kind: s.kind,
		At: at + 1, Of: len(all), Row: v.slideRow(all, at),
		Prev: v.slideBefore(all, at), Next: v.entered(all, at+1),
		Leave: v.left(s, at),
	}
	v.slideWay(p, all, at)
	p.Present = true
	x := &lessonText{lessonView: v, base: v.base()}
	switch s.kind {
	case views.SlideQuestion:
		err = v.slideAsk(p, x, s, at)
	case views.SlideAct:
		err = v.slideActs(p, x, s, at)
	case views.SlideFlow:
		err = v.slideEvents(p, s, at)
	case views.SlideVerdict:
		v.slideVerdict(p, x, s)
	case views.SlideWhy:
		v.slideWhy(p, x, s)
	default:
		v.slideEnd(p, x)
	}
	return p, err
}

// left is the address of the same place in the lesson, which keeps the screen, to come
// back to.
func (v *lessonView) left(s screen, at int) string {
	address := v.base() + "part=" + s.part() + "&screen=" + strconv.Itoa(at+1)
	if n, err := strconv.Atoi(v.c.QueryParam("act")); err == nil {
		address += "&act=" + strconv.Itoa(n)
	}
	return address
}

// slideBefore is the screen before. The flow is come to from its end.
func (v *lessonView) slideBefore(all []screen, at int) string {
	if at == 0 {
		return ""
	}
	return v.slideAddress(at-1, "")
}

// slideRow are the screens of a question, and the end.
func (v *lessonView) slideRow(all []screen, at int) []views.SlideLink {
	end := len(all) - 1
	question := all[min(at, end-1)].question
	var row []views.SlideLink
	for n, s := range all {
		if s.question != question && n != end {
			continue
		}
		link := views.SlideLink{Name: v.t.T("slides." + s.kind), State: "next"}
		switch {
		case n == at:
			link.State = "now"
		case n < at:
			link.State = "done"
		}
		if v.visible(s) || n == 0 {
			link.Href = v.entered(all, n)
		}
		row = append(row, link)
	}
	return row
}

// afterQuestion is the first screen that is not of the same question as that one.
func afterQuestion(all []screen, at int) int {
	n := at
	for all[n].question == all[at].question {
		n++
	}
	return n
}

// plain is a text of the lesson in one line, with what happened filled in.
func (v *lessonView) plain(in lesson.Inline) string {
	return strings.TrimSpace(in.Plain(func(e string) string {
		said, _ := v.progress.Fill(e)
		return said
	}))
}
