package handlers_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/sessionlab/sessionlab/internal/lesson"
)

func TestLessonsThatWereDoneAreKeptWhenABenchIsBegunAnew(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	was := must(s.lab.Enter(t.Context(), l.bench))(t)
	at := lesson.Began{Step: 3, At: time.Now()}
	err := s.lab.PutCourse(t.Context(), was, func(json.RawMessage) (json.RawMessage, error) {
		return lesson.Course{
			"amnesia": {Began: at, Done: true, Goals: map[string]int{"g1": 5}, Answers: map[string]lesson.Answer{"q1": {Choice: "b"}}},
			"login":   {Began: at, Goals: map[string]int{"g1": 9}},
		}.Encode()
	})
	if err != nil {
		t.Fatal(err)
	}
	l.Post("/en/lab/new").Want(303)
	var fresh benchJSON
	l.Get("/en/lab").Want(200).JSON(&fresh)
	id := fresh.Bench
	if id == was.ID() {
		t.Fatal("the bench is the same")
	}
	kept := must(lesson.ReadCourse(must(s.lab.Bench(t.Context(), id))(t).Course()))(t)
	k := kept["amnesia"]
	if !k.Done || k.Under() || k.Answers["q1"].Choice != "b" || len(kept) != 1 {
		t.Errorf("of the lessons there is kept %+v; want what was done of the first", kept)
	}
	if n, ok := k.Goals["g1"]; !ok || n != 0 {
		t.Errorf("the goal is reached: %v, at step %d; want true, and no step of this bench", ok, n)
	}
}

func TestABenchBegunAnewIsNotStoredForNothing(t *testing.T) {
	s := newSite(t)
	l := s.learner()
	l.Post(l.app+"login", "uname", "momo", "pwd", "123").Want(200)
	l.Post("/en/lab/new").Want(303)
	if n := s.count("benches"); n != 0 {
		t.Errorf("%d benches are stored; want none", n)
	}
}
