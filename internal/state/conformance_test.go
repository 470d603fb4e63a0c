package state_test

import (
	"path/filepath"
	"testing"

	"github.com/sessionlab/sessionlab/internal/state/statetest"
)

func TestState(t *testing.T) {
	for _, check := range statetest.Checks() {
		t.Run(check.Name, func(t *testing.T) {
			if err := check.Run(t.Context(), open(t, filepath.Join(t.TempDir(), "state.db"))); err != nil {
				t.Error(err)
			}
		})
	}
}
