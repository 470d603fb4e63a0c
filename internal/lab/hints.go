package lab

import "context"

// HintsAway reports whether the bench's owner has hidden the hints.
func (s Settings) HintsAway() bool { return s.hints.Away }

// hints is what the page of a bench remembers of its hints. It is stored with
// the settings because the bench has no other place that lasts. It changes
// nothing about the app.
type hints struct {
	Away bool `json:"hints_away,omitempty"`
}

// PutHintsAway hides the hints of a bench, or shows them again.
func (l *Lab) PutHintsAway(ctx context.Context, b *Bench, away bool) error {
	_, err := l.rewrite(ctx, l.held(b.id, b), func(row *BenchRow) error {
		row.Settings.hints.Away = away
		return nil
	})
	return err
}
