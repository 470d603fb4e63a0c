package state

import (
	"context"
	"fmt"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// AddEntry implements lab.State.
func (s *State) AddEntry(ctx context.Context, bench string, e step.Entry, most int, jars map[string][]byte) (n int, err error) {
	data, err := step.EncodeEntry(e)
	if err != nil {
		return 0, fmt.Errorf("state: entry: %w", err)
	}
	var last int64
	err = s.db.Write(ctx, func(c sqlbackend.Conn) error {
		err := one(c, []any{&last}, `SELECT coalesce((SELECT max(n) FROM entries WHERE bench = benches.id), 0) FROM benches WHERE id = ?`, bench)
		if err == nil && last >= int64(most) {
			err = lab.ErrFull
		}
		if err == nil {
			_, err = c.Exec(`INSERT INTO entries (bench, n, entry) VALUES (?, ?, ?)`, bench, last+1, data)
		}
		for client, jar := range jars {
			if err == nil {
				err = putJar(c, bench, client, jar)
			}
		}
		return err
	})
	return int(last) + 1, err
}

// Entries implements lab.State.
func (s *State) Entries(ctx context.Context, bench string) ([]step.Entry, error) {
	var all []step.Entry
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		all = nil
		return c.Query(func(r sqlbackend.Row) error {
			var n int64
			var data []byte
			if err := r.Scan(&n, &data); err != nil {
				return err
			}
			e, err := step.DecodeEntry(int(n), data)
			if err != nil {
				return fmt.Errorf("state: entry %d: %w", n, err)
			}
			all = append(all, e)
			return nil
		}, `SELECT n, entry FROM entries WHERE bench = ? ORDER BY n`, bench)
	})
	return all, err
}
