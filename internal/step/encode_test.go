package step

import (
	"errors"
	"testing"
)

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

func TestWhatIsNoStepIsBrokenAndKeepsItsBytes(t *testing.T) {
	for _, data := range []string{``, `{"n":`, `[]`, `null`, `{}`, `{"n":"seven"}`, `{"n":1,"events":{}}`} {
		var broken *BrokenError
		if s, err := Decode([]byte(data)); !errors.As(err, &broken) || broken.Data != data {
			t.Errorf("Decode(%q) = %+v, %v; want an error with the bytes", data, s, err)
		}
	}
	line := Summary{N: 7, Op: OpSet, Mechanism: MechanismFlask, Path: "/set", Status: 200}
	s := Broken("junk", line)
	if got := s.Summary(); got != line || s.Broken != "junk" {
		t.Errorf("the summary of a broken step is %+v; want %+v", got, line)
	}
}
