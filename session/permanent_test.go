package session_test

import (
	"strings"
	"testing"

	"github.com/gorilla/sessions"

	"github.com/sessionlab/sessionlab/session"
)

// TestWhateverPythonTakesForTrueIsPermanent has the cases of bool(x), which is
// what Flask asks of session["_permanent"].
func TestWhateverPythonTakesForTrueIsPermanent(t *testing.T) {
	tests := []struct {
		value any
		want  bool
	}{
		{nil, false}, {false, false}, {true, true},
		{int64(0), false}, {int64(1), true}, {int64(-1), true}, {1, true}, {0.0, false}, {0.5, true},
		{"", false}, {"yes", true}, {"false", true}, {"0", true},
		{[]any{}, false}, {[]any{false}, true},
		{map[string]any{}, false}, {map[string]any{"a": nil}, true},
	}
	for _, tt := range tests {
		s := &sessions.Session{Values: map[any]any{"_permanent": tt.value}}
		if got := session.Permanent(s); got != tt.want {
			t.Errorf("Permanent of %#v = %v; want %v", tt.value, got, tt.want)
		}
	}
	if session.Permanent(&sessions.Session{}) {
		t.Error("Permanent of nothing = true")
	}
}

func TestATruthyFlagMakesTheCookieLast(t *testing.T) {
	for value, lasts := range map[any]bool{1: true, "yes": true, 0: false, "": false} {
		stored, carried := newSite(t, nil), newJarred(t, nil)
		for name, line := range map[string]string{
			"stored":  setCookie(t, stored.update(set("_permanent", value))),
			"carried": carried.update(set("_permanent", value)),
		} {
			if line == "" || strings.Contains(line, "Expires=") != lasts {
				t.Errorf("%s, with %#v: %q", name, value, line)
			}
		}
	}
}
