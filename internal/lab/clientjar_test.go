package lab

import "testing"

// A request tells what a client's jar holds. Where that is not what its last
// response left there, the step says what was expected.
func TestAStepTellsWhatTheClientWasExpectedToHold(t *testing.T) {
	l, _, _ := newLab()
	s := owner()
	b := enter(t, l, l.BenchID(s, 0))
	first, err := visit(t, b, "")
	if err != nil || first.Expected != nil {
		t.Fatalf("the first step expects %+v, %v; want nothing", first.Expected, err)
	}
	cookie := first.After.Cookie
	same, err := visit(t, b, "session="+cookie.Raw)
	if err != nil || same.Expected != nil {
		t.Fatalf("a step with the cookie expects %+v, %v; want nothing", same.Expected, err)
	}
	for _, sent := range []string{"", "session=another"} {
		if _, err := visit(t, b, "session="+cookie.Raw); err != nil {
			t.Fatal(err)
		}
		lost, err := visit(t, b, sent)
		if err != nil {
			t.Fatal(err)
		}
		e := lost.Expected
		if e == nil || e.Cookie.Raw != cookie.Raw || e.Record == nil || e.Record.Key != first.After.Record.Key {
			t.Errorf("a step with %q expects %+v; want cookie and record of the first", sent, e)
		}
	}
}
