package lesson

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/sessionlab/sessionlab/internal/coursefile"
	"github.com/sessionlab/sessionlab/internal/judge"
	"github.com/sessionlab/sessionlab/internal/step"
)

// mallory is a virtual browser of the recorded bench.
const mallory = "oxeby44r"

// recorded is a bench as it was recorded: momo logs in, sets theme, gets theme and
// colour, pops theme twice, clears, asks "me", changes to Flask's cookie, logs in and
// sets theme (steps 1 to 10). Mallory logs in (11), the clock is moved, and the
// experiment "theft" runs (12 and 13).
func recorded(t testing.TB) (steps []*step.Step, entries []step.Entry) {
	t.Helper()
	data, err := os.ReadFile("testdata/bench.json")
	if err != nil {
		t.Fatal(err)
	}
	var bench struct {
		Steps   []json.RawMessage
		Entries []step.Entry
	}
	if err := json.Unmarshal(data, &bench); err != nil {
		t.Fatal(err)
	}
	for _, data := range bench.Steps {
		s, err := step.Decode(data)
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, s)
	}
	return steps, bench.Entries
}

// compiled is a lesson whose script was checked as one from a file is. What is missing in
// it, but is no part of an expression, does not matter.
func compiled(t testing.TB, l *Lesson) *Lesson {
	t.Helper()
	l.exprs = make(map[string]*judge.Expression)
	c := &checker{Document: new(coursefile.Document), l: l, implied: make(map[string][]string), shown: make(map[string][]string)}
	c.script()
	for _, n := range l.Steps {
		if l.exprs[n.When] == nil {
			t.Fatalf("%s does not compile: %v", n.When, c.Problems)
		}
	}
	return l
}

// filling has a text of a lesson say what an expression comes to.
func filling(l *Lesson, expressions ...string) {
	for _, text := range expressions {
		if e, err := judge.Value(text, l.names()); err == nil {
			l.exprs[text] = e
		}
	}
}
