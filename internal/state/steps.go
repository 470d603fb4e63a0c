package state

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sessionlab/sessionlab/internal/lab"
	"github.com/sessionlab/sessionlab/session/sqlbackend"
)

// line is a summary as stored: with what JSON for clients leaves out.
type line struct {
	lab.Summary
	Carried string `json:"carried,omitempty"`
	Left    string `json:"left,omitempty"`
	Size    int    `json:"size"`
}

// AddStep implements lab.State.
func (s *State) AddStep(ctx context.Context, bench string, step *lab.Step, summary lab.Summary) (size int, err error) {
	data, err := encode(step)
	if err != nil {
		return 0, fmt.Errorf("state: step: %w", err)
	}
	short, err := encode(line{Summary: summary, Carried: summary.Carried, Left: summary.Left, Size: len(data)})
	if err != nil {
		return 0, fmt.Errorf("state: step: %w", err)
	}
	var added int64
	err = s.db.Write(ctx, func(c sqlbackend.Conn) (err error) {
		added, err = c.Exec(`INSERT INTO steps (bench, n, summary, step) SELECT id, ?, ?, ? FROM benches WHERE id = ?`,
			int64(step.N), short, data, bench)
		return err
	})
	if err == nil && added == 0 {
		err = lab.ErrUnknown
	}
	return len(data), err
}

// encode returns the JSON of v, with <, > and & as they are: it is no part of a
// page.
func encode(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// Step implements lab.State.
func (s *State) Step(ctx context.Context, bench string, n int) (*lab.Step, error) {
	var data []byte
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		return one(c, []any{&data}, `SELECT step FROM steps WHERE bench = ? AND n = ?`, bench, int64(n))
	})
	if err != nil {
		return nil, err
	}
	step := new(lab.Step)
	if err := json.Unmarshal(data, step); err != nil {
		return nil, fmt.Errorf("state: step %d: %w", n, err)
	}
	return step, nil
}

// Summaries implements lab.State.
func (s *State) Summaries(ctx context.Context, bench string) ([]lab.Summary, error) {
	var all []lab.Summary
	err := s.db.Read(ctx, func(c sqlbackend.Conn) error {
		all = nil
		return c.Query(func(r sqlbackend.Row) error {
			var data []byte
			if err := r.Scan(&data); err != nil {
				return err
			}
			var l line
			if err := json.Unmarshal(data, &l); err != nil {
				return fmt.Errorf("state: summary: %w", err)
			}
			l.Summary.Carried, l.Summary.Left, l.Summary.Size = l.Carried, l.Left, l.Size
			all = append(all, l.Summary)
			return nil
		}, `SELECT summary FROM steps WHERE bench = ? ORDER BY n`, bench)
	})
	return all, err
}
