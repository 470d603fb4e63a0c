package experiment

import (
	"context"
	"errors"
	"testing"

	"github.com/sessionlab/sessionlab/internal/lab"
)

func TestRunsOnOneStoreTakeTurns(t *testing.T) {
	var all turns
	end, err := all.take(t.Context(), "redis")
	if err != nil {
		t.Fatal(err)
	}
	other, err := all.take(t.Context(), "sqlite")
	if err != nil {
		t.Errorf("the turn of another store: %v", err)
	}
	other()
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := all.take(over, "redis"); !errors.Is(err, lab.ErrRunning) {
		t.Errorf("a turn that does not come in time: %v; want ErrRunning", err)
	}
	end()
	if _, err := all.take(t.Context(), "redis"); err != nil {
		t.Errorf("the next turn: %v", err)
	}
}
