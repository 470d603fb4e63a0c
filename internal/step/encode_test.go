package step

import "testing"

func TestStepsThatNameNoMechanismRanOnTheServer(t *testing.T) {
	s, err := Decode([]byte(`{"n":1}`))
	if err != nil || s.Mechanism != MechanismServer {
		t.Errorf("Decode = %+v, %v; want mechanism %s", s, err, MechanismServer)
	}
	line, err := DecodeSummary([]byte(`{"n":1,"size":7}`))
	if err != nil || line.Mechanism != MechanismServer || line.Size != 7 {
		t.Errorf("DecodeSummary = %+v, %v; want mechanism %s, size 7", line, err, MechanismServer)
	}
}
