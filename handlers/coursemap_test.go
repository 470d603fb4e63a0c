package handlers_test

import (
	"encoding/json"
	"fmt"
	"html"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/course"
	"github.com/sessionlab/sessionlab/handlers"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/lesson"
)

// lessonsOfCourse are those of the course.
var lessonsOfCourse = sync.OnceValues(func() ([]*lesson.Lesson, []error) {
	all, _ := experiments()
	return lesson.Load(course.Lessons(), all)
})

// withLessons is a site with the lessons of the course, and more after them.
func withLessons(t *testing.T, own ...*lesson.Lesson) *site {
	t.Helper()
	all, problems := lessonsOfCourse()
	for _, p := range problems {
		t.Error(p)
	}
	return newSite(t, func(o *handlers.Options, _ *lab.Options) { o.Lessons = always(slices.Concat(all, own)) })
}

// got puts how far a learner is in the course.
func (l *learner) got(course lesson.Course) {
	t := l.site.t
	t.Helper()
	b := must(l.site.lab.Enter(t.Context(), l.bench))(t)
	must(0, l.site.lab.PutCourse(t.Context(), b, func(json.RawMessage) (json.RawMessage, error) { return course.Encode() }))(t)
}

// contains reports each part that a page lacks.
func contains(t *testing.T, page string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(page, p) {
			t.Errorf("the page lacks %q", p)
		}
	}
}

func TestTheMapShowsEveryLessonInItsChapter(t *testing.T) {
	s := withLessons(t)
	all, _ := lessonsOfCourse()
	for lang, words := range map[string][]string{
		"en": {"1. The website forgets", "So far: the website knows", "4. The thief is stopped", "The final sheet"},
		"zh": {"一、网站没有记性", "到这里：网站凭一个 ID", "四、小偷被拦住", "课程总结"},
	} {
		page := s.Browser(t).Get("/" + lang + "/course").Want(200).Body
		contains(t, page, append(words, `href="/`+lang+`/course/sheet"`, `href="/`+lang+`/note"`)...)
		chapters := strings.Split(page, `<section class="chapter"`)
		if len(chapters) != lesson.Chapters+1 {
			t.Fatalf("%s: the map has %d chapters; want %d", lang, len(chapters)-1, lesson.Chapters)
		}
		for _, l := range all {
			w := l.Words[lang]
			contains(t, chapters[l.Chapter], fmt.Sprintf(`href="/%s/course/%s"`, lang, l.Slug), w.Title+"</a>", `<p class="ask">`+w.Question)
		}
		contains(t, chapters[1], fmt.Sprintf(`<span class="card-n" aria-hidden="true">%d</span>`, all[0].N))
	}
	if n := s.count("benches") + s.count("seats"); n != 0 {
		t.Errorf("visits of the map stored %d rows; want none", n)
	}
}

func TestTheMapTellsHowFarEachLessonIs(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	contains(t, l.page("/en/course"), `href="/en/course/amnesia">Begin with lesson 0</a>`, "0 of ")
	at := s.clock.Now()
	l.got(lesson.Course{
		"amnesia":           {Done: true, At: at, Began: lesson.Began{At: at}},
		"login":             {Part: "q2.act", At: at, Began: lesson.Began{At: at}},
		"set-get-pop-clear": {Part: "q2.observe", At: at.Add(time.Minute), Began: lesson.Began{At: at}},
	})
	page := l.page("/en/course")
	contains(t, page,
		`href="/en/course/set-get-pop-clear">Go on with lesson 4</a>`, "You are at question 2 of 4", "(done)", "(started)",
	)
	for state, want := range map[string]int{"done": 1, "started": 2} {
		if n := strings.Count(page, `class="card" data-state="`+state+`"`); n != want {
			t.Errorf("%d lessons are %s; want %d", n, state, want)
		}
	}
	contains(t, l.page("/zh/course"), "继续第 4 课", "做到第 2 问，共 4 问")
}

func TestAPathStepsOverLessonsAndHidesNone(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	all, _ := lessonsOfCourse()
	at := s.clock.Now()
	l.got(lesson.Course{
		"amnesia": {Done: true, At: at}, "a-note": {Done: true, At: at}, "fixation": {Done: true, At: at},
	})
	for path, want := range map[string][]int{
		"45": {0, 2, 5, 8}, "90": {0, 2, 4, 5, 6, 8, 9, 10}, "all": nil, "": nil, "x": nil,
	} {
		page := l.page("/en/course?path=" + path)
		on, done, left, kept := 0, 0, 0, ""
		if want != nil {
			kept = "?path=" + path
		}
		for _, l := range all {
			contains(t, page, `href="/en/course/`+l.Slug+kept+`"`)
			if want != nil && !slices.Contains(want, l.N) {
				continue
			}
			on++
			if l.Slug == "amnesia" || l.Slug == "a-note" || l.Slug == "fixation" {
				done++
			} else {
				left += l.Minutes
			}
		}
		contains(t, page,
			fmt.Sprintf("%d of %d done", done, on), fmt.Sprintf(`<progress value="%d" max="%d"`, done, on), fmt.Sprintf("%d minutes to go", left),
		)
		if n := strings.Count(page, " data-off>"); n != len(all)-on {
			t.Errorf("the path %q steps over %d lessons; want %d", path, n, len(all)-on)
		}
		if want == nil {
			path = "all"
		}
		contains(t, page, fmt.Sprintf(`href="/en/course?path=%s" aria-current="true"`, path))
	}
}

func TestAPathThatIsDoneLeadsToTheFinalSheet(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	all, _ := lessonsOfCourse()
	kept := make(lesson.Course)
	for _, l := range all {
		if slices.Contains(l.Paths, "45") {
			kept[l.Slug] = lesson.Kept{Done: true, At: s.clock.Now()}
		}
	}
	l.got(kept)
	contains(t, l.page("/en/course?path=45"), `href="/en/course/sheet">To the final sheet</a>`, "4 of 4 done")
	contains(t, l.page("/en/course?path=90"), `href="/en/course/set-get-pop-clear?path=90">Go on with lesson 4</a>`)
}

func TestATeachersLessonsFollowOnTheMap(t *testing.T) {
	own := &lesson.Lesson{N: 21, Slug: "ours", Chapter: lesson.OwnChapter, Minutes: 3, Words: map[string]*lesson.Words{
		"en": {Title: "Our own", Question: "Is it ours?"}, "zh": {Title: "我们的", Question: "是我们的吗？"},
	}}
	s := withLessons(t, own)
	for lang, words := range map[string][]string{"en": {"Your own lessons", "Our own", "Is it ours?"}, "zh": {"自己的课", "我们的", "是我们的吗？"}} {
		page := s.Browser(t).Get("/" + lang + "/course").Want(200).Body
		_, after, _ := strings.Cut(page, "/course/sheet")
		contains(t, after, append(words, "/course/ours")...)
	}
}

// courseListed is the course as JSON.
type courseListed struct {
	Lessons []struct {
		N           int
		Slug, Title string
		Minutes     int
		State       string
		Predictions []struct {
			ID, Text string
			Answer   *string
			Right    *bool
		}
		Goals []struct {
			ID, Text string
			Done     bool
		}
	}
}

func TestTheCourseIsListedAsJSON(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	all, _ := lessonsOfCourse()
	list := func() (c courseListed) { l.Get("/en/course").Want(200).JSON(&c); return c }
	for i, told := range list().Lessons {
		want := all[i]
		if told.N != want.N || told.Slug != want.Slug || told.Title != want.Words["en"].Title || told.Minutes != want.Minutes || told.State != "new" {
			t.Errorf("lesson %d is %+v", i, told)
		}
		for _, p := range told.Predictions {
			if p.Answer != nil || p.Right != nil || p.Text == "" {
				t.Errorf("%s: before it was asked, a prediction is %+v", told.Slug, p)
			}
		}
		for _, g := range told.Goals {
			if g.Done || g.Text == "" {
				t.Errorf("%s: before it began, a goal is %+v", told.Slug, g)
			}
		}
		if len(told.Predictions) != len(want.Questions) || len(told.Goals) != len(want.Goals) {
			t.Errorf("%s has %d predictions and %d goals; want %d and %d", told.Slug, len(told.Predictions), len(told.Goals), len(want.Questions), len(want.Goals))
		}
	}
}

// A goal is done by a step, wherever that was sent from: nobody has to look at the
// lesson for it.
func TestTheListKnowsWhatTheStepsOfALessonShow(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	l.got(lesson.Course{"set-get-pop-clear": {
		Began:   lesson.Began{At: s.clock.Now()},
		Answers: map[string]lesson.Answer{"q1": {Choice: "a"}, "q2": {Skipped: true}},
	}})
	b := l.With("User-Agent", "Mozilla/5.0")
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	b.Post(l.app+"set", "key", "theme", "value", "dark").Want(200)
	var c courseListed
	l.Get("/en/course").Want(200).JSON(&c)
	for _, told := range c.Lessons {
		if told.Slug != "set-get-pop-clear" {
			continue
		}
		if q1 := told.Predictions[0]; told.State != "started" || q1.Answer == nil || *q1.Answer != "a" || q1.Right == nil || *q1.Right {
			t.Errorf("after set, the lesson is %s and its first prediction %+v; want started, and a to be wrong", told.State, told.Predictions[0])
		}
		if q2 := told.Predictions[1]; q2.Answer != nil || q2.Right != nil {
			t.Errorf("a prediction that was skipped is %+v", q2)
		}
		for _, g := range told.Goals {
			if g.Done != (g.ID == "g1") {
				t.Errorf("after set, the goal %s is done: %v", g.ID, g.Done)
			}
		}
	}
}

func TestWhatCannotBeReadOfTheCourseLosesNoPage(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	b := must(s.lab.Enter(t.Context(), l.bench))(t)
	must(0, s.lab.PutCourse(t.Context(), b, func(json.RawMessage) (json.RawMessage, error) { return json.RawMessage(`[1]`), nil }))(t)
	for _, path := range []string{"/en/", "/en/course", "/en/course/sheet"} {
		l.page(path)
	}
	contains(t, s.log.Text(), "lessons of a bench not read")
}

func TestTheMenuLeadsToTheCourseFirst(t *testing.T) {
	s := withLessons(t)
	b := s.Browser(t)
	for lang, names := range map[string][]string{"en": {"Course", "Bench", "Experiments", "Inspector"}, "zh": {"课程", "实验台", "对照实验", "检查器"}} {
		for _, path := range []string{"/", "/course", "/course/sheet", "/lab"} {
			_, menu, _ := strings.Cut(b.Get("/"+lang+path).Want(200).Body, `<nav class="menu"`)
			menu, _, _ = strings.Cut(menu, "</nav>")
			var got []string
			for _, item := range strings.Split(menu, "</a>") {
				if _, name, ok := strings.Cut(item, `class="tool"`); ok {
					got = append(got, name[strings.LastIndex(name, ">")+1:])
				}
			}
			if !slices.Equal(got, names) {
				t.Errorf("/%s%s: the menu has %q; want %q", lang, path, got, names)
			}
			if current := strings.Contains(menu, `course" aria-current=`); current != strings.HasPrefix(path, "/course") {
				t.Errorf("/%s%s: the menu says that this is the course: %v", lang, path, current)
			}
		}
	}
}

func TestHomeLeadsToTheCourseFirst(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	for lang, words := range map[string]string{"en": "Begin with lesson 0", "zh": "从第 0 课开始"} {
		page := l.page("/" + lang + "/")
		contains(t, page, `href="/`+lang+`/course/amnesia">`+words+`</a>`, `href="/`+lang+`/course"`, `href="/`+lang+`/course?path=45"`)
		if course, bench := strings.Index(page, "/course/amnesia"), strings.LastIndex(page, `/lab"`); course > bench {
			t.Errorf("%s: home leads to the bench before the course", lang)
		}
	}
	at := s.clock.Now()
	l.got(lesson.Course{"amnesia": {Done: true, At: at}, "a-note": {At: at, Began: lesson.Began{At: at}}})
	page := l.page("/en/")
	contains(t, page, `href="/en/course/a-note">Go on with lesson 1</a>`, `<i data-is="done"></i><i data-is="started"></i><i data-is="new"></i>`)
	l.With("User-Agent", "Mozilla/5.0").With("Accept", "text/html").Post(l.app+"login", "uname", "momo", "pwd", "123", "back", "/en/").Want(303)
	contains(t, l.page("/en/?step=1"), `<a href="/en/course/login">Why: lesson 2</a>`)
}

// Whoever teaches finds what the authors of the lessons say to them, those of a path alone.
func TestTheNotesForTeachingAreOnOnePage(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	for _, lang := range []string{"en", "zh"} {
		contains(t, l.page("/"+lang+"/course?path=45"), `href="/`+lang+`/course/teaching?path=45"`)
		all, short := l.page("/"+lang+"/course/teaching"), l.page("/"+lang+"/course/teaching?path=45")
		for _, each := range lessons(t) {
			words := each.Words[lang]
			if len(words.Teacher) == 0 || len(words.Teacher[0].Items) == 0 {
				t.Fatalf("%s: %s has no notes", lang, each.Slug)
			}
			said := html.EscapeString(words.Teacher[0].Items[0][0].Inner.Plain(nil))
			title := html.EscapeString(words.Title)
			if !strings.Contains(all, title) || !strings.Contains(all, said) || strings.Contains(short, title) != slices.Contains(each.Paths, "45") {
				t.Errorf("%s: the page lacks the notes of %s, or the path has others", lang, each.Slug)
			}
		}
	}
}
