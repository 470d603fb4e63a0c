package lab

import (
	"strings"
	"testing"
)

func TestHintsStayAwayWithTheBenchAndAreNoSetting(t *testing.T) {
	s := DefaultSettings("k")
	s.hints.Away = true
	stored, err := EncodeSettings(s)
	if err != nil {
		t.Fatal(err)
	}
	again, err := DecodeSettings([]byte(stored))
	if err != nil || !again.HintsAway() {
		t.Errorf("HintsAway = %v, %v after %s; want true", again.HintsAway(), err, stored)
	}
	s.hints.Away = false
	if stored, _ := EncodeSettings(s); strings.Contains(stored, "hints") {
		t.Errorf("settings of a bench that has its hints are %s", stored)
	}
}
