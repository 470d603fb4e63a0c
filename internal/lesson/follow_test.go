package lesson

import (
	"maps"
	"testing"

	"github.com/sessionlab/sessionlab/internal/step"
)

// small is a lesson about what was recorded.
func small(t testing.TB) *Lesson {
	return compiled(t, &Lesson{
		Browsers: []Browser{{"mallory", "Mallory"}},
		Steps: []Named{
			{ID: "login", When: `it.Op == "login" && it.Outcome == "done" && it.By == ""`},
			{ID: "set", When: `it.Op == "set" && it.Outcome == "done"`, After: "login"},
			{ID: "missing", When: `it.Op == "get" && it.Outcome == "no-key"`},
			{ID: "pop", When: `it.Op == "pop" && it.Outcome == "done"`, After: "set"},
			{ID: "again", When: `it.Op == "pop" && it.Key == pop.Key`, After: "pop"},
			{ID: "clear", When: `it.Op == "clear"`},
			{ID: "moved", Entry: step.EntrySessionsMoved, When: `it.Value == "flask"`},
			{ID: "flogin", When: `it.Op == "login" && it.Mechanism == "flask"`, After: "moved"},
			{ID: "fset", When: `it.Op == "set"`, After: "flogin"},
			{ID: "hers", When: `it.Op == "login" && it.By == "mallory"`},
			{ID: "waited", Entry: step.EntryClockMoved, When: `it.Value != ""`, After: "hers"},
			{ID: "theft", Entry: step.EntryRunEnded, When: `it.Slug == "theft" && it.Variant == "open" && it.Verdict == "stolen"`},
			{ID: "copied", Entry: step.EntryCookieCopied, When: `it.Ran`},
			{ID: "stranger", When: `it.Virtual && it.By == "other"`},
		},
		Questions: []Question{
			{ID: "q1", Shown: []string{"set"}, Show: "set", Choices: []Choice{
				{"a", `set.Now.Length > set.Was.Length`}, {"b", `set.Now.Cookie == set.Was.Cookie`}}},
			{ID: "change", Shown: []string{"fset"}, Show: "fset", Choices: []Choice{
				{"a", `fset.Now.Length > fset.Was.Length`}, {"b", `fset.Now.Cookie == fset.Was.Cookie`}}},
			{ID: "never", Shown: []string{"set", "copied"}, Show: "set", Choices: []Choice{{"a", `set.Ran`}}},
		},
		Goals: []Goal{
			{ID: "changed", Part: "q1", When: `set.Record == "changed" && set.Cookie == "resent"`, Step: "set"},
			{ID: "twice", Part: "q1", When: `pop.Record == "changed" && again.Record == "kept"`, Step: "again"},
			{ID: "grown", Part: "change", When: `fset.Cookie == "renewed" && fset.Now.Record == ""`, Step: "fset"},
			{ID: "unlike", Part: "change", When: `set.Record == "deleted"`, Step: "set"},
			{ID: "absent", Part: "change", When: `!copied.Ran`, Step: "set"},
		},
	})
}

func TestANamedStepIsTheFirstThatFits(t *testing.T) {
	steps, entries := recorded(t)
	p := small(t).Follow(steps, entries, map[string]string{mallory: "mallory"}, Began{})
	got := make(map[string]int)
	for name, s := range p.Steps {
		got[name] = s.N
	}
	// What the experiment did is no step of the lesson, and no entry: copied and stranger
	// are not there.
	want := map[string]int{
		"login": 1, "set": 2, "missing": 4, "pop": 5, "again": 6, "clear": 7, "moved": 8, "flogin": 9, "fset": 10, "hers": 11, "waited": 11, "theft": 13,
	}
	if !maps.Equal(got, want) {
		t.Errorf("the named steps are %v; want %v", got, want)
	}
}

func TestAGoalIsReachedByWhatTheStepsMean(t *testing.T) {
	steps, entries := recorded(t)
	p := small(t).Follow(steps, entries, nil, Began{})
	// The goal "absent" asks for what is not there: it is not reached for that.
	if want := map[string]int{"changed": 2, "twice": 6, "grown": 10}; !maps.Equal(p.Goals, want) {
		t.Errorf("the goals reached are %v; want %v", p.Goals, want)
	}
	if p.Done("") || p.Done("change") || !p.Done("q1") {
		t.Errorf("done: %v, change %v, q1 %v; want only q1", p.Done(""), p.Done("change"), p.Done("q1"))
	}
}

func TestWhatIsRightFollowsFromWhatHappened(t *testing.T) {
	steps, entries := recorded(t)
	p := small(t).Follow(steps, entries, nil, Began{})
	for q, right := range map[string]string{"q1": "b", "change": "a"} {
		if !p.Shown[q] || !p.Right[q][right] || p.Right[q]["a"] == p.Right[q]["b"] {
			t.Errorf("%s: shown %v, right %v; want %s", q, p.Shown[q], p.Right[q], right)
		}
	}
	if p.Shown["never"] || p.Right["never"] != nil {
		t.Error("a question is revealed whose steps are not there")
	}
	// With the cookie of Flask from the beginning, the answer of the first question is the other one.
	p = small(t).Follow(steps, entries, nil, Began{Step: 8})
	if !p.Right["q1"]["a"] || p.Right["q1"]["b"] {
		t.Errorf("with Flask's cookie %v is right; want a", p.Right["q1"])
	}
}

func TestWhatCameBeforeTheLessonBeganDoesNotCount(t *testing.T) {
	steps, entries := recorded(t)
	l := small(t)
	if p := l.Follow(steps, entries, nil, Began{Step: 2, Entry: 1}); p.Steps["set"].N != 10 || p.Steps["moved"] != nil || p.Steps["missing"].N != 4 {
		t.Errorf("after step 2 and entry 1 there are %v", p.Steps)
	}
	if p := l.Follow(steps, entries, nil, Began{Step: 13, Entry: 6}); len(p.Steps) > 0 || len(p.Goals) > 0 || len(p.Shown) > 0 {
		t.Errorf("after everything there are %v, goals %v, %v", p.Steps, p.Goals, p.Shown)
	}
}

func TestPlaceholdersSayWhatHappened(t *testing.T) {
	steps, entries := recorded(t)
	l := small(t)
	want := map[string]string{
		"set.N": "2", "set.Code": "session['theme'] = 'dark'", "set.Now.Version": "2", "set.Was.Bytes": "16", "set.Now.Record": `{"theme":"dark","uname":"momo"}`,
		"missing.Result": "None", "pop.Result": "'dark'", "pop.Key": "theme", "set.Status": "200", "set.Worker": "1", "set.By": "",
		"clear.Query": "DELETE FROM sessions WHERE id = ?", "fset.Now.Payload": `{"theme":"dark","uname":"momo"}`, "set.Linked": "true",
		"hers.By": "mallory", "hers.Ahead": "0s", "waited.Value": "1h30m", "set.Now.Expires": "", "set.Form[\"key\"]": "theme",
		"set.Now.Length == set.Was.Length": "true", "fset.Now.Length - flogin.Now.Length": "20",
	}
	for text := range want {
		filling(l, text)
	}
	filling(l, "copied.Value")
	p := l.Follow(steps, entries, map[string]string{mallory: "mallory"}, Began{})
	for text, want := range want {
		if got, ok := p.Fill(text); got != want || !ok {
			t.Errorf("%s is %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"copied.Value", "not.Known"} {
		if got, ok := p.Fill(text); ok {
			t.Errorf("%s is %q; want nothing", text, got)
		}
	}
}

func TestTheProductsOwnCookiesAreNotSeen(t *testing.T) {
	steps, _ := recorded(t)
	seen := see(steps[1], nil)
	if want := "session=" + seen.Was.Cookie; seen.CookieLine != want || seen.Was.Cookie == "" {
		t.Errorf("the cookie line is %q; want %q", seen.CookieLine, want)
	}
}
