package lab

import "testing"

// Summaries of a time when there was one mechanism do not name the store.
func TestAStepWhoseStoreIsNotKnownShowsNothingOfOne(t *testing.T) {
	l, state, _ := newLab()
	s, _ := l.NewSitting()
	id := l.BenchID(s)
	if _, err := visit(t, enter(t, l, id), ""); err != nil {
		t.Fatal(err)
	}
	state.lines[id][0].Store = ""
	l.drop(id)

	b := enter(t, l, id)
	if trials, err := b.Trials(t.Context()); len(trials) != 0 || err != nil {
		t.Errorf("Trials = %v, %v; want none of a place that is not known", trials, err)
	}
}
