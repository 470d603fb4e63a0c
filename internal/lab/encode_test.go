package lab

import "testing"

// Steps of a time when there was one mechanism do not name it, and their
// summaries not the store either.
func TestStepsOfAnEarlierVersionRanOnTheServer(t *testing.T) {
	step, err := DecodeStep([]byte(`{"n":1,"op":"login","store":"sqlite"}`))
	if err != nil || step.Mechanism != MechanismServer || step.Store != "sqlite" {
		t.Errorf("DecodeStep = %+v, %v; want one of the server, in sqlite", step, err)
	}
	old, err := DecodeSummary([]byte(`{"n":1,"op":"login","cookie_change":"add","record_change":"add"}`))
	if err != nil || old.Mechanism != MechanismServer {
		t.Errorf("DecodeSummary = %+v, %v; want one of the server", old, err)
	}
	b := &Bench{line: []Summary{old}}
	if trials, err := b.Trials(t.Context()); len(trials) != 0 || err != nil {
		t.Errorf("Trials = %v, %v; want none of a place that is not known", trials, err)
	}
}
