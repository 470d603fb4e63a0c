package lab

import (
	"strings"
	"testing"
)

func TestHintsStayAwayWithTheBenchAndAreNoSetting(t *testing.T) {
	s := DefaultSettings("k")
	s.hints.Away = true
	stored, err := EncodeBench(BenchRow{Settings: s})
	if err != nil {
		t.Fatal(err)
	}
	var again BenchRow
	if err := DecodeBench(&again, []byte(stored)); err != nil || !again.Settings.HintsAway() {
		t.Errorf("HintsAway = %v, %v after %s; want true", again.Settings.HintsAway(), err, stored)
	}
	s.hints.Away = false
	if stored, _ := EncodeBench(BenchRow{Settings: s}); strings.Contains(stored, "hints") {
		t.Errorf("settings of a bench that has its hints are %s", stored)
	}
}
