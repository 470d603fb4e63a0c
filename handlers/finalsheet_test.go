package handlers_test

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/lesson"
	"github.com/sessionlab/sessionlab/views"
)

// The bytes on the final sheet are those of named steps, which the lessons must have.
func TestTheFinalSheetIsAboutStepsThatTheLessonsName(t *testing.T) {
	all, _ := lessonsOfCourse()
	named := make(map[string]bool)
	for _, l := range all {
		named[l.Slug] = true
		for _, s := range l.Steps {
			named[l.Slug+" "+s.ID] = true
		}
	}
	for _, want := range []string{
		"login login", "set-get-pop-clear set", "logout out", "logout asked", "logout inside", "lifetime perm",
		"flags", "fixation", "guess-and-forge",
	} {
		if !named[want] {
			t.Errorf("there is no %q in the course", want)
		}
	}
}

func TestAnEmptySheetSaysWhatMakesIt(t *testing.T) {
	s := withLessons(t)
	for lang, words := range map[string][]string{
		"en": {"Not made yet.", "Lesson 2 makes it: ", "Lesson 4 shows it: ", "What does the cookie hold?", "No prediction yet.", "0 of "},
		"zh": {"还没有。", "第 2 课会做出来：", "第 4 课能看到：", "Cookie 里有什么？", "还没有预测过。"},
	} {
		page := s.Browser(t).Get("/" + lang + "/course/sheet").Want(200).Body
		contains(t, page, append(words,
			`href="/`+lang+`/course/login"`, `href="/`+lang+`/course/set-get-pop-clear"`, `href="/`+lang+`/course/logout"`, `href="/`+lang+`/course/lifetime"`)...)
		if strings.Contains(page, `class="seg`) || strings.Contains(page, ">sheet.") {
			t.Errorf("%s: the sheet has bytes of nothing, or the id of a message", lang)
		}
	}
	if n := s.count("benches"); n != 0 {
		t.Errorf("a look at the sheet stored %d benches; want none", n)
	}
}

// sheetListed is the final sheet as JSON.
type sheetListed struct {
	Bench          string
	Cookie, Record *string
	Questions      []struct {
		ID, Text, Answer, Lesson string
		Step                     *int
		Seen                     *string
	}
	Predictions []struct {
		N       int
		Guesses []string
	}
	Takes []struct {
		N    int
		Text string
	}
	Done, Lessons, Steps int
}

func (l *learner) sheet() (told sheetListed) {
	l.Get("/en/course/sheet").Want(200).JSON(&told)
	return told
}

func TestTheSheetHoldsTheLearnersOwnBytes(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	b := l.With("User-Agent", "Mozilla/5.0")
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	b.Post(l.app+"set", "key", "theme", "value", "dark").Want(200)
	began := lesson.Began{At: s.clock.Now()}
	l.got(lesson.Course{
		"login":             {Began: began, Goals: map[string]int{"g1": 1}},
		"set-get-pop-clear": {Began: began, Goals: map[string]int{"g1": 2}},
	})
	login, set := l.step(1), l.step(2)
	told := l.sheet()
	if told.Bench != l.bench || told.Cookie == nil || *told.Cookie != set.After.Cookie.Raw || told.Record == nil || *told.Record != set.After.Record.Raw {
		t.Errorf("the sheet is %+v; want the bench, the cookie and the record of step 2", told)
	}
	for id, want := range map[string]struct {
		step int
		seen string
	}{
		"cookie": {1, login.After.Cookie.Raw},
		"server": {1, login.After.Record.Raw},
		"set": {2, fmt.Sprintf("record %d → %d bytes, cookie %d → %d characters", len(login.After.Record.Raw), len(set.After.Record.Raw),
			len(login.After.Cookie.Raw), len(set.After.Cookie.Raw))},
		"logout": {}, "permanent": {}, "thief": {},
	} {
		for _, q := range told.Questions {
			if q.ID != id {
				continue
			}
			if want.step == 0 && (q.Step != nil || q.Seen != nil) {
				t.Errorf("%s was not seen, and the sheet has %v, %v", id, *q.Step, *q.Seen)
			}
			if want.step > 0 && (q.Step == nil || *q.Step != want.step || *q.Seen != want.seen) {
				t.Errorf("%s is %+v; want step %d, %q", id, q, want.step, want.seen)
			}
		}
	}
	page := l.page("/zh/course/sheet")
	id, signature, _ := strings.Cut(set.After.Cookie.Raw, ".")
	contains(t, page,
		l.bench, `<span class="seg seg-id">`+id+`</span>`, `<span class="seg seg-signature">`+signature+`</span>`,
		html.EscapeString(set.After.Record.Raw), "<b>第 2 步</b>", "第 8 课能看到：", "2 步",
	)
}

// A lesson of which the learner saw everything on an earlier bench has no bytes here.
func TestTheSheetInventsNoBytesForStepsThatAreGone(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	b := l.With("User-Agent", "Mozilla/5.0")
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200) // a step of no lesson
	l.got(lesson.Course{"login": {Done: true, Goals: map[string]int{"g1": 0}}})
	page := l.page("/en/course/sheet")
	if n := strings.Count(page, "You saw it. The step is no longer kept."); n != 2 {
		t.Errorf("%d questions say that their step is gone; want the 2 of lesson 2", n)
	}
	if raw := l.step(1).After.Cookie.Raw; strings.Contains(page, raw) || strings.Contains(page, `class="seg`) {
		t.Error("the sheet has bytes of a step that is of no lesson")
	}
}

// What a lesson showed that was done and then begun again is not gone: it is shown anew.
func TestTheSheetShowsALessonThatWasBegunAgainAnew(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	b := l.With("User-Agent", "Mozilla/5.0")
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.got(lesson.Course{"login": {Done: true, Again: true, Goals: map[string]int{"g1": 1}, Began: lesson.Began{At: s.clock.Now(), Step: 1}}})
	if page := l.page("/en/course/sheet"); strings.Contains(page, "no longer kept") {
		t.Error("the sheet says that a step is no longer kept, which is")
	}
	b.Post(l.app + "logout").Want(200)
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	if told := l.sheet(); told.Questions[0].ID != "cookie" || told.Questions[0].Step == nil || *told.Questions[0].Step != 3 {
		t.Errorf("the sheet tells of the cookie as %+v; want that of step 3", told.Questions[0])
	}
}

// The sides are those of a step that has both, whatever other lessons did.
func TestTheSheetKeepsItsSidesAfterOtherLessons(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	b := l.With("User-Agent", "Mozilla/5.0")
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.set("mechanism", "flask")
	b.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	b.Post(l.app+"set", "key", "theme", "value", "dark").Want(200)
	l.got(lesson.Course{"login": {Began: lesson.Began{At: s.clock.Now()}}})
	if told := l.sheet(); told.Cookie == nil || told.Record == nil || *told.Record != l.step(1).After.Record.Raw {
		t.Errorf("the sheet shows the cookie %v and the record %v; want those of step 1", told.Cookie, told.Record)
	}
	l.got(lesson.Course{"login": {Began: lesson.Began{At: s.clock.Now()}}, "set-get-pop-clear": {Began: lesson.Began{At: s.clock.Now(), Step: 1}}})
	if told := l.sheet(); told.Record == nil || *told.Record != l.step(1).After.Record.Raw {
		t.Errorf("with a set that is in the cookie the sheet shows the record %v; want that of step 1", told.Record)
	}
}

func TestTheSheetCountsPredictions(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	right, wrong := true, false
	answered := func(all ...*bool) map[string]lesson.Answer {
		answers := make(map[string]lesson.Answer)
		for i, r := range all {
			answers["q"+strconv.Itoa(i+1)] = lesson.Answer{Choice: "a", Right: r}
		}
		return answers
	}
	kept := lesson.Course{
		"amnesia":           {Answers: answered(&right)},
		"set-get-pop-clear": {Answers: answered(&wrong, &right)},
		"where":             {Answers: map[string]lesson.Answer{"q1": {Skipped: true}, "q2": {Choice: "b"}}},
	}
	for _, slug := range []string{"lifetime", "sliding", "logout"} {
		kept[slug] = lesson.Kept{Answers: answered(&wrong)}
	}
	kept["flags"] = lesson.Kept{Answers: answered(&wrong, &wrong)}
	l.got(kept)
	told := l.sheet()
	got := fmt.Sprint(told.Predictions)
	if want := "[{0 [right]} {4 [wrong right]} {5 [skipped]} {6 [wrong]} {7 [wrong]} {8 [wrong]} {9 [wrong wrong]}]"; got != want {
		t.Errorf("the predictions are %s; want %s", got, want)
	}
	if len(told.Takes) != 4 || told.Takes[0].N != 4 || told.Takes[2].N != 7 || told.Takes[3].N != 9 {
		t.Errorf("the sheet repeats %+v; want lessons 4, 6, 7 and 9: the last has most wrong guesses", told.Takes)
	}
	page := l.page("/en/course/sheet")
	contains(t, page, "2 of 8 right", "Lesson 4: 1 of 2 right", "You also guessed wrong in lessons", `href="/en/course/logout" title=`, html.EscapeString(told.Takes[0].Text))
	for g, want := range map[views.Guess]int{views.GuessRight: 2, views.GuessWrong: 6, views.GuessSkipped: 1} {
		if n := strings.Count(page, `<i data-is="`+string(g)+`"></i>`); n != want+1 { // and one that explains it
			t.Errorf("%d dots are %s; want %d", n-1, g, want)
		}
	}
}

func TestTheSheetOfAWholeCourseHasADate(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	all, _ := lessonsOfCourse()
	kept := make(lesson.Course)
	for i, l := range all {
		kept[l.Slug] = lesson.Kept{Done: true, At: time.Date(2026, 11, 1+i, 9, 0, 0, 0, time.UTC)}
	}
	l.got(kept)
	contains(t, l.page("/en/course/sheet"), fmt.Sprintf("finished on %d November 2026", len(all)), fmt.Sprintf("%d of %d lessons", len(all), len(all)))
	contains(t, l.page("/zh/course/sheet"), fmt.Sprintf("完成于 2026 年 11 月 %d 日", len(all)))
	delete(kept, "logout")
	l.got(kept)
	if page := l.page("/en/course/sheet"); strings.Contains(page, "finished on") {
		t.Error("a course with a lesson to go is finished")
	}
}

func TestNobodyElseSeesASheet(t *testing.T) {
	s := withLessons(t)
	l := s.learner()
	l.With("User-Agent", "Mozilla/5.0").Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.got(lesson.Course{"login": {Began: lesson.Began{At: s.clock.Now()}, Goals: map[string]int{"g1": 1}}})
	if l.sheet().Cookie == nil {
		t.Fatal("the learner's sheet has no cookie")
	}
	if other := s.learner().sheet(); other.Cookie != nil || other.Bench == l.bench {
		t.Errorf("another visitor sees %+v", other)
	}
}
