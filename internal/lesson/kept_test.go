package lesson

import (
	"reflect"
	"testing"
	"time"
)

func TestWhatIsKeptComesBackAsItWas(t *testing.T) {
	right, at := true, time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	c := Course{"login": {
		Began: Began{Step: 3, Entry: 2, At: at}, Part: "q1.act", Entry: 5, Answers: map[string]Answer{"q1": {Choice: "b", Right: &right}, "q2": {Skipped: true}},
		Goals: map[string]int{"g1": 4}, Browsers: map[string]string{"mallory": "abc"}, Helped: map[string]Help{"g1": HelpGoal}, Done: true, At: at,
	}}
	data, err := c.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadCourse(data)
	if err != nil || !reflect.DeepEqual(again, c) {
		t.Errorf("it is %+v, %v; want %+v", again, err, c)
	}
	if got := c["login"].LessonBrowsers(); !reflect.DeepEqual(got, map[string]string{"abc": "mallory"}) {
		t.Errorf("the browsers are %v", got)
	}
}

func TestNothingKeptIsACourseToWriteTo(t *testing.T) {
	for _, data := range []string{"", "null", "{}"} {
		c, err := ReadCourse([]byte(data))
		if err != nil || c == nil || len(c) > 0 {
			t.Errorf("%q is %v, %v", data, c, err)
		}
	}
	if _, err := ReadCourse([]byte("[")); err == nil {
		t.Error("what is no course is read as one")
	}
}

func TestOnABenchBegunAnewLessonsUnderWayBeginAnew(t *testing.T) {
	at := Began{Step: 1, At: time.Now()}
	anew := Course{
		"done":  {Began: at, Done: true, Part: "take", Goals: map[string]int{"g1": 7}, Browsers: map[string]string{"a": "b"}, Answers: map[string]Answer{"q1": {Choice: "a"}}},
		"under": {Began: at, Goals: map[string]int{"g1": 9}},
	}.Anew()
	want := Course{"done": {Done: true, Goals: map[string]int{"g1": 0}, Answers: map[string]Answer{"q1": {Choice: "a"}}}}
	if !reflect.DeepEqual(anew, want) || anew["done"].Under() {
		t.Errorf("kept is %+v; want %+v", anew, want)
	}
}

func TestHelpOnlyGrows(t *testing.T) {
	if got := HelpGoal.More(HelpHint); got != HelpGoal {
		t.Errorf("it is %q", got)
	}
	if got := HelpNone.More(HelpDone); got != HelpDone {
		t.Errorf("it is %q", got)
	}
}
