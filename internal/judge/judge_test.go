package judge_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sessionlab/sessionlab/internal/judge"
)

// seen is what expressions can ask about in these tests.
type seen struct {
	Outcome string
	Tried   int
}

// Loud has a method in reach of expressions.
func (s *seen) Loud() bool { return s.Tried > 9 }

var names = judge.Names{"login": &seen{}, "ask": &seen{}}

func TestAConditionHoldsOfWhatWasSeen(t *testing.T) {
	values := judge.Names{"login": &seen{"done", 10}, "ask": &seen{"nobody", 0}}
	for text, want := range map[string]bool{
		`login.Outcome == "done" && ask.Outcome == "nobody"`: true,
		`login.Outcome == ask.Outcome`:                       false,
		`login.Tried > 9 and not ask.Loud()`:                 true,
	} {
		e, err := judge.Condition(text, names)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got, err := e.Holds(values); got != want || err != nil {
			t.Errorf("%s = %v, %v; want %v", text, got, err, want)
		}
		if got := e.Uses(); !slices.Equal(got, []string{"login", "ask"}) {
			t.Errorf("%s uses %v", text, got)
		}
	}
}

func TestAValueIsOfAnyType(t *testing.T) {
	e, err := judge.Value(`ask.Tried + 1`, names)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := e.Of(judge.Names{"ask": &seen{Tried: 4}}); got != 5 || err != nil {
		t.Errorf("it is %v, %v; want 5", got, err)
	}
}

func TestItTellsWhatIsComparedWithTexts(t *testing.T) {
	e, err := judge.Condition("login.Outcome == 'done' and\n'x' != ask.Outcome and login.Outcome == ask.Outcome", names)
	if err != nil {
		t.Fatal(err)
	}
	want := []judge.Comparison{{"login", "Outcome", "done", 1, 18}, {"ask", "Outcome", "x", 2, 1}}
	if got := e.Comparisons(); !slices.Equal(got, want) {
		t.Errorf("it compares %v; want %v", got, want)
	}
}

func TestWhatIsWrongIsToldWithItsPlace(t *testing.T) {
	for text, want := range map[string]judge.Error{
		`logon.Outcome == "done"`:                       {1, 1, "logon"},
		`login.Outcome == "done" && login.Color == "x"`: {1, 34, "Color"},
		`login.Outcome`:                                 {1, 1, "bool"},
		`login.Tried == "x"`:                            {1, 13, "mismatched"},
		"login.Tried > 1 &&\nlogin.Tried >":             {2, 13, "unexpected token"},
		`login.Tried > now()`:                           {1, 15, "now"},
		``:                                              {1, 1, "unexpected token"},
	} {
		_, err := judge.Condition(text, names)
		var got *judge.Error
		if !errors.As(err, &got) || got.Line != want.Line || got.Column != want.Column || !strings.Contains(got.Message, want.Message) {
			t.Errorf("%q: %v; want %s at %d:%d", text, err, want.Message, want.Line, want.Column)
		}
	}
	for _, text := range []string{`true`, `1 < 2`, `any([1, 2], # > 1)`} {
		if _, err := judge.Condition(text, names); !errors.Is(err, judge.ErrNoName) {
			t.Errorf("%q: %v; want %v", text, err, judge.ErrNoName)
		}
	}
}
