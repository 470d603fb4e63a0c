package statetest_test

import (
	"context"
	"testing"

	"github.com/sessionlab/sessionlab/internal/state/statetest"
)

// run returns the names of the promises that a State breaks.
func run(ctx context.Context, ails string) (broken map[string]error) {
	broken = make(map[string]error)
	for _, c := range statetest.Checks() {
		if err := c.Run(ctx, &memory{newWorld(ails)}); err != nil {
			broken[c.Name] = err
		}
	}
	for _, c := range statetest.SharedChecks() {
		w := newWorld(ails)
		if err := c.Run(ctx, &memory{w}, &memory{w}); err != nil {
			broken[c.Name] = err
		}
	}
	return broken
}

func TestASoundStateKeepsAllPromises(t *testing.T) {
	for name, err := range run(t.Context(), "") {
		t.Errorf("%s: %v", name, err)
	}
}

func TestABrokenStateIsFoundOut(t *testing.T) {
	for ails, noticed := range map[string]string{
		"does not give up":            "a method gives up with its context",
		"knows every seat":            "what is not stored is unknown",
		"seats come back":             "an ended seat stays ended",
		"never counts steps":          "what one saves the other sees at once",
		"last change wins":            "of two changes one is stale",
		"forgets when it was made":    "a bench is replaced, but not when it was made",
		"versions come twice":         "no version comes twice",
		"removes nothing":             "a removed bench is gone with its steps",
		"remembers nothing":           "a removed bench is gone for whoever asks",
		"revives what was removed":    "a removed bench is gone with its steps",
		"never forgets":               "a removed bench is gone for whoever asks",
		"makes benches up":            "a step needs a bench",
		"replaces steps":              "a step is never replaced",
		"lists as stored":             "summaries are in order",
		"sorts what it stored":        "summaries come as they were stored",
		"gives numbers of steps":      "numbers are above those of stored steps",
		"numbers nothing":             "no numbers of a bench that is not stored",
		"numbers twice":               "numbers are given out once",
		"stores any jar":              "a jar is not stored over another one than was known",
		"stores no jar with a step":   "a jar is stored with the step that changed it",
		"removes no jar":              "a jar is stored with the entry of its change",
		"stores no jar with an entry": "a jar is stored with the entry of its change",
		"lists entries backwards":     "entries come back in order",
		"has room for any entry":      "there are only so many entries",
		"has entries without a bench": "an entry needs a bench",
		"keeps entries to itself":     "who follows hears of entries",
		"tells its own news":          "who follows hears of what others do",
		"tells of another removal":    "who follows hears of what others do",
		"counts benches alone":        "all benches are counted",
		"evicts the newest":           "those longest not used are evicted first",
		"sweeps by when it was made":  "who is used again is not swept",
		"sweeps all at once":          "a sweep takes the old and nothing else",
		"sweeps no seats":             "a sweep takes the old and nothing else",
	} {
		if broken := run(t.Context(), ails); broken[noticed] == nil {
			t.Errorf("a state that %s keeps the promise that %s; it breaks %v", ails, noticed, broken)
		}
	}
}
