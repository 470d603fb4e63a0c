package handlers

import (
	"github.com/labstack/echo/v4"

	"github.com/sessionlab/sessionlab/internal/experiment"
	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
)

// A trio is what there is to show of benches that stand beside each other, at one round
// and at one moment of it.
type trio struct {
	rounds []experiment.Round
	round  int // from 1; 0: there is none yet
	// at is the phase up to which the round is shown: 0 is before the first, and afterAll
	// the result.
	at      int
	columns []column // none before the first round
}

// afterAll is the position after the last phase.
const afterAll = int(experiment.PhaseReceived) + 1

// A column is what there is to show of one of them.
type column struct {
	bench    *lab.Bench
	settings lab.Settings
	step     *step.Step // nil: the request is not recorded there
	found    experiment.Findings
}

// trioAt is the trio at the round that ?round= names, by default the last, and at the
// phase that ?event= names, by default the result.
func trioAt(c echo.Context, sides []*lab.Bench) (t trio, err error) {
	t.rounds = experiment.Rounds(sides)
	n := len(t.rounds)
	if t.round, err = positionOf(c, "round", min(n, 1), n, n); err != nil {
		return t, err
	}
	if t.at, err = positionOf(c, "event", 0, afterAll, afterAll); err != nil || n == 0 {
		return t, err
	}
	for i, b := range sides {
		at, err := columnAt(c, b, t.rounds[:t.round], i)
		if err != nil {
			return t, err
		}
		t.columns = append(t.columns, at)
	}
	return t, nil
}

// columnAt is the column of one bench after rounds, of which the last is shown.
func columnAt(c echo.Context, b *lab.Bench, rounds []experiment.Round, i int) (col column, err error) {
	col = column{bench: b, settings: b.Settings()}
	ctx := c.Request().Context()
	latest := 0
	for _, r := range rounds {
		latest = max(latest, r.Steps[i])
	}
	if n := rounds[len(rounds)-1].Steps[i]; n > 0 {
		if col.step, err = b.Step(ctx, n); err != nil {
			return col, err
		}
	}
	col.found, err = experiment.Find(ctx, b, latest)
	return col, err
}

// shown returns the number of the last event up to the position, 0 if there is none.
func (t trio) shown(s *step.Step) (n int) {
	for i, phase := range experiment.Phases(s.Events) {
		if int(phase) <= t.at {
			n = i + 1
		}
	}
	return n
}
