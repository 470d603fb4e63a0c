package lab

import "context"

// HintsAway reports whether the bench's owner has put away what there is to try next.
func (b *Bench) HintsAway() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.hintsAway
}

// PutHintsAway hides the hints of a bench, or shows them again.
func (l *Lab) PutHintsAway(ctx context.Context, b *Bench, away bool) error {
	_, err := l.rewrite(ctx, l.held(b.id, b), func(row *BenchRow) error {
		row.HintsAway = away
		return nil
	})
	return err
}
