package lab

import "testing"

// Steps of a time when there was one mechanism do not name it, and their
// summaries not the store either.
func TestStepsOfAnEarlierVersionRanOnTheServer(t *testing.T) {
	l, state, _ := newLab()
	s, _ := l.NewSitting()
	id := l.BenchID(s)
	if _, err := visit(t, enter(t, l, id), ""); err != nil {
		t.Fatal(err)
	}
	state.steps[id][1].Mechanism = ""
	state.lines[id][0].Mechanism, state.lines[id][0].Store = "", ""
	l.drop(id)

	b := enter(t, l, id)
	if step, err := b.Step(t.Context(), 1); err != nil || step.Mechanism != MechanismServer || step.Store != "sqlite" {
		t.Errorf("step 1 = %+v, %v; want one of the server, in sqlite", step, err)
	}
	if line := b.Steps(); len(line) != 1 || line[0].Mechanism != MechanismServer {
		t.Errorf("steps = %+v; want one of the server", line)
	}
	if trials, err := b.Trials(t.Context()); len(trials) != 0 || err != nil {
		t.Errorf("Trials = %v, %v; want none of a place that is not known", trials, err)
	}
}
