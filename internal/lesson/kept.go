package lesson

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/sessionlab/sessionlab/internal/experiment"
)

// A Course is what is kept of a bench's way through the lessons, by their slugs.
type Course map[string]Kept

// A Kept is what is kept of one lesson.
type Kept struct {
	Began    Began             `json:"began,omitzero"`
	Part     string            `json:"part,omitempty"`  // where the learner is; "" for the first
	Entry    int               `json:"entry,omitempty"` // the number of the bench's last entry when the learner went on to that part
	Answers  map[string]Answer `json:"answers,omitempty"`
	Goals    map[string]int    `json:"goals,omitempty"`    // those reached, with the step that did it; 0: on an earlier bench
	Browsers map[string]string `json:"browsers,omitempty"` // the lab's ids, by those of the lesson
	Helped   map[string]Help   `json:"helped,omitempty"`   // by goal
	// Found is what acts came to that send nothing, by their ids: what a script read, or
	// how many keys were tried.
	Found map[string]experiment.Did `json:"found,omitempty"`
	Done  bool                      `json:"done,omitempty"`  // it was brought to its end, now or before it began again
	Again bool                      `json:"again,omitempty"` // it began again after that, so its goals are those of this time
	At    time.Time                 `json:"at,omitzero"`     // when something changed last, by real time
}

// A Began is where a lesson began on its bench: what came before does not count.
type Began struct {
	Step  int       `json:"step,omitempty"`  // the number of the last step before
	Entry int       `json:"entry,omitempty"` // the number of the last entry before
	At    time.Time `json:"at,omitzero"`     // by real time; zero: it never did
}

// Before reports whether b is before o on their bench.
func (b Began) Before(o Began) bool {
	return b.Step < o.Step || b.Step == o.Step && b.Entry < o.Entry
}

// An Answer is what was predicted.
type Answer struct {
	Choice  string `json:"choice,omitempty"`
	Skipped bool   `json:"skipped,omitempty"`
	Step    int    `json:"step,omitempty"`  // the number of the newest step when it was first answered
	Entry   int    `json:"entry,omitempty"` // and of the newest entry
	Right   *bool  `json:"right,omitempty"` // nil until the result is revealed
}

// A Help is how far somebody was helped with a goal.
type Help string

// The helps, from little to much.
const (
	HelpNone Help = ""
	HelpHint Help = "hint" // saw the hint
	HelpGoal Help = "goal" // saw how a bench looks that has reached it
	HelpDone Help = "done" // had it done
)

// More returns the greater of two helps.
func (h Help) More(than Help) Help {
	order := map[Help]int{HelpHint: 1, HelpGoal: 2, HelpDone: 3}
	if order[than] > order[h] {
		return than
	}
	return h
}

// ReadCourse reads what [Course.Encode] wrote. Of nothing it is empty, and can be
// written to.
func ReadCourse(data json.RawMessage) (Course, error) {
	c := make(Course)
	if len(data) == 0 {
		return c, nil
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return nil, fmt.Errorf("lesson: read the course of a bench: %w", err)
	}
	if c == nil { // it was null
		c = make(Course)
	}
	return c, nil
}

// Encode returns the course as JSON.
func (c Course) Encode() (json.RawMessage, error) { return json.Marshal(c) }

// Anew is what is kept when the bench is begun anew: lessons that were done, with what
// was predicted and reached. Lessons under way begin anew, too.
func (c Course) Anew() Course {
	anew := make(Course)
	for slug, k := range c {
		if !k.Done {
			continue
		}
		goals := make(map[string]int, len(k.Goals))
		for id := range k.Goals {
			goals[id] = 0 // its step is gone
		}
		anew[slug] = Kept{Answers: k.Answers, Goals: goals, Helped: k.Helped, Done: true, At: k.At}
	}
	return anew
}

// Under reports whether the lesson is under way, or done, on this bench.
func (k Kept) Under() bool { return !k.Began.At.IsZero() }

// LessonBrowsers are the lesson's ids of its browsers by the lab's, as
// [Lesson.Follow] takes them.
func (k Kept) LessonBrowsers() map[string]string {
	all := make(map[string]string, len(k.Browsers))
	for id, lab := range k.Browsers {
		all[lab] = id
	}
	return all
}
