package lab

import (
	"strings"
	"testing"
)

func TestHintsStayAwayWithTheBenchAndAreNoSetting(t *testing.T) {
	one, other, _ := newShared()
	id := one.BenchID(owner(), 0)
	b := enter(t, one, id)
	if err := one.PutHintsAway(t.Context(), b, true); err != nil {
		t.Fatal(err)
	}
	if !b.HintsAway() || !enter(t, other, id).HintsAway() {
		t.Error("hints that were put away are there, here or in another process")
	}
	if _, err := one.Configure(t.Context(), b, map[string][]string{"lifetime": {"2h"}}); err != nil || !b.HintsAway() {
		t.Errorf("a change of the settings brought the hints back; %v", err)
	}
}

// Benches are stored as they were when hints were a setting.
func TestAStoredBenchKeepsItsHints(t *testing.T) {
	stored, err := EncodeBench(BenchRow{Settings: DefaultSettings("k"), HintsAway: true})
	if err != nil || !strings.Contains(stored, `"hints_away":true`) {
		t.Fatalf("a bench is stored as %s, %v", stored, err)
	}
	var again BenchRow
	if err := DecodeBench(&again, []byte(stored)); err != nil || !again.HintsAway {
		t.Errorf("HintsAway = %v, %v after %s; want true", again.HintsAway, err, stored)
	}
	if stored, _ := EncodeBench(BenchRow{Settings: DefaultSettings("k")}); strings.Contains(stored, "hints") {
		t.Errorf("a bench that has its hints is stored as %s", stored)
	}
}
