package experiment_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/state"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session"
	"github.com/sessionlab/sessionlab/session/sqlbackend/sqlite"
)

// nameless is a state whose summaries do not name the store, as those of a time when
// there was one mechanism.
type nameless struct{ *state.State }

func (s nameless) Summaries(ctx context.Context, bench string) ([]step.Summary, error) {
	lines, err := s.State.Summaries(ctx, bench)
	for i := range lines {
		lines[i].Store = ""
	}
	return lines, err
}

func TestAStepWhoseStoreIsNotKnownShowsNothingOfOne(t *testing.T) {
	db, err := sqlite.Open(filepath.Join(t.TempDir(), "state.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	saved, err := state.Open(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	records := session.NewMemory()
	b := enter(t, newLab(saved, records))
	visit(t, b)
	if trials, err := experiment.Trials(t.Context(), b); len(trials) != 1 || err != nil {
		t.Errorf("Trials = %v, %v; want one", trials, err)
	}
	b = enter(t, newLab(nameless{saved}, records))
	if trials, err := experiment.Trials(t.Context(), b); len(trials) != 0 || err != nil {
		t.Errorf("Trials = %v, %v; want none of a place that is not known", trials, err)
	}
}
