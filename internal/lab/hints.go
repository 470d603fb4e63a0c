package lab

import "context"

// HintsAway reports whether the bench's owner has put away what there is to try next.
func (s Settings) HintsAway() bool { return s.hints.Away }

// hints is what the page of a bench remembers of its hints. It stands beside the
// settings because the bench has no other place that lasts, and it changes nothing
// about the app.
type hints struct {
	Away bool `json:"hints_away,omitempty"`
}

// PutHintsAway puts the hints of a bench away, or brings them back.
func (l *Lab) PutHintsAway(ctx context.Context, b *Bench, away bool) error {
	_, err := l.rewrite(ctx, l.held(b.id, b), func(row *BenchRow) error {
		row.Settings.hints.Away = away
		return nil
	})
	return err
}
