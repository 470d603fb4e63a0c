package state

import (
	"context"
	"fmt"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/internal/step"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// AddStep implements lab.State.
func (s *State) AddStep(ctx context.Context, bench string, recorded *step.Step, summary step.Summary, jar []byte) (size int, err error) {
	data, line, err := step.Encode(recorded, summary)
	if err != nil {
		return 0, fmt.Errorf("state: step: %w", err)
	}
	var added int64
	err = s.db.Write(ctx, func(c sqlbackend.Conn) (err error) {
		added, err = c.Exec(`INSERT INTO steps (bench, n, summary, step) SELECT id, ?, ?, ? FROM benches WHERE id = ?`,
			int64(recorded.N), line, data, bench)
		if err == nil && added > 0 && jar != nil {
			err = saveJar(c, bench, recorded.ClientID, jar)
		}
		return err
	})
	if err == nil && added == 0 {
		err = lab.ErrUnknown
	}
	return len(data), err
}

// Step implements lab.State.
func (s *State) Step(ctx context.Context, bench string, n int) (*step.Step, error) {
	var data []byte
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		return one(c, []any{&data}, `SELECT step FROM steps WHERE bench = ? AND n = ?`, bench, int64(n))
	})
	if err != nil {
		return nil, err
	}
	recorded, err := step.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("state: step %d: %w", n, err)
	}
	return recorded, nil
}

// Summaries implements lab.State.
func (s *State) Summaries(ctx context.Context, bench string) ([]step.Summary, error) {
	var all []step.Summary
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		all = nil
		return c.Query(func(r sqlbackend.Row) error {
			var data []byte
			if err := r.Scan(&data); err != nil {
				return err
			}
			line, err := step.DecodeSummary(data)
			if err != nil {
				return fmt.Errorf("state: summary: %w", err)
			}
			all = append(all, line)
			return nil
		}, `SELECT summary FROM steps WHERE bench = ? ORDER BY n`, bench)
	})
	return all, err
}
